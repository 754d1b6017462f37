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
from bot.service.library import Library
from bot.service.limits import Leave
from bot.state import records
from bot.state.records import Asked
from bot.telegram import keyboards
from bot.telegram.client import Target
from bot.telegram.delivery import edit
from bot.telegram.keyboards import Keyboard, Press
from bot.telegram.replying import Service

Action = Callable[["Buttons", CallbackQuery, Press, Target], Awaitable[str]]
"""Does what a button says; returns what the one who pressed it is told, or ""."""


class Buttons:
    """The buttons' handler, over one service."""

    def __init__(self, service: Service) -> None:
        self.service = service

    async def pressed(self, update: Update, _: Any) -> None:
        """A pressed button."""
        query = update.callback_query
        if query is None:
            return
        told = await self._act(query, query.message) if query.message else texts.GONE
        try:
            await query.answer(told or None)
        except BadRequest:
            # Too late to show it; what was to be done is done.
            return

    async def _act(self, query: CallbackQuery, under: MaybeInaccessibleMessage) -> str:
        """Do what the button under a message says; returns what the one who pressed it is told."""
        press = keyboards.press(query.data or "")
        action = _ACTIONS.get(press.kind)
        thread = under.message_thread_id if isinstance(under, Message) and under.is_topic_message else None
        target = Target(under.chat.id, thread, None if under.chat.type == ChatType.PRIVATE else under.message_id)
        if action is None or not await self.service.may_ask(query.from_user.id, under.chat.id):
            return texts.GONE
        if press.kind in _ASKING and self.service.within_limits(query.from_user.id) is not Leave.ANSWER:
            return texts.TOO_MANY
        return await action(self, query, press, target)

    async def context(self, _: CallbackQuery, press: Press, target: Target) -> str:
        """The passages around the quotations, with these marked."""
        asked = self._asked(press)
        if asked is None:
            return texts.GONE
        shown = await self.service.answering.run(Library.context, asked.citations)
        if not shown:
            return texts.ARTICLE_GONE
        await self.service.say(target, joined("\n\n\n", shown))
        return ""

    async def further(self, query: CallbackQuery, press: Press, target: Target) -> str:
        """Further answers: a new message from under an answer, a new page of it from its own buttons."""
        asked = self._asked(press)
        if asked is None or query.message is None:
            return texts.GONE
        page = max(press.number(1), 0)
        text, last = await self.service.answering.run(Library.further, asked.text, asked.history, asked.citations, page)
        if not text:
            return texts.NO_MORE
        keyboard = keyboards.pages(keyboards.FURTHER, page, last, asked.key)
        if query.message.message_id in asked.replies:
            await self.service.say(target, text, keyboard)
        else:
            await edit(self.service.client, target, [query.message.message_id], text, keyboard)
        return ""

    async def judge(self, query: CallbackQuery, press: Press, _: Target) -> str:
        """Feedback on an answer."""
        verdict = press.arguments[1] if len(press.arguments) > 1 else ""
        label, key, user = texts.VERDICTS.get(verdict), press.number(0), query.from_user.id
        if label is None or not await self.service.database.run(lambda db: records.judge(db, key, user, verdict)):
            return texts.GONE
        return texts.NOTED.format(verdict=label)

    async def sources(self, query: CallbackQuery, press: Press, target: Target) -> str:
        """Another page of the articles."""
        text, keyboard = await source_page(self.service, press.number(0))
        if query.message is not None:
            await edit(self.service.client, target, [query.message.message_id], text, keyboard)
        return ""

    async def example(self, query: CallbackQuery, _: Press, target: Target) -> str:
        """An example question, which is the button's own text."""
        shown = query.message if isinstance(query.message, Message) else None
        question = keyboards.label(shown.reply_markup if shown else None, query.data or "")
        if not question:
            return texts.GONE
        await self.service.say(target, marked(question, Mark.BOLD))
        await self.service.answer(target, query.from_user.id, None, question)
        return ""

    def _asked(self, press: Press) -> Asked | None:
        key = press.number(0)
        return self.service.database.read(lambda db: records.question(db, key))


async def source_page(service: Service, page: int) -> tuple[Rich, Keyboard | None]:
    """A page of the articles, counted from 0, and the buttons to the others."""
    listed, page, last = await service.answering.run(Library.sources, page)
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

_ASKING = {keyboards.FURTHER, keyboards.EXAMPLE}
"""Buttons that count as questions."""
