"""Raw updates: their number, the chat whose order they keep, and what stands for one that cannot be read."""

from __future__ import annotations

from typing import Any, TypeGuard

from bot.state.inbox import HIGHEST_NUMBER, Arrival

_BEARERS = (
    *("message", "edited_message", "channel_post", "edited_channel_post", "my_chat_member", "chat_member"),
    *("callback_query", "message_reaction", "guest_message"),
)
"""Fields of an update whose content names a chat."""

UNREADABLE = "unreadable"
"""The field of what stands in the inbox for an update that could not be read: its beginning."""

_KEPT_BYTES = 1000
"""So much of an update that cannot be read is kept."""


class UnreadableUpdateError(ValueError):
    """An update that could not be read when it came."""


def arrival(update: object) -> Arrival:
    """An update as the inbox takes it."""
    return Arrival(number_of(update), chat_of(update), update, _move_in(update))


def unreadable(body: bytes, number: int | None = None) -> dict[str, object]:
    """What to write down for an update that cannot be read, so that whoever looks can see it."""
    told = {"update_id": number} if number is not None else {}
    return told | {UNREADABLE: body[:_KEPT_BYTES].decode("utf-8", "replace")}


def number_of(update: object) -> int | None:
    """The update's number; None where it has none that can be confirmed."""
    found = update.get("update_id") if isinstance(update, dict) else None
    return found if type(found) is int and 0 <= found <= HIGHEST_NUMBER else None


def chat_of(update: object) -> int:
    """The chat whose order an update keeps: that of its message, else its sender's private one, else 0."""
    if not isinstance(update, dict):
        return 0
    for bearer in _BEARERS:
        content = update.get(bearer)
        for path in (("chat", "id"), ("message", "chat", "id"), ("from", "id")):
            if _is_id(found := _follow(content, path)):
                return found
    found = _follow(update, ("inline_query", "from", "id"))
    return found if _is_id(found) else 0


def _move_in(update: object) -> tuple[int, int] | None:
    """The ids of a group before and after it has become a supergroup; None where the update does not tell that."""
    chat, before, then = (
        _follow(update, ("message", *path))
        for path in (("chat", "id"), ("migrate_from_chat_id",), ("migrate_to_chat_id",))
    )
    if not _is_id(chat):
        return None
    return (before, chat) if _is_id(before) else (chat, then) if _is_id(then) else None


def _follow(value: Any, path: tuple[str, ...]) -> Any:
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _is_id(value: object) -> TypeGuard[int]:
    return type(value) is int and abs(value) <= HIGHEST_NUMBER
