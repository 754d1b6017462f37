"""An update from the inbox → the handler of its kind → what it leads to."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from telegram import Update
from telegram.constants import ChatType

from bot.service.dispatch import Outcome
from bot.service.workers import UnansweredError
from bot.state import users
from bot.state.inbox import Entry
from bot.state.outbox import Outgoing
from bot.telegram import outgoing
from bot.telegram.buttons import Buttons
from bot.telegram.handlers import Handlers
from bot.telegram.incoming import ephemeral_id
from bot.telegram.replying import Replier
from bot.telegram.updates import UNREADABLE, UnreadableUpdateError
from bot.wording import texts

LOG = logging.getLogger(__name__)


class Handling:
    """The handlers of every kind of update.

    Args:
        replier: what the handlers work with.
    """

    def __init__(self, replier: Replier) -> None:
        self._replier = replier
        handlers = Handlers(replier)
        self._of_fields: dict[str, Callable[[Any], Awaitable[Outcome]]] = {
            "message": handlers.message,
            "edited_message": handlers.edited,
            "callback_query": Buttons(replier).pressed,
            "inline_query": handlers.inline,
            "guest_message": handlers.guest,
            "message_reaction": handlers.reaction,
            "my_chat_member": handlers.membership,
        }

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
        since = self._replier.state.read(lambda db: users.blocked_since(db, entry.chat))
        if message is not None and since is not None and message.date.timestamp() <= since:
            LOG.info("update skipped: the user has blocked the bot", extra={"update": entry.key})
            return Outcome()
        try:
            outcome = await self._handled(update, entry)
        except UnansweredError as error:
            outcome = Outcome(_excuse(update), parked=str(error))
        return replace(outcome, messages=self._shown(update, outcome.messages))

    def _shown(self, update: Update, messages: tuple[Outgoing, ...]) -> tuple[Outgoing, ...]:
        """What an update leads to, as the answer of a guest, or as what one user alone sees, where it is to be that."""
        if update.guest_message is not None:
            return outgoing.as_guest(messages, update.guest_message.guest_query_id or "")
        query, message = update.callback_query, update.message or update.edited_message
        under, user = (query.message, query.from_user) if query else (message, message.from_user if message else None)
        if under is None or user is None or under.chat.type == ChatType.PRIVATE or (message and message.sender_chat):
            return messages
        ephemeral = ephemeral_id(under)
        if not self._replier.quiet and not ephemeral:
            return messages
        if query:
            return outgoing.quietly(messages, user.id, press=query.id)
        return outgoing.quietly(messages, user.id, ephemeral=ephemeral)

    async def _handled(self, update: Update, entry: Entry) -> Outcome:
        for field, handler in self._of_fields.items():
            if (content := getattr(update, field)) is not None:
                return await handler(content)
        LOG.info("update ignored: of no known kind", extra={"update": entry.key})
        return Outcome()


def _excuse(update: Update) -> tuple[Outgoing, ...]:
    """What whoever sent an update is told that could not be answered."""
    if message := update.message or update.edited_message or update.guest_message:
        return outgoing.say(outgoing.target_of(message), texts.UNANSWERED)
    if query := update.callback_query:
        chat = query.message.chat.id if query.message else query.from_user.id
        return (outgoing.told(chat, query.id, texts.UNANSWERED),)
    if typed := update.inline_query:
        return (outgoing.found_inline(typed.from_user.id, typed.id, []),)
    return ()
