"""What a message wants: a command, a question addressed to the bot, or nothing. Pure functions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from telegram import MaybeInaccessibleMessage, Message, MessageEntity, ReactionType, ReactionTypeEmoji, User
from telegram.constants import ChatType

from bot.telegram.client import EPHEMERAL_ID

_COMMAND = re.compile(r"/(?P<name>[A-Za-z0-9_]+)(?:@(?P<bot>\w+))?(?:\s+(?P<argument>.*))?", re.DOTALL)


_VERDICTS = {**dict.fromkeys("👍❤🔥👏🎉💯🏆👌🙏", "right"), **dict.fromkeys("👎💩🤮", "wrong")}
"""What reactions say of an answer; see `texts.VERDICTS`."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command, `/name argument`."""

    name: str
    argument: str


@dataclass(frozen=True, slots=True)
class Question:
    """What the bot is asked.

    Args:
        text: the question; "" where there are no words.
        message: the message that says it.
    """

    text: str
    message: Message

    @property
    def is_spoken(self) -> bool:
        """Whether the message is a voice or video message without words to read."""
        return not words(self.message) and bool(self.message.voice or self.message.video_note or self.message.audio)


def command(message: Message, username: str) -> Command | None:
    """The command that a message gives to this bot; None where there is none, or it is for another bot."""
    match = _COMMAND.fullmatch(words(message).strip())
    if match is None or (match["bot"] and match["bot"].lower() != username.lower()):
        return None
    return Command(match["name"].lower(), (match["argument"] or "").strip())


def is_command(message: Message) -> bool:
    """Whether a message is a command, to this bot or to another."""
    return bool(_COMMAND.fullmatch(words(message).strip()))


def words(message: Message) -> str:
    """What a message says: its text, or the caption of its photo or file; "" where it says nothing."""
    return message.text or message.caption or ""


def verdict(reactions: Iterable[ReactionType]) -> str:
    """What reactions say of an answer; "" for nothing."""
    emoji = (one.emoji for one in reactions if isinstance(one, ReactionTypeEmoji))
    return next((_VERDICTS[one] for one in emoji if one in _VERDICTS), "")


def replied(message: Message) -> Message | None:
    """The message that a message replies to; None for none.

    In a forum, a message that replies to nothing is shown as a reply to the one that opened its topic.
    """
    found = message.reply_to_message
    opens = found is not None and found.message_id == message.message_thread_id
    return None if opens else found


def question(message: Message, me: User) -> Question | None:
    """The question that a message asks the bot.

    In a private chat the question is what the message says. In a group it is that without the mention of the bot, and
    only where the bot is mentioned or replied to. A mention without a word asks what it replies to.

    Args:
        message: the message.
        me: the bot.

    Returns:
        The question, without words where the message has none; None for a message that is not to the bot.
    """
    if message.chat.type == ChatType.PRIVATE:
        # Telegram's own notices, of a pinned message for example, have neither text nor attachment.
        said = words(message)
        return Question(said, message) if said or message.effective_attachment else None
    text, mentioned = _without_mentions(message, me)
    if text or not mentioned:
        return Question(text, message) if mentioned or _is_by(replied(message), me) else None
    return pointed_at(message, me)


def guest_question(message: Message, me: User) -> Question:
    """The question that a message asks the bot as a guest, which it mentions."""
    text, _ = _without_mentions(message, me)
    return Question(text, message) if text else pointed_at(message, me)


def ephemeral_id(message: MaybeInaccessibleMessage) -> int:
    """The id of a message that one user alone sees; 0 for any other message."""
    found = message.api_kwargs.get(EPHEMERAL_ID)
    return found if isinstance(found, int) else 0


def pointed_at(message: Message, me: User) -> Question:
    """What somebody else has said that a message replies to, or the part of it that it quotes."""
    found = replied(message)
    if _is_by(found, me):
        return Question("", message)
    asked = found or message
    if message.quote:
        return Question(message.quote.text, asked)
    if found is None:
        return Question("", message)
    given = _COMMAND.fullmatch(words(found).strip())
    return Question((given["argument"] or "").strip() if given else _without_mentions(found, me)[0], found)


def _is_by(message: Message | None, user: User) -> bool:
    return message is not None and message.from_user is not None and message.from_user.id == user.id


def _without_mentions(message: Message, me: User) -> tuple[str, bool]:
    """What a message says without the mentions of the bot, and whether there are any."""
    text = words(message)
    marked = message.entities or message.caption_entities
    mentions = [entity for entity in marked if _mentions(entity, text, me)]
    # Offsets count UTF-16 code units.
    encoded = text.encode("utf-16-le", "surrogatepass")
    for entity in sorted(mentions, key=lambda entity: -entity.offset):
        encoded = encoded[: 2 * entity.offset] + encoded[2 * (entity.offset + entity.length) :]
    return encoded.decode("utf-16-le", "replace").strip(" \n\t:،,"), bool(mentions)


def _mentions(entity: MessageEntity, text: str, me: User) -> bool:
    if entity.type == MessageEntity.TEXT_MENTION:
        return entity.user is not None and entity.user.id == me.id
    encoded = text.encode("utf-16-le", "surrogatepass")[2 * entity.offset : 2 * (entity.offset + entity.length)]
    named = encoded.decode("utf-16-le", "replace").lower()
    return entity.type == MessageEntity.MENTION and named == f"@{me.username}".lower()
