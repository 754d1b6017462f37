"""Structured logs: a JSON object a line on standard error, without tokens, and without message text above DEBUG."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterable

from pythonjsonlogger.json import JsonFormatter

HIDDEN = "…"
_FIELDS = "%(asctime)s %(levelname)s %(name)s %(message)s"


class _Redacting(JsonFormatter):
    """Writes no secret, wherever it stands: libraries log addresses, and Telegram's hold the token."""

    def __init__(self, secrets: Iterable[str]) -> None:
        super().__init__(_FIELDS, rename_fields={"asctime": "time", "levelname": "level"}, json_ensure_ascii=False)
        self._secrets = sorted(filter(None, secrets), key=len, reverse=True)

    def format(self, record: logging.LogRecord) -> str:
        line = super().format(record)
        for secret in self._secrets:
            line = line.replace(secret, HIDDEN)
        return line


def configure(level: str, token: str, webhook_secret: str) -> None:
    """Log to standard error from now on.

    Args:
        level: the lowest level that is shown.
        token: never shown, nor its part behind the colon.
        webhook_secret: never shown.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Redacting((token, token.partition(":")[2], webhook_secret)))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.captureWarnings(capture=True)
    # No line shows them, and each would ask the system for them.
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
    # Every request is a line of theirs at INFO; ours say what came of it.
    for name in ("httpx", "httpcore", "telegram", "aiohttp.access"):
        logging.getLogger(name).setLevel(max(logging.getLogger().level, logging.WARNING) if level != "DEBUG" else level)
