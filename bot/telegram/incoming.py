"""What a message wants: a command, a question addressed to the bot, or nothing. Pure functions."""

from __future__ import annotations

import re
from dataclasses import dataclass

from telegram import Message, MessageEntity
from telegram.constants import ChatType

_COMMAND = re.compile(r"/(?P<name>[A-Za-z0-9_]+)(?:@(?P<bot>\w+))?(?:\s+(?P<argument>.*))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Command:
    """A command, `/name argument`."""

    name: str
    argument: str


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


def question(message: Message, username: str, bot_id: int) -> str | None:
    """The question that a message asks the bot.

    In a private chat the question is what the message says. In a group it is that without the mention of the bot, and
    only where the bot is mentioned or replied to.

    Returns:
        The question; "" for a message to the bot without words, None for a message that is not to the bot.
    """
    text = words(message)
    if message.chat.type == ChatType.PRIVATE:
        # Telegram's own notices, of a pinned message for example, have neither text nor attachment.
        return text if text or message.effective_attachment else None
    marked = message.entities or message.caption_entities
    mentions = [entity for entity in marked if _mentions(entity, text, username, bot_id)]
    replied = message.reply_to_message
    if not mentions and not (replied and replied.from_user and replied.from_user.id == bot_id):
        return None
    # Offsets count UTF-16 code units.
    encoded = text.encode("utf-16-le", "surrogatepass")
    for entity in sorted(mentions, key=lambda entity: -entity.offset):
        encoded = encoded[: 2 * entity.offset] + encoded[2 * (entity.offset + entity.length) :]
    return encoded.decode("utf-16-le", "replace").strip(" \n\t:،,")


def _mentions(entity: MessageEntity, text: str, username: str, bot_id: int) -> bool:
    if entity.type == MessageEntity.TEXT_MENTION:
        return entity.user is not None and entity.user.id == bot_id
    encoded = text.encode("utf-16-le", "surrogatepass")[2 * entity.offset : 2 * (entity.offset + entity.length)]
    return (
        entity.type == MessageEntity.MENTION
        and encoded.decode("utf-16-le", "replace").lower() == f"@{username}".lower()
    )
