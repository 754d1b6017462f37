"""Digests: the command that makes, lists and ends them, and what is told."""

from __future__ import annotations

import time
from collections.abc import Sequence

from telegram import CallbackQuery, Message

from bot.rendering.digests import digest_name, digest_text, digests_text
from bot.rendering.markup import Rich, joined
from bot.service.access import Admission
from bot.service.dispatch import Outcome
from bot.service.watching.digesting import came, first_due
from bot.state import digests
from bot.state.digests import Digest
from bot.state.outbox import Outgoing
from bot.telegram import keyboards
from bot.telegram.digest_wishes import wished
from bot.telegram.incoming import Command
from bot.telegram.keyboards import Keyboard, Press
from bot.telegram.lists import shown_in
from bot.telegram.outgoing import Target, say, target_of
from bot.telegram.replying import Replier, Replies
from bot.wording import texts
from bot.wording.dates import persian_digits

MAX_DIGESTS = 5
"""Digests that a user may have."""


async def digest(handlers: Replies, message: Message, command: Command, user: int) -> Outcome:
    """/digest HOW OFTEN [HOUR] [TOPIC]: tell what has come at that hour; alone, list what is told and end it."""
    replier, target = handlers.replier, target_of(message)
    asked = wished(command.argument)
    if asked is None:
        listed, keyboard = _list(replier, user, target.chat)
        excuse = [texts.NO_DIGEST] if command.argument else []
        return Outcome(say(target, joined("\n\n", [*excuse, listed]), keyboard))
    mine = replier.state.read(lambda db: digests.of_user(db, user))
    chat, thread, topic = replier.moves.first(target.chat), target.thread or 0, asked.topic
    if len(mine) >= MAX_DIGESTS and (chat, thread, topic) not in {(one.chat, one.thread, one.topic) for one in mine}:
        return Outcome(say(target, texts.TOO_MANY_DIGESTS.format(limit=persian_digits(MAX_DIGESTS))))
    last = replier.workers.catalogue.stamp.last
    due = first_due(asked.hour, asked.days, time.time(), replier.zone, asked.weekday)
    made = Digest(0, chat, user, thread, topic, asked.days, asked.hour, last, due)
    told = texts.DIGEST_KEPT.format(digest=digest_name(made, replier.zone))
    return Outcome(say(target, told), (lambda db: digests.keep(db, made),))


async def ended(buttons: Replies, query: CallbackQuery, press: Press, target: Target) -> tuple[str, Outcome]:
    """End a digest of a list, and show the list without it."""
    key, user = press.number(0), query.from_user.id
    if key not in {one.key for one in buttons.replier.state.read(lambda db: digests.of_user(db, user))}:
        return texts.NOT_LISTED, Outcome()
    text, keyboard = _list(buttons.replier, user, target.chat, key)
    shown = say(target, text, keyboard, query.message.message_id if query.message else 0)
    return texts.WATCH_ENDED, Outcome(shown, (lambda db: digests.end(db, key, user),))


class Digesting:
    """Finds what is to be told, and makes the messages.

    Args:
        replier: knows what may be quoted, and who may be told.
    """

    def __init__(self, replier: Replier) -> None:
        self._replier = replier

    async def find(self, digest: Digest) -> tuple[Rich, int]:
        """See `digesting.Find`."""
        if self._replier.admission(digest.user, digest.chat) is not Admission.ADMITTED:
            return Rich(), digest.since
        return await self._replier.consult(_target(digest), came, digest.topic, digest.since)

    def tell(self, digest: Digest, found: Rich) -> Sequence[Outgoing]:
        """See `digesting.Tell`."""
        return say(_target(digest), digest_text(digest.topic, found))


def _target(digest: Digest) -> Target:
    return Target(digest.chat, digest.thread or None)


def _list(replier: Replier, user: int, chat: int, ended: int = -1) -> tuple[Rich, Keyboard | None]:
    """How a digest is made, the user's digests as far as they are shown in a chat, and the buttons that end them.

    Args:
        replier: knows them.
        user: whose they are.
        chat: where they are listed, see `shown_in`.
        ended: the key of one that is about to be ended.
    """
    mine = replier.state.read(lambda db: digests.of_user(db, user))
    shown = shown_in(chat, user, mine, replier.moves, ended)
    return digests_text(shown, replier.zone), keyboards.ending(keyboards.END_DIGEST, [one.key for one in shown])
