"""Messages of administrators to all users: written, confirmed by a button, stopped by another."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from telegram import CallbackQuery, Message

from bot.rendering.broadcasts import broadcast_text
from bot.service.access import Admission
from bot.service.dispatch import Outcome
from bot.state import broadcasts
from bot.state.broadcasts import Broadcast
from bot.state.outbox import Outgoing
from bot.telegram import keyboards
from bot.telegram.incoming import Command
from bot.telegram.keyboards import Press
from bot.telegram.outgoing import Target, say, target_of
from bot.telegram.replying import KEY_BITS, Replier, Replies
from bot.wording import texts
from bot.wording.dates import persian_digits


async def broadcast(replier: Replier, message: Message, command: Command) -> Outcome:
    """/broadcast WORDS: show what would be sent to how many users, and a button that sends it."""
    target, key = target_of(message), secrets.randbits(KEY_BITS)
    if not command.argument:
        return Outcome(say(target, texts.WHAT_TO_BROADCAST))
    users = await broadcasts.count_users(replier.state)
    shown = broadcast_text(command.argument, users)
    changes = (lambda db: broadcasts.draft(db, key, target.chat, command.argument),)
    return Outcome(say(target, shown, keyboards.one(texts.SEND, keyboards.BROADCAST, key)), changes)


async def started(buttons: Replies, query: CallbackQuery, press: Press, target: Target) -> tuple[str, Outcome]:
    """Begin to send a message."""
    key, replier = press.number(0), buttons.replier
    is_new = replier.state.read(lambda db: broadcasts.is_in(db, key, "draft"))
    if query.from_user.id not in replier.access.admins or not is_new:
        return texts.GONE, Outcome()
    shown = say(target, texts.BROADCASTING, keyboards.one(texts.STOP, keyboards.STOP_BROADCAST, key))
    return "", Outcome(shown, (lambda db: broadcasts.start(db, key),))


async def stopped(buttons: Replies, query: CallbackQuery, press: Press, _: Target) -> tuple[str, Outcome]:
    """Send a message to nobody more."""
    key, replier = press.number(0), buttons.replier
    is_running = replier.state.read(lambda db: broadcasts.is_in(db, key, "running"))
    if query.from_user.id not in replier.access.admins or not is_running:
        return texts.GONE, Outcome()
    return texts.BROADCAST_STOPPED, Outcome(changes=(lambda db: broadcasts.stop(db, key),))


class Announcing:
    """Makes the messages of a broadcast.

    Args:
        replier: knows who may be told.
    """

    def __init__(self, replier: Replier) -> None:
        self._replier = replier

    def make(self, broadcast: Broadcast, user: int) -> Sequence[Outgoing]:
        """See `broadcasting.Make`. Who could not ask is told nothing, but whoever gave the code once may ask."""
        found = self._replier.access.admission(user, [user])
        return () if found is Admission.UNLISTED else say(Target(user), broadcast.text)

    def report(self, broadcast: Broadcast) -> Sequence[Outgoing]:
        """See `broadcasting.Report`."""
        return say(Target(broadcast.chat), texts.BROADCAST_SENT.format(users=persian_digits(broadcast.sent)))
