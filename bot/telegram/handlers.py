"""What happens on each kind of update: thin, one method a kind."""

from __future__ import annotations

import importlib.metadata
import logging
import time
from collections.abc import Awaitable, Callable
from typing import Any

from telegram import InlineQueryResultArticle, InputTextMessageContent, LinkPreviewOptions, Message, Update
from telegram.constants import ChatMemberStatus, ChatType, ParseMode
from telegram.error import BadRequest

from bot import texts
from bot.dates import jalali, moment, persian_digits
from bot.rendering.markup import Rich
from bot.rendering.messages import html, split
from bot.service.library import Library
from bot.service.limits import Leave
from bot.state import inbox, records
from bot.telegram import admin, incoming, keyboards
from bot.telegram.buttons import source_page
from bot.telegram.delivery import target_of
from bot.telegram.incoming import Command
from bot.telegram.replying import Service

LOG = logging.getLogger(__name__)

INLINE_TITLE = 100

CommandHandler = Callable[["Handlers", Message, Command, int], Awaitable[None]]


class Handlers:
    """The handlers, over one service."""

    def __init__(self, service: Service) -> None:
        self.service = service

    async def message(self, update: Update, _: Any) -> None:
        """A new message: a command, a question, an administrator's article, or nothing to the bot."""
        message = update.message
        if message is None or message.from_user is None or (message.from_user.is_bot and not message.sender_chat):
            return
        me, user = self.service.client.bot, message.from_user.id
        command = incoming.command(message, me.username or "")
        text = incoming.question(message, me.username or "", me.id)
        if message.chat.type != ChatType.PRIVATE and incoming.is_command(message):
            # Other bots have commands too.
            text = None
            command = command if command and command.name in COMMANDS else None
        if command is None and text is None:
            return
        if not await self._may_ask(message, command, text or ""):
            return
        if command is not None:
            await COMMANDS.get(command.name, Handlers.unknown)(self, message, command, user)
        elif admin.brings_article(message, self.service):
            await admin.add_article(self.service, message)
        else:
            await self._ask(message, user, text or "")

    async def edited(self, update: Update, context: Any) -> None:
        """An edited question: its answer is edited; what was no question before is taken as new."""
        message = update.edited_message
        if message is None or message.from_user is None:
            return
        asked = self.service.database.read(lambda db: records.question_in(db, message.chat.id, message.message_id))
        if asked is None:
            await self.message(Update(update.update_id, message=message), context)
            return
        me = self.service.client.bot
        command = incoming.command(message, me.username or "")
        text = command.argument if command else incoming.question(message, me.username or "", me.id)
        user = message.from_user.id
        if not text or text == asked.text or not await self.service.may_ask(user, message.chat.id):
            return
        if self.service.within_limits(user) is Leave.ANSWER:
            await self.service.answer_again(target_of(message), asked, text)

    async def inline(self, update: Update, _: Any) -> None:
        """A question typed in some other chat: quotations with their sources to choose from."""
        query = update.inline_query
        if query is None:
            return
        results: list[InlineQueryResultArticle] = []
        user = query.from_user.id
        served = await self.service.may_ask(user, user) and self.service.within_limits(user) is Leave.ANSWER
        if query.query.strip() and served:
            found = await self.service.answering.run(Library.snippets, query.query)
            results = [_result(number, snippet) for number, snippet in enumerate(found)]
        try:
            # Kept for this user alone: another may not be served, or not any more.
            await query.answer(results, cache_time=60 if served else 0, is_personal=True)
        except BadRequest as error:
            # Whoever typed on has another query by now.
            LOG.info("inline query not answered", extra={"reason": type(error).__name__})

    async def membership(self, update: Update, _: Any) -> None:
        """A user blocks the bot, or takes it back."""
        changed = update.my_chat_member
        if changed is None or changed.chat.type != ChatType.PRIVATE:
            return
        blocked = changed.new_chat_member.status == ChatMemberStatus.BANNED
        since = time.time() if blocked else None
        await self.service.set_blocked(changed.chat.id, since)

    async def start(self, message: Message, _: Command, __: int) -> None:
        """/start: what the bot is, with example questions."""
        catalogue = self.service.answering.catalogue
        text = texts.START.format(articles=persian_digits(catalogue.articles))
        await self.service.say(target_of(message), text, keyboards.examples(catalogue.examples))

    async def help(self, message: Message, _: Command, user: int) -> None:
        """/help: what can be done."""
        own = user in self.service.settings.admins and message.chat.type == ChatType.PRIVATE
        await self.service.say(target_of(message), "\n\n".join([texts.GUIDE, *([texts.GUIDE_ADMIN] if own else [])]))

    async def sources(self, message: Message, _: Command, __: int) -> None:
        """/sources: the articles with their dates, paged."""
        text, keyboard = await source_page(self.service, 0)
        await self.service.say(target_of(message), text, keyboard)

    async def about(self, message: Message, _: Command, __: int) -> None:
        """/about: the corpus's size, when it was updated, the version."""
        catalogue = self.service.answering.catalogue
        text = texts.ABOUT.format(
            version=importlib.metadata.version("pasokh"),
            articles=persian_digits(catalogue.articles),
            sentences=persian_digits(catalogue.sentences),
            newest=jalali(catalogue.newest) if catalogue.newest else texts.NOT_DATED,
            updated=moment(catalogue.updated),
        )
        await self.service.say(target_of(message), text)

    async def new(self, message: Message, _: Command, user: int) -> None:
        """/new: the next question continues nothing."""
        await self.service.database.run(lambda db: records.set_topic(db, message.chat.id, user, ()))
        self.service.topics.keep(message.chat.id, user, ())
        await self.service.say(target_of(message), texts.NEW_TOPIC)

    async def forget(self, message: Message, _: Command, user: int) -> None:
        """/forget: the user's own data are deleted."""
        await self.service.database.run(lambda db: records.forget(db, user))
        await self.service.database.run(lambda db: inbox.forget(db, user))
        self.service.topics.clear()
        await self.service.say(target_of(message), texts.FORGOTTEN)

    async def ask(self, message: Message, command: Command, user: int) -> None:
        """/ask QUESTION: for groups."""
        if command.argument:
            await self._ask(message, user, command.argument)
        else:
            await self.service.say(target_of(message), texts.WHAT_TO_ASK)

    async def administrate(self, message: Message, command: Command, user: int) -> None:
        """/stats, /gaps, /reload: for administrators, in their private chats; for others there is no such command."""
        if user in self.service.settings.admins and message.chat.type == ChatType.PRIVATE:
            await admin.COMMANDS[command.name](self.service, message)
        else:
            await self.unknown(message, command, user)

    async def unknown(self, message: Message, _: Command, __: int) -> None:
        """Any other command: in private chats a word about it."""
        if message.chat.type == ChatType.PRIVATE:
            await self.service.say(target_of(message), texts.UNKNOWN_COMMAND)

    async def _may_ask(self, message: Message, command: Command | None, text: str) -> bool:
        """Whether the sender is served; tells them where not."""
        if message.from_user is None:
            return False
        user, target = message.from_user.id, target_of(message)
        if command is not None and command.name == "forget":
            return True
        if not await self.service.may_ask(user, message.chat.id):
            code = command.argument if command and command.name == "start" else text
            if message.chat.type == ChatType.PRIVATE and await self.service.admit(user, code):
                await self.service.say(target, texts.ADMITTED)
            else:
                invited = self.service.settings.access == "code"
                await self.service.say(target, texts.NOT_ADMITTED if invited else texts.NOT_ALLOWED)
            return False
        leave = self.service.within_limits(user)
        if leave is Leave.EXCUSE:
            await self.service.say(target, texts.TOO_MANY)
        return leave is Leave.ANSWER

    async def _ask(self, message: Message, user: int, text: str) -> None:
        if text.strip():
            await self.service.answer(target_of(message), user, message.message_id, text)
        else:
            await self.service.say(target_of(message), texts.NO_WORDS)


def _result(number: int, snippet: Rich) -> InlineQueryResultArticle:
    text = split(snippet)[0]
    shown = text.text
    return InlineQueryResultArticle(
        str(number),
        title=shown.split("\n")[0][:INLINE_TITLE],
        description=shown.rpartition("\n")[2],
        input_message_content=InputTextMessageContent(
            html(text), ParseMode.HTML, link_preview_options=LinkPreviewOptions(is_disabled=True)
        ),
    )


COMMANDS: dict[str, CommandHandler] = {
    "start": Handlers.start,
    "help": Handlers.help,
    "sources": Handlers.sources,
    "about": Handlers.about,
    "new": Handlers.new,
    "ask": Handlers.ask,
    "forget": Handlers.forget,
    **dict.fromkeys(admin.COMMANDS, Handlers.administrate),
}
