"""The editors' own answers: `/pin` in reply to a question, and the list of all."""

from __future__ import annotations

import datetime
import re
import time

from telegram import CallbackQuery, Message

from bot.rendering.markup import Rich
from bot.rendering.pins import pins_text
from bot.service.dispatch import Outcome
from bot.service.library import Library
from bot.state import pins
from bot.state.pins import Pin
from bot.telegram import keyboards
from bot.telegram.incoming import Command
from bot.telegram.keyboards import Keyboard, Press
from bot.telegram.outgoing import Target, say, target_of
from bot.telegram.replying import Replier, Replies
from bot.wording import texts
from bot.wording.dates import jalali

PIN_DAYS = 90
"""How long an answer is shown whose days are not given."""

_DAYS = re.compile(r"(?P<days>[0-9۰-۹]{1,4})\s+(?P<words>.+)", re.DOTALL)
DAY_SECONDS = 86_400.0


async def pin(replier: Replier, message: Message, command: Command) -> Outcome:
    """/pin [DAYS] WORDS, in reply to a question or to its answer: the words come first when it is asked again."""
    target = target_of(message)
    asked = replier.pointed_at(message)
    if asked is None or not command.argument:
        return Outcome(say(target, texts.HOW_TO_PIN))
    given = _DAYS.fullmatch(command.argument)
    words, days = (given["words"], int(given["days"])) if given else (command.argument, PIN_DAYS)
    reply = await replier.consult(target, Library.reply, *asked)
    if not reply.sense or not days:
        return Outcome(say(target, texts.HOW_TO_PIN))
    now = time.time()
    opened = replier.scope(target).opened
    made = Pin(0, reply.sense, reply.question, words.strip(), opened, now, now + days * DAY_SECONDS)
    told = texts.PIN_KEPT.format(question=reply.question, until=jalali(_until(made)))
    if opened:  # as for the administrator, who may not know that others do not see it
        told = f"{told}\n{texts.PIN_FOR.format(names='، '.join(sorted(opened)))}"
    return Outcome(say(target, told), (lambda db: pins.pin(db, made),))


async def listed(replier: Replier, message: Message, _: Command) -> Outcome:
    """/pins: list the editors' answers that are shown."""
    return Outcome(say(target_of(message), *_list(replier)))


async def ended(buttons: Replies, query: CallbackQuery, press: Press, target: Target) -> tuple[str, Outcome]:
    """Show an answer of a list no more."""
    key = press.number(0)
    if query.from_user.id not in buttons.replier.access.admins:
        return texts.GONE, Outcome()
    text, keyboard = _list(buttons.replier, key)
    shown = say(target, text, keyboard, query.message.message_id if query.message else 0)
    return texts.WATCH_ENDED, Outcome(shown, (lambda db: pins.unpin(db, key),))


def _list(replier: Replier, ended: int = -1) -> tuple[Rich, Keyboard | None]:
    """All answers, but one that is about to be ended, and the buttons that end them."""
    kept = [one for one in replier.state.read(pins.pins) if one.key != ended]
    text = pins_text([(one.question, one.words, _until(one)) for one in kept])
    return text, keyboards.ending(keyboards.UNPIN, [one.key for one in kept])


def _until(given: Pin) -> datetime.date:
    return datetime.date.fromtimestamp(given.expires)
