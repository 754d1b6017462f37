"""What happens when a button is pressed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from telegram import CallbackQuery, MaybeInaccessibleMessage, Message, Update
from telegram.constants import ChatType
from telegram.error import BadRequest

from bot import texts
from bot.dates import persian_digits
from bot.rendering.markup import Mark, Rich, joined, marked
from bot.service.access import Admission
from bot.service.library import Library
from bot.service.limits import Leave
from bot.state import records
from bot.state.records import Asked
from bot.telegram import keyboards
from bot.telegram.client import Target
from bot.telegram.delivery import edit
from bot.telegram.keyboards import Keyboard, Press
from bot.telegram.replying import Replier

Action = Callable[["Buttons", CallbackQuery, Press, Target], Awaitable[str]]
"""Does what a button says. Returns what Telegram shows to the user who pressed it, or ""."""


class Buttons:
    """The handler of pressed buttons, over one replier."""

    def __init__(self, replier: Replier) -> None:
        self.replier = replier

    async def pressed(self, update: Update, _: Any) -> None:
        """A pressed button."""
        query = update.callback_query
        if query is None:
            return
        told = await self._act(query, query.message) if query.message else texts.GONE
        try:
            await query.answer(told or None)
        except BadRequest:
            # Telegram shows nothing so late; the action itself is done.
            return

    async def _act(self, query: CallbackQuery, under: MaybeInaccessibleMessage) -> str:
        """Do what the button under a message says; see `Action`."""
        press = keyboards.press(query.data or "")
        action = _ACTIONS.get(press.kind)
        thread = under.message_thread_id if isinstance(under, Message) and under.is_topic_message else None
        target = Target(under.chat.id, thread, None if under.chat.type == ChatType.PRIVATE else under.message_id)
        user = query.from_user.id
        if action is None or self.replier.admission(user, under.chat.id) is not Admission.ADMITTED:
            return texts.GONE
        if press.kind in _COUNTED_KINDS and self.replier.leave(user) is not Leave.ANSWER:
            return texts.TOO_MANY
        return await action(self, query, press, target)

    async def context(self, _: CallbackQuery, press: Press, target: Target) -> str:
        """Show the passages around an answer's quotations, with the quotations marked."""
        asked = self._asked(press)
        if asked is None:
            return texts.GONE
        shown = await self.replier.workers.run(Library.context, asked.citations)
        if not shown:
            return texts.ARTICLE_GONE
        await self.replier.say(target, joined("\n\n\n", shown))
        return ""

    async def further(self, query: CallbackQuery, press: Press, target: Target) -> str:
        """Show further answers: under an answer in a new message, under further answers in place of their page."""
        asked = self._asked(press)
        if asked is None or query.message is None:
            return texts.GONE
        page = max(press.number(1), 0)
        text, last = await self.replier.workers.run(Library.further, asked.text, asked.history, asked.citations, page)
        if not text:
            return texts.NO_MORE
        keyboard = keyboards.pages(keyboards.FURTHER, page, last, asked.key)
        if query.message.message_id in asked.replies:
            await self.replier.say(target, text, keyboard)
        else:
            await edit(self.replier.client, target, [query.message.message_id], text, keyboard)
        return ""

    async def judge(self, query: CallbackQuery, press: Press, _: Target) -> str:
        """Note the feedback on an answer."""
        verdict = press.arguments[1] if len(press.arguments) > 1 else ""
        label, key, user = texts.VERDICTS.get(verdict), press.number(0), query.from_user.id
        if label is None or not await self.replier.state.run(lambda db: records.judge(db, key, user, verdict)):
            return texts.GONE
        return texts.NOTED.format(verdict=label)

    async def sources(self, query: CallbackQuery, press: Press, target: Target) -> str:
        """Show another page of the articles."""
        text, keyboard = await source_page(self.replier, press.number(0))
        if query.message is not None:
            await edit(self.replier.client, target, [query.message.message_id], text, keyboard)
        return ""

    async def example(self, query: CallbackQuery, _: Press, target: Target) -> str:
        """Answer an example question, which is the text of the button."""
        shown = query.message if isinstance(query.message, Message) else None
        question = keyboards.label(shown.reply_markup if shown else None, query.data or "")
        if not question:
            return texts.GONE
        await self.replier.say(target, marked(question, Mark.BOLD))
        await self.replier.answer(target, query.from_user.id, None, question)
        return ""

    def _asked(self, press: Press) -> Asked | None:
        key = press.number(0)
        return self.replier.state.read(lambda db: records.question(db, key))


async def source_page(replier: Replier, page: int) -> tuple[Rich, Keyboard | None]:
    """A page of the articles, counted from 0, and the buttons to the others."""
    listed, page, last = await replier.workers.run(Library.sources, page)
    title = texts.SOURCES.format(page=persian_digits(page + 1), pages=persian_digits(last + 1))
    text = joined("\n", [marked(title, Mark.BOLD), listed])
    return text, keyboards.pages(keyboards.SOURCES, page, last)


_ACTIONS: dict[str, Action] = {
    keyboards.CONTEXT: Buttons.context,
    keyboards.FURTHER: Buttons.further,
    keyboards.VERDICT: Buttons.judge,
    keyboards.SOURCES: Buttons.sources,
    keyboards.EXAMPLE: Buttons.example,
}

_COUNTED_KINDS = {keyboards.FURTHER, keyboards.EXAMPLE}
"""The kinds of button that count as questions."""
