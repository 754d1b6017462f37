"""Settings that pydantic reads and checks: those of fetching, and the way that others of their kind are read too."""

from __future__ import annotations

from typing import TypeVar

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot import settings

PREFIX = "PASOKH_FETCH_"

Checked = TypeVar("Checked", bound=BaseSettings)


class FetchSettings(BaseSettings):
    """How a running bot fetches the sources of its corpus; `.env.example` lists the same with their meanings."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=settings.ENV_FILE, env_ignore_empty=True, extra="ignore", frozen=True
    )

    minutes: int = Field(default=30, ge=0)
    """Minutes from the end of one round to the next; 0 for none at all."""

    private: bool = False
    """Whether private, loopback and link-local addresses may be connected to."""


def read(kind: type[Checked]) -> Checked:
    """The settings of a kind that are in force.

    Raises:
        SettingsError: a setting is missing or has a value that cannot be, or `.env` is unreadable.
    """
    try:
        return kind()
    except ValidationError as error:
        first = error.errors()[0]
        name = f"{kind.model_config['env_prefix']}{first['loc'][0]}".upper()
        raise settings.setting_error(name, first["msg"]) from error
    except (OSError, UnicodeDecodeError) as error:
        raise settings.env_file_error(error) from error
