"""Settings: the environment and `.env`, names beginning with PASOKH_. Nothing else reads the environment."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import SettingsError
from retrieval import DEFAULT_ENGINE, default_data_folder

FilePath = Annotated[Path, AfterValidator(Path.expanduser)]
"""A path in which `~` is the user's home; in `.env` no shell expands it."""


class Settings(BaseSettings):
    """What a user may set; `.env.example` lists the same with their meanings."""

    model_config = SettingsConfigDict(env_prefix="PASOKH_", env_file=".env", env_ignore_empty=True, extra="ignore")

    corpus: FilePath = Path("corpus")
    """The folder of articles, or one .jsonl file."""

    data: FilePath = Field(default_factory=default_data_folder)
    """The folder for word tables, stored indexes and the console's history."""

    engine: str = DEFAULT_ENGINE
    """The retrieval engine."""


def load() -> Settings:
    """The settings in force.

    Raises:
        SettingsError: a setting has a value that cannot be, or `.env` is unreadable.
    """
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "_".join(map(str, first["loc"])).upper()
        raise SettingsError(f"PASOKH_{name}: {first['msg']}; see .env.example") from error
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f".env cannot be read ({error}); save it as UTF-8 text") from error
