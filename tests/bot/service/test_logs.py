"""Structured logs, without secrets."""

from __future__ import annotations

import json
import logging

import pytest

from bot.service import logs
from tests.bot.telegram.fake import TOKEN


def test_no_log_line_shows_a_secret(capsys: pytest.CaptureFixture[str]) -> None:
    before = logging.getLogger().handlers[:], logging.getLogger().level
    try:
        logs.configure("DEBUG", (TOKEN, TOKEN.partition(":")[2], "s3cret"), ())
        logging.getLogger("bot").info("سلام %s", f"http://x/bot{TOKEN}/getMe", extra={"secret": "s3cret"})
    finally:
        logging.getLogger().handlers, level = before
        logging.getLogger().setLevel(level)
        logging.captureWarnings(capture=False)
    line = json.loads(capsys.readouterr().err)
    assert TOKEN.partition(":")[2] not in str(line)
    assert "s3cret" not in str(line)
    assert (line["level"], line["name"], line["message"][:4]) == ("INFO", "bot", "سلام")
