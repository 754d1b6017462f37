"""Structured logs on standard error, a JSON object a line.

No line shows a secret. Above the level DEBUG, no line shows what a user wrote.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterable

from pythonjsonlogger.json import JsonFormatter

REDACTED = "…"
"""What stands for a secret."""

_FIELDS = "%(asctime)s %(levelname)s %(name)s %(message)s"


class _Redacting(JsonFormatter):
    """Leaves secrets out, wherever in a line: libraries log addresses, and those of Telegram hold the token."""

    def __init__(self, secrets: Iterable[str]) -> None:
        super().__init__(_FIELDS, rename_fields={"asctime": "time", "levelname": "level"}, json_ensure_ascii=False)
        self._secrets = sorted(filter(None, secrets), key=len, reverse=True)

    def format(self, record: logging.LogRecord) -> str:
        line = super().format(record)
        for secret in self._secrets:
            line = line.replace(secret, REDACTED)
        return line


def configure(level: str, secrets: Iterable[str], chatty: Iterable[str]) -> None:
    """Log to standard error from now on.

    Args:
        level: the lowest level that is shown.
        secrets: what no line may show.
        chatty: loggers that write a line for each request at INFO; only their warnings are shown above DEBUG.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Redacting(secrets))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.captureWarnings(capture=True)
    # No line shows threads and processes, and to ask the system for them takes time.
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
    for name in chatty:
        logging.getLogger(name).setLevel(max(logging.getLogger().level, logging.WARNING) if level != "DEBUG" else level)
