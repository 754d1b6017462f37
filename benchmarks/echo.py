"""The peer of `benchmarks.telegram`: python-telegram-bot's own echo bot, as its examples have it."""

from __future__ import annotations

import logging
import os
from typing import Any

from telegram import Update
from telegram.ext import Application, MessageHandler, filters


async def echo(update: Update, _: Any) -> None:
    """Send back what was said."""
    if update.message and update.message.text:
        await update.message.reply_text(update.message.text)


def main() -> None:
    """Run until stopped."""
    logging.getLogger("httpx").setLevel(logging.WARNING)
    api = os.environ["PASOKH_TELEGRAM_API"]
    application = (
        Application.builder()
        .token(os.environ["PASOKH_TELEGRAM_TOKEN"])
        .base_url(f"{api}/bot")
        .base_file_url(f"{api}/file/bot")
        .build()
    )
    application.add_handler(MessageHandler(filters.TEXT, echo))
    application.run_polling()


if __name__ == "__main__":
    main()
