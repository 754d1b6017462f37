"""Settings of the Telegram bot that cannot work are refused before anything is started."""

from __future__ import annotations

import string
from urllib.parse import urlsplit

from bot.errors import SettingsError
from bot.settings import Settings

_SECRET = frozenset(string.ascii_letters + string.digits + "_-")
"""What Telegram allows in a webhook's secret."""


def check(settings: Settings) -> None:
    """Refuse settings that cannot work.

    Raises:
        SettingsError: with the remedy.
    """
    if not settings.telegram_token:
        raise SettingsError("PASOKH_TELEGRAM_TOKEN is not set; get a token from @BotFather and put it into .env")
    if settings.telegram_access == "code" and not settings.telegram_code:
        raise SettingsError("PASOKH_TELEGRAM_CODE is not set; PASOKH_TELEGRAM_ACCESS=code needs one")
    for name, value in (("API", settings.telegram_api), ("WEBHOOK_URL", settings.telegram_webhook_url)):
        if value and urlsplit(value).scheme not in {"http", "https"}:
            raise SettingsError(f"PASOKH_TELEGRAM_{name}: {value} is no web address; begin it with https://")
    if not _SECRET.issuperset(settings.telegram_webhook_secret) or len(settings.telegram_webhook_secret) > 256:
        raise SettingsError("PASOKH_TELEGRAM_WEBHOOK_SECRET: only letters, digits, _ and - (256 at most) are allowed")
    port = settings.telegram_listen.rpartition(":")[2]
    if settings.telegram_listen and not (port.isdigit() and int(port) < 65536):
        raise SettingsError("PASOKH_TELEGRAM_LISTEN: write HOST:PORT, 127.0.0.1:8080 say")
