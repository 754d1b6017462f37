"""What happens when a button is pressed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

from telegram import CallbackQuery, MaybeInaccessibleMessage, Message
from telegram.constants import ChatType

from bot.rendering.markup import Mark, Rich, joined, marked
from bot.service.access import Admission
from bot.service.dispatch import Outcome
from bot.service.library import Library
from bot.service.limits import Leave
from bot.state import records
from bot.state.records import Asked
from bot.telegram import broadcasting, digests, gaps, keyboards, outgoing, pins, watches
from bot.telegram.keyboards import Keyboard, Press
from bot.telegram.outgoing import Target
from bot.telegram.replying import Replier
from bot.wording import texts
from bot.wording.dates import persian_digits

Action = Callable[["Buttons", CallbackQuery, Press, Target], Awaitable[tuple[str, Outcome]]]
"""Does what a button says. Returns what Telegram shows to the user who pressed it, or ""; and what else it leads to."""


class Buttons:
    """The handler of pressed buttons, over one replier."""

    def __init__(self, replier: Replier) -> None:
        self.replier = replier

    async def pressed(self, query: CallbackQuery) -> Outcome:
        """A pressed button."""
        told, outcome = await self._act(query, query.message) if query.message else (texts.GONE, Outcome())
        chat = query.message.chat.id if query.message else query.from_user.id
        return replace(outcome, messages=(*outcome.messages, outgoing.told(chat, query.id, told)))

    async def _act(self, query: CallbackQuery, under: MaybeInaccessibleMessage) -> tuple[str, Outcome]:
        """Do what the button under a message says; see `Action`."""
        press = keyboards.press(query.data or "")
        action = _ACTIONS.get(press.kind)
        thread = under.message_thread_id if isinstance(under, Message) and under.is_topic_message else None
        target = Target(under.chat.id, thread, None if under.chat.type == ChatType.PRIVATE else under.message_id)
        user = query.from_user.id
        if action is None or self.replier.admission(user, under.chat.id) is not Admission.ADMITTED:
            return texts.GONE, Outcome()
        if press.kind in _COUNTED_KINDS and self.replier.leave(user, None) is not Leave.ANSWER:
            return texts.TOO_MANY, Outcome()
        return await action(self, query, press, target)

    async def context(self, _: CallbackQuery, press: Press, target: Target) -> tuple[str, Outcome]:
        """Show the passages around an answer's quotations, with the quotations marked."""
        asked = self._asked(press)
        if asked is None:
            return texts.GONE, Outcome()
        shown = await self.replier.consult(target, Library.context, asked.citations)
        if not shown:
            return texts.ARTICLE_GONE, Outcome()
        return "", Outcome(outgoing.say(target, joined("\n\n\n", shown)))

    async def further(self, query: CallbackQuery, press: Press, target: Target) -> tuple[str, Outcome]:
        """Show further answers: under an answer in a new message, under further answers in place of their page."""
        asked = self._asked(press)
        if asked is None or query.message is None:
            return texts.GONE, Outcome()
        page = max(press.number(1), 0)
        text, last = await self.replier.consult(
            target, Library.further, asked.text, asked.history, asked.citations, page
        )
        if not text:
            return texts.NO_MORE, Outcome()
        keyboard = keyboards.pages(keyboards.FURTHER, page, last, asked.key)
        replaces = 0 if query.message.message_id in asked.replies else query.message.message_id
        return "", Outcome(outgoing.say(target, text, keyboard, replaces))

    async def judge(self, query: CallbackQuery, press: Press, _: Target) -> tuple[str, Outcome]:
        """Note the feedback on an answer."""
        verdict = press.arguments[1] if len(press.arguments) > 1 else ""
        label, key, user = texts.VERDICTS.get(verdict), press.number(0), query.from_user.id
        if label is None or self._asked(press) is None:
            return texts.GONE, Outcome()
        noted = Outcome(changes=(lambda db: records.judge(db, key, user, verdict),))
        return texts.NOTED.format(verdict=label), noted

    async def sources(self, query: CallbackQuery, press: Press, target: Target) -> tuple[str, Outcome]:
        """Show another page of the articles."""
        text, keyboard = await source_page(self.replier, target, press.number(0))
        return "", Outcome(outgoing.say(target, text, keyboard, query.message.message_id if query.message else 0))

    async def example(self, query: CallbackQuery, _: Press, target: Target) -> tuple[str, Outcome]:
        """Answer an example question, which is the text of the button."""
        shown = query.message if isinstance(query.message, Message) else None
        question = keyboards.label(shown.reply_markup if shown else None, query.data or "")
        if not question:
            return texts.GONE, Outcome()
        outcome = await self.replier.answer(target, query.from_user.id, None, question)
        return "", replace(outcome, messages=(*outgoing.say(target, marked(question, Mark.BOLD)), *outcome.messages))

    def _asked(self, press: Press) -> Asked | None:
        key = press.number(0)
        return self.replier.state.read(lambda db: records.question(db, key))


async def source_page(replier: Replier, target: Target, page: int) -> tuple[Rich, Keyboard | None]:
    """A page of the articles that may be quoted in a chat, counted from 0, and the buttons to the others."""
    listed, page, last = await replier.consult(target, Library.sources, page)
    title = texts.SOURCES.format(page=persian_digits(page + 1), pages=persian_digits(last + 1))
    text = joined("\n", [marked(title, Mark.BOLD), listed])
    return text, keyboards.pages(keyboards.SOURCES, page, last)


_ACTIONS: dict[str, Action] = {
    keyboards.CONTEXT: Buttons.context,
    keyboards.FURTHER: Buttons.further,
    keyboards.VERDICT: Buttons.judge,
    keyboards.SOURCES: Buttons.sources,
    keyboards.EXAMPLE: Buttons.example,
    keyboards.WATCH: watches.pressed,
    keyboards.END_WATCH: watches.ended,
    keyboards.END_WATCH_LISTED: watches.ended_in_list,
    keyboards.UNPIN: pins.ended,
    keyboards.ASK_AGAIN: gaps.asked_again,
    keyboards.END_DIGEST: digests.ended,
    keyboards.BROADCAST: broadcasting.started,
    keyboards.STOP_BROADCAST: broadcasting.stopped,
}

_COUNTED_KINDS = {keyboards.FURTHER, keyboards.EXAMPLE}
"""The kinds of button that count as questions."""
