"""An update from the inbox → the handler of its kind → what it leads to."""

from __future__ import annotations

import logging
from typing import Any

from telegram import Update

from bot import texts
from bot.service.dispatch import Outcome
from bot.service.workers import UnansweredError
from bot.state import records
from bot.state.inbox import Entry
from bot.state.outbox import Outgoing
from bot.telegram import outgoing
from bot.telegram.buttons import Buttons
from bot.telegram.handlers import Handlers
from bot.telegram.replying import Replier
from bot.telegram.updates import UNREADABLE, UnreadableUpdateError

LOG = logging.getLogger(__name__)


class Handling:
    """The handlers of every kind of update.

    Args:
        replier: what the handlers work with.
    """

    def __init__(self, replier: Replier) -> None:
        self._replier = replier
        self._handlers, self._buttons = Handlers(replier), Buttons(replier)

    async def handle(self, entry: Entry, raw: Any) -> Outcome:
        """Handle one update. Updates from before a user blocked the bot are skipped.

        Args:
            entry: its place in the inbox.
            raw: its content, as JSON has it.

        Raises:
            UnreadableUpdateError: the update could not be read when it came.
            Exception: whatever a handler raises; see `dispatch.Handle`.
        """
        if isinstance(raw, dict) and UNREADABLE in raw:
            raise UnreadableUpdateError
        update = Update.de_json(raw, self._replier.client)
        message = update.effective_message
        since = self._replier.state.read(lambda db: records.blocked_since(db, entry.chat))
        if message is not None and since is not None and message.date.timestamp() <= since:
            LOG.info("update skipped: the user has blocked the bot", extra={"update": entry.key})
            return Outcome()
        try:
            return await self._handled(update, entry)
        except UnansweredError as error:
            return Outcome(_excuse(update), parked=str(error))

    async def _handled(self, update: Update, entry: Entry) -> Outcome:
        if update.message is not None:
            return await self._handlers.message(update.message)
        if update.edited_message is not None:
            return await self._handlers.edited(update.edited_message)
        if update.callback_query is not None:
            return await self._buttons.pressed(update.callback_query)
        if update.inline_query is not None:
            return await self._handlers.inline(update.inline_query)
        if update.my_chat_member is not None:
            return await self._handlers.membership(update.my_chat_member)
        LOG.info("update ignored: of no known kind", extra={"update": entry.key})
        return Outcome()


def _excuse(update: Update) -> tuple[Outgoing, ...]:
    """What whoever sent an update is told that could not be answered."""
    if message := update.message or update.edited_message:
        return outgoing.say(outgoing.target_of(message), texts.UNANSWERED)
    if query := update.callback_query:
        chat = query.message.chat.id if query.message else query.from_user.id
        return (outgoing.told(chat, query.id, texts.UNANSWERED),)
    if typed := update.inline_query:
        return (outgoing.found_inline(typed.from_user.id, typed.id, []),)
    return ()
