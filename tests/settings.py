"""The names of all settings, and their defaults as they are written."""

from __future__ import annotations

from dataclasses import asdict, fields
from enum import Enum

from bot.service.settings import PREFIX as FETCH_PREFIX
from bot.service.settings import FetchSettings
from bot.settings import PREFIX, Settings
from bot.telegram.settings import PREFIX as TELEGRAM_PREFIX
from bot.telegram.settings import TelegramSettings
from retrieval.engines.cluster.settings import PREFIX as CLUSTER_PREFIX
from retrieval.engines.cluster.settings import ClusterSettings

PLAIN = {f"{PREFIX}{field.name.upper()}" for field in fields(Settings)}
"""The settings that every answer needs."""


def _written(default: object) -> str:
    if isinstance(default, Enum):
        return default.name.lower()
    if isinstance(default, bool):
        return str(default).lower()
    if isinstance(default, tuple):
        return ",".join(default)
    return str(default) if default or default == 0 else ""


_FOR_CLUSTER = {f"{CLUSTER_PREFIX}{name}": value for name, value in asdict(ClusterSettings()).items()}
_FOR_ALL = {f"{PREFIX}{name}": value for name, value in asdict(Settings()).items()}
_FOR_FETCHING = {f"{FETCH_PREFIX}{name}": field.default for name, field in FetchSettings.model_fields.items()}
_FOR_TELEGRAM = {f"{TELEGRAM_PREFIX}{name}": field.default for name, field in TelegramSettings.model_fields.items()}

DEFAULTS = {
    name.upper(): _written(default)
    for name, default in (_FOR_ALL | _FOR_FETCHING | _FOR_TELEGRAM | _FOR_CLUSTER).items()
}
"""By name; "" where there is none."""
