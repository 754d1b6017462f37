"""What is sent to Telegram, as values: methods of the Bot API with their parameters. Pure functions.

A method stands among its parameters, as in Telegram's own «requests in response to a webhook».
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from telegram import Message
from telegram.constants import ChatType

from bot.rendering.markup import Rich
from bot.rendering.messages import split
from bot.state.outbox import Form, Outgoing
from bot.telegram.client import FILE
from bot.telegram.forms import found, guest_form, said, says
from bot.telegram.keyboards import Keyboard

FLEETING_SECONDS = 60.0
"""Telegram takes no answer to a pressed button or an inline query any more that comes so late."""

EPHEMERAL = "ephemeral_message_parameters"
"""The parameter of a message that one user alone sees."""

INLINE_CACHE_SECONDS = 60
"""How long Telegram keeps what was found inline for a user."""

START_FROM_INLINE = "inline"
"""What `/start` gets from whoever comes to the private chat from an inline query."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a message goes.

    Args:
        chat: the chat's number.
        thread: the number of the thread, in a forum or in a private chat that has threads; None elsewhere.
        reply_to: the message that it is shown as a reply to; None for no such message.
        is_foreign: whether the bot is no member of the chat. Then it is not known who reads it.
    """

    chat: int
    thread: int | None = None
    reply_to: int | None = None
    is_foreign: bool = False


def target_of(message: Message) -> Target:
    """Where the answer to a message goes. In a group it is shown as a reply to the message."""
    return Target(
        message.chat.id,
        message.message_thread_id if message.is_topic_message else None,
        None if message.chat.type == ChatType.PRIVATE else message.message_id,
        bool(message.guest_query_id),
    )


def say(target: Target, text: Rich | str, keyboard: Keyboard | None = None, replaces: int = 0) -> tuple[Outgoing, ...]:
    """A text, in several messages if it is long; the last has the buttons.

    Args:
        target: where it goes.
        text: what is said.
        keyboard: its buttons.
        replaces: the message that becomes its first one; 0 for none.
    """
    return tuple(
        Outgoing(target.chat, (form,), replaces=replaces if part == 0 else 0)
        for part, form in enumerate(_parts(target, text, keyboard))
    )


def answer(
    target: Target, text: Rich, keyboard: Keyboard | None, question: int, *, again: bool = False
) -> tuple[Outgoing, ...]:
    """The answer to a question, like `say`.

    Args:
        target: where it goes.
        text: the answer.
        keyboard: its buttons.
        question: the question's key.
        again: whether it takes the place of an earlier answer, which may have had more parts.
    """
    parts = _parts(target, text, keyboard)
    messages = [Outgoing(target.chat, (form,), question, part) for part, form in enumerate(parts)]
    return (*messages, Outgoing(target.chat, (), question, len(parts))) if again else tuple(messages)


def quietly(
    messages: Iterable[Outgoing], receiver: int, *, press: str = "", ephemeral: int = 0
) -> tuple[Outgoing, ...]:
    """Messages to a group as ephemeral ones, which one user alone sees.

    Telegram allows these to administrators of the group, and to all bots for some seconds in answer to a pressed button
    or to an ephemeral message (Bot API 10.3). Where it does not, everyone sees them, unless they answer what was
    ephemeral itself. What changes a message stays as it is.

    Args:
        messages: what is to be sent.
        receiver: the user.
        press: the query of the pressed button that they answer; "" for none.
        ephemeral: the ephemeral message that they answer; 0 for none.
    """
    pressed = {"callback_query_id": press} if press else {}
    quiet: Form = {EPHEMERAL: json.dumps({"receiver_user_id": receiver, **pressed})}
    if ephemeral:
        quiet["reply_parameters"] = json.dumps({"ephemeral_message_id": ephemeral})
    return tuple(
        one._replace(forms=(one.forms[0] | quiet, *(() if ephemeral else one.forms))) if _is_new(one) else one
        for one in messages
    )


def as_guest(messages: Iterable[Outgoing], query: str) -> tuple[Outgoing, ...]:
    """The first of some messages as the answer of a guest, which may give no other, in a chat that is not its own.

    Args:
        messages: what is to be sent.
        query: the query that is answered (Bot API 10.0).
    """
    new = [one for one in messages if _is_new(one)][:1]
    return tuple(one._replace(forms=(guest_form(one.forms[0], query),), lasts=FLEETING_SECONDS) for one in new)


def _is_new(one: Outgoing) -> bool:
    return bool(one.forms) and says(one.forms[0]) and not one.replaces


def document(target: Target, name: str, text: str) -> Outgoing:
    """A text as a file."""
    return Outgoing(target.chat, ({"method": "sendDocument", **_place(target), FILE: {"name": name, "text": text}},))


def told(chat: int, query: str, text: str) -> Outgoing:
    """What is shown for a moment to the user who pressed a button; "" for nothing."""
    form = {"method": "answerCallbackQuery", "callback_query_id": query} | ({"text": text} if text else {})
    return Outgoing(chat, (form,), lasts=FLEETING_SECONDS)


def found_inline(user: int, query: str, snippets: Sequence[Rich], notice: str = "", *, kept: bool = False) -> Outgoing:
    """Quotations to choose from, for an inline query.

    Args:
        user: who typed the query.
        query: its id.
        snippets: the quotations.
        notice: what stands above them, and leads to the private chat; "" for nothing.
        kept: whether Telegram may show them again for the same query.
    """
    form = {
        "inline_query_id": query,
        **found(split(snippet)[0] for snippet in snippets),
        "cache_time": INLINE_CACHE_SECONDS if kept else 0,
        # Telegram keeps it for this user alone: another may not be served.
        "is_personal": True,
    }
    above = {"button": {"text": notice, "start_parameter": START_FROM_INLINE}} if notice else {}
    return Outgoing(user, (form | above,), lasts=FLEETING_SECONDS)


def _parts(target: Target, text: Rich | str, keyboard: Keyboard | None) -> list[Form]:
    """The messages that show a text."""
    parts, place = split(Rich(text) if isinstance(text, str) else text), _place(target)
    buttons = [*[{}] * (len(parts) - 1), {"reply_markup": keyboard} if keyboard else {}]
    return [{**place, **said(part), **under} for part, under in zip(parts, buttons, strict=False)]


def _place(target: Target) -> dict[str, Any]:
    """The parameters that say where a message goes."""
    thread = {"message_thread_id": target.thread} if target.thread else {}
    if not target.reply_to:
        return {"chat_id": target.chat, **thread}
    reply = {"message_id": target.reply_to, "allow_sending_without_reply": True}
    return {"chat_id": target.chat, **thread, "reply_parameters": json.dumps(reply)}
