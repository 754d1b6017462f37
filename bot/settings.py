"""Settings: the environment and `.env`, names beginning with PASOKH_. Nothing else reads the environment."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.errors import SettingsError
from retrieval import DEFAULT_ENGINE, default_data_folder

FilePath = Annotated[Path, AfterValidator(Path.expanduser)]
"""A path in which `~` is the user's home; in `.env` no shell expands it."""


def _split(value: object) -> object:
    return value.replace(",", " ").split() if isinstance(value, str) else value


Ids = Annotated[frozenset[int], NoDecode, BeforeValidator(_split)]
"""Telegram's numbers of users or groups, with commas or spaces between them."""


class Settings(BaseSettings):
    """What a user may set; `.env.example` lists the same with their meanings."""

    model_config = SettingsConfigDict(env_prefix="PASOKH_", env_file=".env", env_ignore_empty=True, extra="ignore")

    corpus: FilePath = Path("corpus")
    """The folder of articles, or one .jsonl file."""

    data: FilePath = Field(default_factory=default_data_folder)
    """The folder for word tables, stored indexes and the console's history."""

    engine: str = DEFAULT_ENGINE
    """The retrieval engine."""

    caution: Literal["careful", "balanced", "eager"] = "balanced"
    """How sure an answer must be to be given instead of «not found»."""

    telegram_token: str = Field(default="", repr=False)
    """The bot's token, from @BotFather."""

    telegram_api: str = "https://api.telegram.org"
    """The base address of the Bot API."""

    telegram_admins: Ids = frozenset()
    """Who may use the commands for administrators."""

    telegram_access: Literal["open", "list", "code"] = "open"
    """Who may ask: anyone, those in `telegram_allowed`, or those too who know `telegram_code`."""

    telegram_allowed: Ids = frozenset()
    """Users and groups that may ask where not everyone may."""

    telegram_code: str = Field(default="", repr=False)
    """The invitation code."""

    telegram_user_rate: int = Field(default=0, ge=0)
    """Questions a minute that one user may ask; 0 for any number."""

    telegram_total_rate: int = Field(default=0, ge=0)
    """Questions a minute that all users together may ask; 0 for any number."""

    telegram_retention_days: int = Field(default=90, ge=1)
    """Days that questions and feedback are kept."""

    telegram_webhook_url: str = ""
    """The public address that Telegram delivers to; without one, the bot polls."""

    telegram_webhook_secret: str = Field(default="", repr=False)
    """What Telegram sends along with each delivery; without one, each start makes its own."""

    telegram_listen: str = ""
    """HOST:PORT for the webhook and the health check."""

    telegram_processes: int = Field(default=2, ge=1)
    """Processes that answer, each with an index of its own."""

    telegram_log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    """The lowest level of log lines that are written."""


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
