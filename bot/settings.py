"""The settings that every answer needs: the environment and `.env`, names beginning with PASOKH_.

`bot ask` answers in less time than pydantic needs to be imported and to build a model, 0.16 s of processor time. So
these five plain values are read without it, by the rules of pydantic-settings and with its reader of `.env`.
The settings of Telegram are pydantic's: `bot.telegram.settings`. Nothing else in the project reads settings.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.errors import SettingsError
from retrieval import DEFAULT_ENGINE, Caution, default_data_folder

PREFIX = "PASOKH_"
ENV_FILE = ".env"
"""Read in the current folder."""

CLUSTER = "opensearch_"
"""How the names of a cluster's settings go on behind the prefix; see docs/cluster.md."""

DATABASES = ("postgresql://", "postgres://")
"""How the address of a database begins."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user may set for every front end; `.env.example` lists the same with their meanings."""

    corpus: Path = Path("corpus")
    """The folder of articles, or one file of them."""

    data: Path = field(default_factory=default_data_folder)
    """The folder for word tables, stored indexes, the console's history and Telegram's state."""

    engine: str = DEFAULT_ENGINE
    """The retrieval engine."""

    caution: Caution = Caution.BALANCED
    """How sure an answer must be to be given instead of «not found»."""

    state: str = field(default="", repr=False)
    """The address of a database of PostgreSQL, with its password, for what served front ends remember; "" for a file of
    each one's own in `data`.
    """


def load() -> Settings:
    """The settings in force.

    Raises:
        SettingsError: a setting has a value that cannot be, or `.env` is unreadable.
    """
    given = _given()
    _hand_down(given)
    return Settings(**{name: _read(name, given[name]) for name in _READERS if name in given})


def env_file_error(error: OSError | UnicodeDecodeError) -> SettingsError:
    """What to say where `.env` cannot be read."""
    return SettingsError(f"{ENV_FILE} cannot be read ({error}); save it as UTF-8 text")


def setting_error(name: str, reason: str) -> SettingsError:
    """What to say of a value that cannot be.

    Args:
        name: of the setting, with its prefix.
        reason: what is wrong with the value, which may be a secret and is not shown.
    """
    return SettingsError(f"{name}: {reason}; see .env.example")


def _given() -> dict[str, str]:
    """What is set, by name in small letters without the prefix: by `.env`, and before it by the environment."""
    file = Path(ENV_FILE)
    try:
        in_file = _dotenv(file) if file.is_file() or file.is_fifo() else {}
    except (OSError, UnicodeDecodeError) as error:
        raise env_file_error(error) from error
    return _ours(in_file) | _ours(os.environ)


def _hand_down(given: Mapping[str, str]) -> None:
    """Put what is set of a cluster into the environment, where `retrieval` and every process of the bot reads it."""
    for name, value in given.items():
        if name.startswith(CLUSTER):
            os.environ[f"{PREFIX}{name}".upper()] = value


def _dotenv(file: Path) -> Mapping[str, str | None]:
    from dotenv import dotenv_values  # noqa: PLC0415  # without a file it is not needed

    return dotenv_values(file, encoding="utf-8")


def _ours(variables: Mapping[str, str | None]) -> dict[str, str]:
    """The variables whose names begin with the prefix, in whatever case; an empty value means that nothing is set."""
    set_ = {name.lower(): value for name, value in variables.items() if value != ""}
    start = PREFIX.lower()
    return {name.removeprefix(start): value for name, value in set_.items() if name.startswith(start) and value}


def _read(name: str, value: str) -> Any:
    try:
        return _READERS[name](value)
    except (ValueError, RuntimeError) as error:
        raise setting_error(f"{PREFIX}{name.upper()}", str(error).rstrip(".")) from error


def _path(value: str) -> Path:
    """A path in which `~` is the user's home; in `.env` no shell expands it."""
    return Path(value).expanduser()


def _caution(value: str) -> Caution:
    names = [one.name.lower() for one in Caution]
    if value not in names:
        *others, last = map(repr, names)
        raise ValueError(f"Input should be {', '.join(others)} or {last}")
    return Caution[value.upper()]


def _address(value: str) -> str:
    if not value.startswith(DATABASES):
        raise ValueError("write postgresql://USER:PASSWORD@HOST/DATABASE, or leave it empty for a file")
    return value


_READERS: dict[str, Callable[[str], Any]] = {
    "corpus": _path,
    "data": _path,
    "engine": str,
    "caution": _caution,
    "state": _address,
}
"""For each setting what makes its value of the text; it raises ValueError or RuntimeError where it cannot."""
