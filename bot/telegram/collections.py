"""Collections: which articles a chat is answered from, and how administrators open them.

`/bind NAME` opens a collection to the chat or thread in which it is written, `/unbind NAME` closes it again. Both take
a chat's number as well. `/invite NAME` makes a code that opens it to whoever starts the bot with it.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable

from telegram import Message
from telegram.constants import ChatType

from bot.service.dispatch import Outcome
from bot.state import bindings, users
from bot.state.base import Connection
from bot.state.bindings import ALL_THREADS, Binding
from bot.telegram.incoming import Command
from bot.telegram.outgoing import Target, say, target_of
from bot.telegram.replying import Replier
from bot.wording import texts

_NUMBER = re.compile(r"-?\d{1,18}")

Change = Callable[[Connection, Binding], None]

CODE_BYTES = 12
"""Random bytes of an invitation code."""


def joined(replier: Replier, message: Message, command: Command | None, user: int) -> Outcome | None:
    """What it leads to that a user starts the bot with a code; None where no collection is opened by that."""
    if command is None or command.name != "start" or message.chat.type != ChatType.PRIVATE:
        return None
    code = command.argument
    collection = replier.state.read(lambda db: bindings.invited(db, code))
    if collection not in replier.collections:
        return None
    opened = Binding(collection, message.chat.id)
    changes = (lambda db: bindings.bind(db, opened), lambda db: users.admit(db, user))
    return Outcome(say(target_of(message), texts.JOINED.format(name=collection)), changes)


async def listed(replier: Replier, message: Message, _: Command) -> Outcome:
    """/collections: list the collections, and to whom each is opened."""
    found = replier.state.read(bindings.bindings)
    lines = []
    for name in sorted(replier.collections):
        places = "، ".join(_place(one) for one in found if one.collection == name)
        lines.append(texts.COLLECTION.format(name=name, places=places or "—"))
    return Outcome(say(target_of(message), "\n".join([texts.COLLECTIONS, *lines]) if lines else texts.NO_COLLECTIONS))


async def invite(replier: Replier, message: Message, command: Command) -> Outcome:
    """/invite NAME: make a code that opens a collection, in place of its earlier one."""
    name, target = command.argument, target_of(message)
    if name not in replier.collections:
        return _unknown(replier, target)
    code = secrets.token_urlsafe(CODE_BYTES)
    link = f"https://t.me/{replier.client.username}?start={code}"
    changes = (lambda db: bindings.invite(db, name, code),)
    return Outcome(say(target, texts.INVITATION.format(name=name, link=link)), changes)


async def bind(replier: Replier, message: Message, command: Command) -> Outcome:
    """/bind NAME [CHAT]: open a collection to a chat, or to the thread in which this is written."""
    return _changed(replier, message, command, bindings.bind, texts.BOUND)


async def unbind(replier: Replier, message: Message, command: Command) -> Outcome:
    """/unbind NAME [CHAT]: close a collection to a chat or thread again."""
    return _changed(replier, message, command, bindings.unbind, texts.UNBOUND)


def _changed(replier: Replier, message: Message, command: Command, change: Change, told: str) -> Outcome:
    target, (name, _, chat) = target_of(message), command.argument.partition(" ")
    if name not in replier.collections or (chat and not _NUMBER.fullmatch(chat)):
        return _unknown(replier, target)
    first = replier.moves.first(int(chat) if chat else target.chat)
    binding = Binding(name, first, ALL_THREADS if chat else target.thread or ALL_THREADS)
    here = texts.THIS_CHAT if binding.thread == ALL_THREADS else texts.THIS_THREAD
    shown = told.format(name=name, place=_place(binding) if chat else here)
    return Outcome(say(target, shown), (lambda db: change(db, binding),))


def _unknown(replier: Replier, target: Target) -> Outcome:
    names = "، ".join(sorted(replier.collections))
    return Outcome(say(target, texts.WHICH_COLLECTION.format(names=names) if names else texts.NO_COLLECTIONS))


def _place(binding: Binding) -> str:
    """A chat and its thread, as administrators know them."""
    chat = f"\u200e{binding.chat}"
    return chat if binding.thread == ALL_THREADS else f"{chat}/{binding.thread}"
