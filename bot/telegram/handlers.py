"""The handlers of messages, one thin method a kind."""

from __future__ import annotations

import importlib.metadata
import logging
import time
from collections.abc import Awaitable, Callable
from typing import Any

from telegram import (
    InlineQueryResultArticle,
    InputTextMessageContent,
    LinkPreviewOptions,
    Message,
    MessageEntity,
    Update,
)
from telegram.constants import ChatMemberStatus, ChatType
from telegram.error import BadRequest

from bot import texts
from bot.dates import jalali, moment, persian_digits
from bot.rendering.entities import entities
from bot.rendering.markup import Rich
from bot.rendering.messages import split
from bot.service.access import Admission
from bot.service.library import Library
from bot.service.limits import Leave
from bot.state import inbox, records
from bot.telegram import admin, incoming, keyboards
from bot.telegram.buttons import source_page
from bot.telegram.delivery import target_of
from bot.telegram.incoming import Command
from bot.telegram.replying import Replier

LOG = logging.getLogger(__name__)

INLINE_TITLE_LETTERS = 100
INLINE_CACHE_SECONDS = 60
"""How long Telegram keeps what was found inline for a user."""

_TOLD = {
    Admission.JOINING: texts.ADMITTED,
    Admission.UNINVITED: texts.NOT_ADMITTED,
    Admission.UNLISTED: texts.NOT_ALLOWED,
}
"""What a user who does not ask a question yet, or may not, is told."""

CommandHandler = Callable[["Handlers", Message, Command, int], Awaitable[None]]


class Handlers:
    """The handlers of messages, over one replier."""

    def __init__(self, replier: Replier) -> None:
        self.replier = replier

    async def message(self, update: Update, _: Any) -> None:
        """A new message: a command, a question, an administrator's article, or not for the bot."""
        message = update.message
        if message is None or message.from_user is None or (message.from_user.is_bot and not message.sender_chat):
            return
        me, user = self.replier.client.bot, message.from_user.id
        command = incoming.command(message, me.username or "")
        text = incoming.question(message, me.username or "", me.id)
        if message.chat.type != ChatType.PRIVATE and incoming.is_command(message):
            # A command of an unknown name may be meant for another bot of the group.
            text = None
            command = command if command and command.name in COMMANDS else None
        if command is None and text is None:
            return
        if not await self._is_served(message, command, text or ""):
            return
        if command is not None:
            await COMMANDS.get(command.name, Handlers.unknown)(self, message, command, user)
        elif admin.brings_article(self.replier, message, user):
            await admin.add_article(self.replier, message)
        else:
            await self._ask(message, user, text or "")

    async def edited(self, update: Update, context: Any) -> None:
        """An edited message. If it asked a question, the answer is edited; if not, it counts as a new message."""
        message = update.edited_message
        if message is None or message.from_user is None:
            return
        asked = self.replier.state.read(lambda db: records.question_in(db, message.chat.id, message.message_id))
        if asked is None:
            await self.message(Update(update.update_id, message=message), context)
            return
        me = self.replier.client.bot
        command = incoming.command(message, me.username or "")
        text = command.argument if command else incoming.question(message, me.username or "", me.id)
        user = message.from_user.id
        if not text or text == asked.text or self.replier.admission(user, message.chat.id) is not Admission.ADMITTED:
            return
        if self.replier.leave(user) is Leave.ANSWER:
            await self.replier.answer_again(target_of(message), asked, text)

    async def inline(self, update: Update, _: Any) -> None:
        """A question typed in some other chat: quotations with their sources to choose from."""
        query = update.inline_query
        if query is None:
            return
        results: list[InlineQueryResultArticle] = []
        user = query.from_user.id
        admitted = self.replier.admission(user, user) is Admission.ADMITTED
        served = admitted and self.replier.leave(user) is Leave.ANSWER
        if query.query.strip() and served:
            found = await self.replier.workers.run(Library.snippets, query.query)
            results = [_result(number, snippet) for number, snippet in enumerate(found)]
        try:
            # Telegram keeps it for this user alone: another may not be served.
            await query.answer(results, cache_time=INLINE_CACHE_SECONDS if served else 0, is_personal=True)
        except BadRequest as error:
            # The user has typed on, and the query is too old.
            LOG.info("inline query not answered", extra={"reason": type(error).__name__})

    async def membership(self, update: Update, _: Any) -> None:
        """A user blocks or unblocks the bot."""
        changed = update.my_chat_member
        if changed is None or changed.chat.type != ChatType.PRIVATE:
            return
        blocked = changed.new_chat_member.status == ChatMemberStatus.BANNED
        since = time.time() if blocked else None
        await self.replier.set_blocked(changed.chat.id, since)

    async def start(self, message: Message, _: Command, __: int) -> None:
        """/start: tell what the bot is, with example questions."""
        catalogue = self.replier.workers.catalogue
        text = texts.START.format(articles=persian_digits(catalogue.articles))
        await self.replier.say(target_of(message), text, keyboards.examples(catalogue.examples))

    async def help(self, message: Message, _: Command, user: int) -> None:
        """/help: tell what can be done."""
        own = [texts.GUIDE_ADMIN] if admin.administrates(self.replier, message, user) else []
        await self.replier.say(target_of(message), "\n\n".join([texts.GUIDE, *own]))

    async def sources(self, message: Message, _: Command, __: int) -> None:
        """/sources: list the articles with their dates, a page at a time."""
        text, keyboard = await source_page(self.replier, 0)
        await self.replier.say(target_of(message), text, keyboard)

    async def about(self, message: Message, _: Command, __: int) -> None:
        """/about: tell the size of the corpus, when it last changed, what was not fetched, and the bot's version."""
        catalogue = self.replier.workers.catalogue
        text = texts.ABOUT.format(
            version=importlib.metadata.version("pasokh"),
            articles=persian_digits(catalogue.articles),
            sentences=persian_digits(catalogue.sentences),
            newest=jalali(catalogue.newest) if catalogue.newest else texts.NOT_DATED,
            updated=moment(catalogue.updated),
        )
        if failed := self.replier.fetcher.failed:
            text += texts.NOT_FETCHED.format(sources="\n".join(f"• {source}" for source in failed))
        await self.replier.say(target_of(message), text)

    async def new(self, message: Message, _: Command, user: int) -> None:
        """/new: end the topic, so that the next question continues nothing."""
        await self.replier.state.run(lambda db: records.set_history(db, message.chat.id, user, ()))
        self.replier.topics.keep(message.chat.id, user, ())
        await self.replier.say(target_of(message), texts.NEW_TOPIC)

    async def forget(self, message: Message, _: Command, user: int) -> None:
        """/forget: delete the user's data."""
        await self.replier.state.run(lambda db: records.forget(db, user))
        await self.replier.state.run(lambda db: inbox.forget(db, user))
        self.replier.topics.clear()
        await self.replier.say(target_of(message), texts.FORGOTTEN)

    async def ask(self, message: Message, command: Command, user: int) -> None:
        """/ask QUESTION: ask in a group."""
        if command.argument:
            await self._ask(message, user, command.argument)
        else:
            await self.replier.say(target_of(message), texts.WHAT_TO_ASK)

    async def administrate(self, message: Message, command: Command, user: int) -> None:
        """/stats, /gaps, /reload: for administrators in their private chats. For others they are unknown commands."""
        if admin.administrates(self.replier, message, user):
            await admin.COMMANDS[command.name](self.replier, message)
        else:
            await self.unknown(message, command, user)

    async def unknown(self, message: Message, _: Command, __: int) -> None:
        """Any other command: in a private chat the user is told that there is none of that name."""
        if message.chat.type == ChatType.PRIVATE:
            await self.replier.say(target_of(message), texts.UNKNOWN_COMMAND)

    async def _is_served(self, message: Message, command: Command | None, text: str) -> bool:
        """Whether what a message wants is done. Where it is not, the sender is told why."""
        if message.from_user is None:
            return False
        if command is not None and command.name == "forget":
            return True  # whoever may not ask any more may still have data deleted
        user, target = message.from_user.id, target_of(message)
        admission = self.replier.admission(user, message.chat.id, _code(message, command, text))
        if admission is Admission.JOINING:
            await self.replier.admit(user)
        if admission is not Admission.ADMITTED:
            await self.replier.say(target, _TOLD[admission])
            return False
        leave = self.replier.leave(user)
        if leave is Leave.EXCUSE:
            await self.replier.say(target, texts.TOO_MANY)
        return leave is Leave.ANSWER

    async def _ask(self, message: Message, user: int, text: str) -> None:
        if text.strip():
            await self.replier.answer(target_of(message), user, message.message_id, text)
        else:
            await self.replier.say(target_of(message), texts.NO_WORDS)


def _code(message: Message, command: Command | None, text: str) -> str:
    """What may be the invitation code: a private message, or the argument of /start in one."""
    if message.chat.type != ChatType.PRIVATE:
        return ""
    return command.argument if command and command.name == "start" else text


def _result(number: int, snippet: Rich) -> InlineQueryResultArticle:
    text = split(snippet)[0]
    shown = text.text
    return InlineQueryResultArticle(
        str(number),
        title=shown.split("\n")[0][:INLINE_TITLE_LETTERS],
        description=shown.rpartition("\n")[2],
        input_message_content=InputTextMessageContent(
            shown,
            entities=MessageEntity.de_list(entities(text), None),
            link_preview_options=LinkPreviewOptions(is_disabled=True),
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
