"""The settings of the Telegram bot, read by pydantic from the environment and `.env`: names with the prefix below.

A value that cannot work is refused here, before anything is started.
"""

from __future__ import annotations

import re
import secrets
from pathlib import PurePosixPath
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    SecretStr,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot import settings
from bot.errors import SettingsError
from bot.service.settings import read

PREFIX = "PASOKH_TELEGRAM_"

NO_SECRET = SecretStr("")

_WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{0,256}")
"""What Telegram allows."""

HIGHEST_PORT = 65_535

MAX_NAME_LETTERS = 64
"""Letters of the bot's name; Telegram takes no more."""


def _split(value: object) -> object:
    return value.replace(",", " ").split() if isinstance(value, str) else value


def _web_address(value: str, info: ValidationInfo) -> str:
    if value and urlsplit(value).scheme not in {"http", "https"}:
        raise SettingsError(f"{_name(info.field_name)}: {value} is no web address; begin it with https://")
    return value


Ids = Annotated[frozenset[int], NoDecode, BeforeValidator(_split)]
"""Telegram's numbers of users or groups, with commas or spaces between them."""

Folders = Annotated[frozenset[str], NoDecode, BeforeValidator(_split)]
"""Folders below the corpus, with commas or spaces between them."""

WebAddress = Annotated[str, AfterValidator(_web_address)]


class TelegramSettings(BaseSettings):
    """What the bot's owner may set; `.env.example` lists the same with their meanings."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=settings.ENV_FILE, env_ignore_empty=True, extra="ignore", frozen=True
    )

    token: SecretStr = NO_SECRET
    """The bot's token, from @BotFather."""

    api: WebAddress = "https://api.telegram.org"
    """The base address of the Bot API."""

    rich: bool = True
    """Whether answers are rich messages where the server knows these. Old clients do not show them."""

    quiet: bool = False
    """Whether what is said in a group is seen only by whoever it answers, where Telegram allows that."""

    profile: bool = True
    """Whether the bot's commands, name and descriptions are set when it starts."""

    name: str = Field(default="پاسخ", max_length=MAX_NAME_LETTERS)
    name_en: str = Field(default="Pasokh", max_length=MAX_NAME_LETTERS)
    """The bot's name, for users whose Telegram speaks English and for all others."""

    admins: Ids = frozenset()
    """Who may use the commands for administrators."""

    access: Literal["open", "list", "code"] = "open"
    """Who may ask: anyone, those in `allowed`, or those too who know `code`."""

    allowed: Ids = frozenset()
    """Users and groups that may ask where not everyone may."""

    code: SecretStr = NO_SECRET
    """The invitation code."""

    user_rate: int = Field(default=0, ge=0)
    """Questions a minute that one user may ask; 0 for any number."""

    total_rate: int = Field(default=0, ge=0)
    """Questions a minute that all users together may ask; 0 for any number."""

    retention_days: int = Field(default=90, ge=1)
    """Days that questions and feedback are kept."""

    collections: Folders = frozenset()
    """Folders below the corpus whose articles are closed, but to those to whom an administrator opens them."""

    zone: str = "Asia/Tehran"
    """The time zone of the hours that users give, by its name in the tz database."""

    watches: int = Field(default=20, ge=0)
    """Questions of one user that wait for articles at a time; 0 for none. They wait for `retention_days`."""

    webhook_url: WebAddress = ""
    """The public address that Telegram delivers to; without one, the bot polls."""

    webhook_secret: SecretStr = NO_SECRET
    """What Telegram sends along with each delivery; without one, each start makes its own."""

    listen: str = ""
    """HOST:PORT for the webhook and the health check."""

    processes: int = Field(default=2, ge=1)
    """Processes that answer, each with an index of its own."""

    deadline: float = Field(default=20.0, gt=0)
    """Seconds that a process may take to answer; then it is killed, and another tries once more."""

    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    """The lowest level of log lines that are written."""

    def with_secret(self, *, is_shared: bool) -> Self:
        """The same settings, with a secret of this start where none is set.

        Raises:
            SettingsError: none is set, but replicas share the webhook, and each would make the others' worthless.
        """
        made = self.webhook_secret.get_secret_value()
        if is_shared and self.webhook_url and not made:
            raise SettingsError(
                f"{_name('webhook_secret')} is not set; with PASOKH_STATE all replicas need the same one"
            )
        made = made or secrets.token_urlsafe(32)
        return self.model_copy(update={"webhook_secret": SecretStr(made)})

    @field_validator("webhook_secret")
    @classmethod
    def _check_webhook_secret(cls, value: SecretStr) -> SecretStr:
        if not _WEBHOOK_SECRET.fullmatch(value.get_secret_value()):
            raise SettingsError(f"{_name('webhook_secret')}: only letters, digits, _ and - (256 at most) are allowed")
        return value

    @field_validator("collections")
    @classmethod
    def _check_collections(cls, value: frozenset[str]) -> frozenset[str]:
        folders = {folder: PurePosixPath(folder) for folder in value}
        if wrong := [folder for folder, path in folders.items() if path.is_absolute() or ".." in path.parts]:
            raise SettingsError(
                f"{_name('collections')}: {wrong[0]} is no folder below the corpus; write hr, hr/2024 say"
            )
        return frozenset(map(str, folders.values())) - {"."}

    @field_validator("zone")
    @classmethod
    def _check_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ValueError, OSError, ZoneInfoNotFoundError) as error:
            raise SettingsError(f"{_name('zone')}: no such time zone; write Asia/Tehran, say") from error
        return value

    @field_validator("listen")
    @classmethod
    def _check_listen(cls, value: str) -> str:
        port = value.rpartition(":")[2]
        if value and not (port.isdecimal() and int(port) <= HIGHEST_PORT):
            raise SettingsError(f"{_name('listen')}: write HOST:PORT, 127.0.0.1:8080 say")
        return value

    @model_validator(mode="after")
    def _check_presence(self) -> Self:
        if not self.token.get_secret_value():
            raise SettingsError(f"{_name('token')} is not set; get a token from @BotFather and put it into .env")
        if self.access == "code" and not self.code.get_secret_value():
            raise SettingsError(f"{_name('code')} is not set; {_name('access')}=code needs one")
        return self


def load() -> TelegramSettings:
    """The settings in force.

    Raises:
        SettingsError: a setting is missing or has a value that cannot be, or `.env` is unreadable.
    """
    return read(TelegramSettings)


def _name(field: str | None) -> str:
    """A field's name in the environment."""
    return f"{PREFIX}{field or ''}".upper()
