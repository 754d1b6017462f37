"""Questions that are kept until an article answers them: the commands, the buttons, and what is told."""

from __future__ import annotations

import datetime
import secrets
import time
from collections.abc import Sequence
from dataclasses import replace

from telegram import CallbackQuery, Message

from bot.dialogue.answer import Status
from bot.history import History
from bot.rendering.markup import Rich
from bot.rendering.watches import news_text, watches_text
from bot.service.access import Admission
from bot.service.dispatch import Outcome
from bot.service.library import Library
from bot.service.watching.asking import News
from bot.state import records, users, watches
from bot.state.base import Connection
from bot.state.outbox import Outgoing
from bot.state.records import Asked
from bot.state.watches import Kept, Watch
from bot.telegram import keyboards, outgoing
from bot.telegram.incoming import Command
from bot.telegram.keyboards import Keyboard, Press
from bot.telegram.lists import shown_in
from bot.telegram.outgoing import Target, say, target_of
from bot.telegram.replying import KEY_BITS, Replier, Replies, under_answer
from bot.wording import texts
from bot.wording.dates import jalali, persian_digits


async def watch(handlers: Replies, message: Message, command: Command, user: int) -> Outcome:
    """/watch QUESTION: keep a question until an article answers it; alone, the one that it replies to."""
    replier, target = handlers.replier, target_of(message)
    asked = (command.argument, ()) if command.argument else replier.pointed_at(message)
    if asked is None:
        return Outcome(say(target, texts.WHAT_TO_WATCH))
    reply = await replier.consult(target, Library.reply, *asked)
    if reply.status not in {Status.ANSWERED, Status.NOT_FOUND}:
        return Outcome(say(target, texts.NOT_WATCHABLE))
    return _kept(replier, target, user, reply.question, asked[1])


async def listed(handlers: Replies, message: Message, _: Command, user: int) -> Outcome:
    """/watches: list the user's questions that are kept, in a private chat all of them, elsewhere those kept there."""
    target = target_of(message)
    return Outcome(say(target, *_list(handlers.replier, user, target.chat)))


async def pressed(buttons: Replies, query: CallbackQuery, press: Press, target: Target) -> tuple[str, Outcome]:
    """Keep the question under whose answer the button was pressed."""
    key, user = press.number(0), query.from_user.id
    asked = buttons.replier.state.read(lambda db: records.question(db, key))
    if asked is None:
        return texts.GONE, Outcome()
    target = Target(target.chat, target.thread, asked.message if target.reply_to else None)
    return "", _kept(buttons.replier, target, user, asked.text, asked.history)


async def ended(buttons: Replies, query: CallbackQuery, press: Press, _: Target) -> tuple[str, Outcome]:
    """End a question, as the button under what was told for it says."""
    key, user = press.number(0), query.from_user.id
    if key not in {one.key for one in buttons.replier.state.read(lambda db: watches.of_user(db, user))}:
        return texts.NOT_LISTED, Outcome()
    return texts.WATCH_ENDED, Outcome(changes=(lambda db: watches.end(db, key, user),))


async def ended_in_list(buttons: Replies, query: CallbackQuery, press: Press, target: Target) -> tuple[str, Outcome]:
    """End a question of a list, and show the list without it."""
    told, outcome = await ended(buttons, query, press, target)
    if not outcome.changes:
        return told, outcome
    text, keyboard = _list(buttons.replier, query.from_user.id, target.chat, press.number(0))
    shown = say(target, text, keyboard, query.message.message_id if query.message else 0)
    return told, replace(outcome, messages=shown)


class Telling:
    """Makes the messages that tell an answer that was waited for.

    Args:
        replier: knows who may be told.
    """

    def __init__(self, replier: Replier) -> None:
        self._replier = replier

    def tell(self, db: Connection, news: News) -> Sequence[Outgoing]:
        """See `watcher.Tell`."""
        watch, reply = news.watch, news.reply
        found = self._replier.access.admission(watch.user, self._replier.moves.ids(watch.chat))
        if found is not Admission.ADMITTED and not (found is Admission.UNINVITED and users.is_admitted(db, watch.user)):
            return ()
        key = secrets.randbits(KEY_BITS)
        asked = Asked(key, watch.chat, watch.user, None, reply.question, reply.lent, reply.following, reply.citations)
        records.record(db, asked, reply.status.value)
        target = Target(watch.chat, watch.thread, watch.message)
        keyboard = keyboards.under_news(under_answer(reply, key), watch.key)
        return outgoing.answer(target, news_text(watch.text, reply.text), keyboard, key)


def _kept(replier: Replier, target: Target, user: int, text: str, history: History) -> Outcome:
    """What it leads to that a question is to be kept."""
    limit, stamp = replier.kept.limit, replier.workers.catalogue.stamp
    chat = replier.moves.first(target.chat)
    asked = Watch(0, chat, user, target.thread, target.reply_to, text, history, stamp.last, time.time())
    kept = replier.state.read(lambda db: watches.keeping(db, asked, limit))
    if kept is Kept.REFUSED:
        return Outcome(say(target, texts.TOO_MANY_WATCHES.format(limit=persian_digits(limit))))
    if kept is Kept.BEFORE:
        return Outcome(say(target, texts.WATCHED_BEFORE))
    told = texts.WATCHED.format(question=text, until=jalali(_until(replier, asked.made)))
    return Outcome(say(target, told), (lambda db: watches.keep(db, asked, stamp, limit),))


def _list(replier: Replier, user: int, chat: int, ended: int = -1) -> tuple[Rich, Keyboard | None]:
    """The user's questions that are kept, as far as they are shown in a chat, and the buttons that end them.

    Args:
        replier: knows them.
        user: whose they are.
        chat: where they are listed, see `shown_in`.
        ended: the key of one that is about to be ended.
    """
    mine = replier.state.read(lambda db: watches.of_user(db, user))
    shown = shown_in(chat, user, mine, replier.moves, ended)
    text = watches_text([(one.text, _until(replier, one.made)) for one in shown])
    return text, keyboards.ending(keyboards.END_WATCH_LISTED, [one.key for one in shown])


def _until(replier: Replier, made: float) -> datetime.date:
    """The last day of a question that was kept at a time."""
    return datetime.date.fromtimestamp(made) + datetime.timedelta(days=replier.kept.days)
