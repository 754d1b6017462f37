"""An update from the inbox → the handler of its kind."""

from __future__ import annotations

import logging
import time
from typing import Any

from telegram import Update
from telegram.error import Forbidden
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ChatMemberHandler,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

from bot.state.inbox import Entry
from bot.telegram.buttons import Buttons
from bot.telegram.client import UPDATE_KINDS
from bot.telegram.handlers import Handlers
from bot.telegram.replying import Replier
from bot.telegram.updates import UNREADABLE, UnreadableUpdateError

LOG = logging.getLogger(__name__)


class _Application(Application[Any, Any, Any, Any, Any, Any]):
    """An application that raises what a handler raises, for the dispatcher decides whether to try again."""

    async def process_error(self, update: object, error: Exception, *_: Any, **__: Any) -> bool:  # noqa: ARG002
        """See `Application.process_error`."""
        raise error


class Handling:
    """python-telegram-bot's application, with the handlers of every kind of update.

    Args:
        replier: what the handlers work with.
    """

    def __init__(self, replier: Replier) -> None:
        self._replier = replier
        self._application = (
            Application.builder().application_class(_Application).bot(replier.client).updater(None).build()
        )
        handlers, buttons = Handlers(replier), Buttons(replier)
        for handler in (
            MessageHandler(filters.UpdateType.MESSAGE, handlers.message),
            MessageHandler(filters.UpdateType.EDITED_MESSAGE, handlers.edited),
            CallbackQueryHandler(buttons.pressed),
            InlineQueryHandler(handlers.inline),
            ChatMemberHandler(handlers.membership, ChatMemberHandler.MY_CHAT_MEMBER),
        ):
            self._application.add_handler(handler)

    async def initialize(self) -> None:
        """Connect, and ask Telegram who the bot is.

        Raises:
            RefusedError, PutOffError: see `faults.translated`.
            KeyError, TypeError: Telegram's answer does not describe a bot.
        """
        await self._application.initialize()

    async def handle(self, entry: Entry, raw: Any) -> None:
        """Handle one update. A user who blocks the bot is remembered, and updates from before that are skipped.

        Args:
            entry: its place in the inbox.
            raw: its content, as JSON has it.

        Raises:
            UnreadableUpdateError: the update could not be read when it came.
            Exception: whatever a handler raises; see `faults.translated`.
        """
        if isinstance(raw, dict) and UNREADABLE in raw:
            raise UnreadableUpdateError
        update = Update.de_json(raw, self._replier.client)
        message, chat = update.effective_message, entry.chat
        if all(getattr(update, kind) is None for kind in UPDATE_KINDS):
            LOG.info("update ignored: of no known kind", extra={"update": entry.key})
        if message is not None and message.date.timestamp() <= self._replier.blocked.get(chat, 0.0):
            LOG.info("update skipped: the user has blocked the bot", extra={"update": entry.key})
            return
        try:
            await self._application.process_update(update)
        except Forbidden:
            LOG.info("the chat does not take messages of the bot any more", extra={"update": entry.key})
            await self._replier.set_blocked(chat, time.time())
