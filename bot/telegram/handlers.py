"""The handlers of messages, one thin method a kind."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial

from telegram import ChatMemberUpdated, InlineQuery, Message, MessageReactionUpdated, User
from telegram.constants import ChatMemberStatus, ChatType

from bot.service.access import Admission
from bot.service.dispatch import Outcome
from bot.service.library import Library
from bot.service.limits import Leave
from bot.state import records, topics, users
from bot.state.forgetting import forget
from bot.telegram import about, admin, collections, digests, editing, incoming, keyboards, watches
from bot.telegram.buttons import source_page
from bot.telegram.incoming import Command, Question
from bot.telegram.outgoing import Target, found_inline, say, target_of
from bot.telegram.replying import Replier
from bot.wording import texts
from bot.wording.dates import persian_digits

_TOLD = {
    Admission.JOINING: texts.ADMITTED,
    Admission.UNINVITED: texts.NOT_ADMITTED,
    Admission.UNLISTED: texts.NOT_ALLOWED,
}
"""What a user is told who may not ask yet."""

CommandHandler = Callable[["Handlers", Message, Command, int], Awaitable[Outcome]]


class Handlers:
    """The handlers of messages, over one replier."""

    def __init__(self, replier: Replier) -> None:
        self.replier = replier

    async def message(self, message: Message) -> Outcome:
        """A new message: a command, a question, an administrator's article, or not for the bot."""
        if message.from_user is None or (message.from_user.is_bot and not message.sender_chat):
            return Outcome()
        me, user = self.replier.client.bot, message.from_user.id
        command, question = incoming.command(message, me.username or ""), incoming.question(message, me)
        if message.chat.type != ChatType.PRIVATE and incoming.is_command(message):
            # A command of an unknown name may be meant for another bot of the group.
            question = None
            command = command if command and command.name in COMMANDS else None
        if command is None and question is None:
            return Outcome()
        refusal = self._refusal(message, user, command, question.text if question else "")
        if refusal is not None:
            return refusal
        if command is not None:
            return await COMMANDS.get(command.name, Handlers.unknown)(self, message, command, user)
        if admin.brings_article(self.replier, message, user):
            return await admin.add_article(self.replier, message)
        return await self._ask(message, user, question)

    async def edited(self, message: Message) -> Outcome:
        """An edited message. If it asked a question, the answer is edited; if not, it counts as a new message."""
        if message.from_user is None:
            return Outcome()
        asked = self.replier.state.read(lambda db: records.question_in(db, message.chat.id, message.message_id))
        if asked is None:
            return await self.message(message)
        me = self.replier.client.bot
        command = incoming.command(message, me.username or "")
        question = _asked_by(message, command, me) if command else incoming.question(message, me)
        text, user = question.text if question else "", message.from_user.id
        if not text or text == asked.text or self.replier.admission(user, message.chat.id) is not Admission.ADMITTED:
            return Outcome()
        leave = self.replier.leave(user, message.chat.id)
        if leave is not Leave.ANSWER:
            return _not_now(target_of(message), leave)
        return await self.replier.answer_again(target_of(message), asked, text)

    async def inline(self, query: InlineQuery) -> Outcome:
        """A question typed in some other chat: quotations with their sources to choose from."""
        user, text = query.from_user.id, query.query.strip()
        if self.replier.admission(user, user) is not Admission.ADMITTED:
            return Outcome((found_inline(user, query.id, [], texts.INLINE_NOT_OPEN),))
        if not text:
            return Outcome((found_inline(user, query.id, []),))
        if self.replier.leave_to_type(user) is not Leave.ANSWER:
            return Outcome((found_inline(user, query.id, [], texts.INLINE_TOO_MANY),))
        # Where it will be sent is not known, so nothing is found but what is open to all.
        found = await self.replier.workers.run(Library.snippets, query.query)
        return Outcome((found_inline(user, query.id, found, "" if found else texts.INLINE_NOT_FOUND, kept=True),))

    async def guest(self, message: Message) -> Outcome:
        """A message that mentions the bot in a chat that it is no member of; it may answer once."""
        if message.from_user is None:
            return Outcome()
        question, user = incoming.guest_question(message, self.replier.client.bot), message.from_user.id
        return self._refusal(message, user, None, "") or await self._ask(message, user, question)

    async def reaction(self, changed: MessageReactionUpdated) -> Outcome:
        """A user reacts to a message; to an answer, that is feedback."""
        if changed.user is None or self.replier.admission(changed.user.id, changed.chat.id) is not Admission.ADMITTED:
            return Outcome()
        place, user = (changed.chat.id, changed.message_id), changed.user.id
        asked = self.replier.state.read(lambda db: records.answered_by(db, *place))
        before, now = (incoming.verdict(reactions) for reactions in (changed.old_reaction, changed.new_reaction))
        if asked is None or before == now:
            return Outcome()
        key = asked.key
        if now:
            return Outcome(changes=(lambda db: records.judge(db, key, user, now),))
        return Outcome(changes=(lambda db: records.unjudge(db, key, user),))

    async def membership(self, changed: ChatMemberUpdated) -> Outcome:
        """A user blocks or unblocks the bot."""
        if changed.chat.type != ChatType.PRIVATE:
            return Outcome()
        blocked = changed.new_chat_member.status == ChatMemberStatus.BANNED
        since = time.time() if blocked else None
        return Outcome(changes=(lambda db: users.set_blocked(db, changed.chat.id, since),))

    async def start(self, message: Message, _: Command, user: int) -> Outcome:
        """/start: tell what the bot is, with example questions."""
        target = target_of(message)
        catalogue = await self.replier.consult(target, Library.catalogue)
        text = texts.START.format(articles=persian_digits(catalogue.articles))
        told = say(target, text, keyboards.examples(catalogue.examples))
        is_private = message.chat.type == ChatType.PRIVATE
        return Outcome(told, (lambda db: users.set_started(db, user),) if is_private else ())

    async def help(self, message: Message, _: Command, user: int) -> Outcome:
        """/help: tell what can be done."""
        own = [texts.GUIDE_ADMIN] if admin.administrates(self.replier, message, user) else []
        return Outcome(say(target_of(message), "\n\n".join([texts.GUIDE, *own])))

    async def sources(self, message: Message, _: Command, __: int) -> Outcome:
        """/sources: list the articles with their dates, a page at a time."""
        return Outcome(say(target_of(message), *await source_page(self.replier, target_of(message), 0)))

    async def new(self, message: Message, _: Command, user: int) -> Outcome:
        """/new: end the topic, so that the next question continues nothing."""
        target = target_of(message)
        topic = self.replier.topic(target, user)
        self.replier.topics.keep(topic, ())
        return Outcome(say(target, texts.NEW_TOPIC), (lambda db: topics.set_history(db, topic, ()),))

    async def forget(self, message: Message, _: Command, user: int) -> Outcome:
        """/forget: delete the user's data."""
        self.replier.topics.clear()
        return Outcome(say(target_of(message), texts.FORGOTTEN), (partial(forget, user=user),))

    async def ask(self, message: Message, command: Command, user: int) -> Outcome:
        """/ask QUESTION: ask in a group. Without a question it asks what it replies to."""
        question = _asked_by(message, command, self.replier.client.bot)
        if question.text or question.is_spoken:
            return await self._ask(message, user, question)
        return Outcome(say(target_of(message), texts.WHAT_TO_ASK))

    async def administrate(self, message: Message, command: Command, user: int) -> Outcome:
        """/stats, /gaps, /reload: for administrators in their private chats. For others they are unknown commands."""
        if admin.administrates(self.replier, message, user):
            return await admin.COMMANDS[command.name](self.replier, message)
        return await self.unknown(message, command, user)

    async def unknown(self, message: Message, _: Command, __: int) -> Outcome:
        """Any other command: in a private chat the user is told that there is none of that name."""
        private = message.chat.type == ChatType.PRIVATE
        return Outcome(say(target_of(message), texts.UNKNOWN_COMMAND) if private else ())

    def _refusal(self, message: Message, user: int, command: Command | None, text: str) -> Outcome | None:
        """What a message leads to whose sender joins, or may not ask, or not now; None where what it wants is done."""
        if command is not None and command.name == "forget":
            return None  # whoever may not ask any more may still have data deleted
        if (joined := collections.joined(self.replier, message, command, user)) is not None:
            return joined
        target = target_of(message)
        admission = self.replier.admission(user, message.chat.id, _code(message, command, text))
        if admission is not Admission.ADMITTED:
            joins = (lambda db: users.admit(db, user),) if admission is Admission.JOINING else ()
            return Outcome(say(target, _TOLD[admission]), joins)
        leave = self.replier.leave(user, message.chat.id)
        return None if leave is Leave.ANSWER else _not_now(target, leave)

    async def _ask(self, message: Message, user: int, question: Question | None) -> Outcome:
        target = target_of(message)
        if question is None or not question.text.strip():
            return Outcome(say(target, texts.SPOKEN if question and question.is_spoken else texts.NO_WORDS))
        if question.message is not message:
            return await self._ask_pointed_at(message, user, question)
        before = incoming.replied(message)
        after = self.replier.topic_at(target.chat, before.message_id) if before else None
        return await self.replier.answer(target, user, message.message_id or None, question.text, after)

    async def _ask_pointed_at(self, message: Message, user: int, question: Question) -> Outcome:
        """Answer what somebody else has said, below it, and after what that one has asked."""
        said, target = question.message, target_of(message)
        author = said.from_user.id if said.from_user else user
        after = self.replier.topics.of(self.replier.topic(target, author))
        if target.reply_to:
            target = replace(target, reply_to=said.message_id)
        return await self.replier.answer(target, user, message.message_id or None, question.text, after)


def _not_now(target: Target, leave: Leave) -> Outcome:
    """What a question leads to that is not answered now."""
    return Outcome(say(target, texts.TOO_MANY) if leave is Leave.EXCUSE else ())


def _asked_by(message: Message, command: Command, me: User) -> Question:
    """What a command asks: its argument, or what it replies to."""
    return Question(command.argument, message) if command.argument else incoming.pointed_at(message, me)


def _code(message: Message, command: Command | None, text: str) -> str:
    """What may be the invitation code: a private message, or the argument of /start in one."""
    given = command.argument if command and command.name == "start" else text
    return given if message.chat.type == ChatType.PRIVATE else ""


COMMANDS: dict[str, CommandHandler] = {
    "start": Handlers.start,
    "help": Handlers.help,
    "sources": Handlers.sources,
    "about": about.about,
    "new": Handlers.new,
    "ask": Handlers.ask,
    "watch": watches.watch,
    "watches": watches.listed,
    "digest": digests.digest,
    "forget": Handlers.forget,
    **dict.fromkeys(admin.COMMANDS, Handlers.administrate),
    **dict.fromkeys(editing.COMMANDS, editing.administrate),
}
