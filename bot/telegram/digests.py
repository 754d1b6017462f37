"""Digests: the command that makes, lists and ends them, and what is told."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from typing import Protocol

from telegram import CallbackQuery, Message

from bot import texts
from bot.dates import persian_digits
from bot.rendering.digests import digest_name, digest_text, digests_text
from bot.rendering.markup import Rich
from bot.service.access import Admission
from bot.service.dispatch import Outcome
from bot.state import digests
from bot.state.digests import Digest
from bot.state.outbox import Outgoing
from bot.telegram import keyboards
from bot.telegram.incoming import Command
from bot.telegram.keyboards import Keyboard, Press
from bot.telegram.outgoing import Target, say, target_of
from bot.telegram.replying import Replier
from bot.watching.digesting import came, following

_ASKED = re.compile(
    r"(?P<often>روزانه|هفتگی|daily|weekly)(?:\s+(?P<hour>[0-9۰-۹]{1,2})(?!\d))?(?:\s+(?P<topic>\S.*))?", re.DOTALL
)
_WEEKLY = {"هفتگی", "weekly"}
MORNING = 8
"""The hour of a digest whose hour is not given."""

MAX_DIGESTS = 5
"""Digests that a user may have."""


class Replies(Protocol):
    """A handler: of messages, or of pressed buttons."""

    replier: Replier


async def digest(handlers: Replies, message: Message, command: Command, user: int) -> Outcome:
    """/digest daily|weekly [HOUR] [TOPIC]: tell what has come at that hour; alone, list what is told and end it."""
    replier, target = handlers.replier, target_of(message)
    asked = _ASKED.fullmatch(command.argument)
    hour = int(asked["hour"] or MORNING) if asked else 24
    if asked is None or hour > 23:
        return Outcome(say(target, *_list(replier, user)))
    mine = replier.state.read(lambda db: digests.of_user(db, user))
    topic, days = (asked["topic"] or "").strip(), 7 if asked["often"] in _WEEKLY else 1
    chat, thread = replier.moves.first(target.chat), target.thread or 0
    if len(mine) >= MAX_DIGESTS and (chat, thread, topic) not in {(one.chat, one.thread, one.topic) for one in mine}:
        return Outcome(say(target, texts.TOO_MANY_DIGESTS.format(limit=persian_digits(MAX_DIGESTS))))
    last, due = replier.workers.catalogue.stamp.last, following(hour, days, time.time(), replier.zone)
    made = Digest(0, chat, user, thread, topic, days, hour, last, due)
    return Outcome(
        say(target, texts.DIGEST_KEPT.format(digest=digest_name(made))), (lambda db: digests.keep(db, made),)
    )


async def ended(buttons: Replies, query: CallbackQuery, press: Press, target: Target) -> tuple[str, Outcome]:
    """End a digest of a list, and show the list without it."""
    key, user = press.number(0), query.from_user.id
    text, keyboard = _list(buttons.replier, user, key)
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


def _list(replier: Replier, user: int, ended: int = -1) -> tuple[Rich, Keyboard | None]:
    """How a digest is made, the user's digests but one that is about to be ended, and the buttons that end them."""
    kept = [one for one in replier.state.read(lambda db: digests.of_user(db, user)) if one.key != ended]
    return digests_text(kept), keyboards.ending(keyboards.END_DIGEST, [one.key for one in kept])
