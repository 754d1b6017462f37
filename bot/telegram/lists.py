"""What a user's list of kept questions or of digests has, by where it is shown."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from bot.state.digests import Digest
from bot.state.moves import Moves
from bot.state.watches import Watch

Own = TypeVar("Own", Watch, Digest)


def shown_in(chat: int, user: int, mine: Iterable[Own], moves: Moves, ended: int) -> list[Own]:
    """What a user's list has in a chat: in the user's private chat all, elsewhere only what was asked for there.

    Args:
        chat: where it is shown.
        user: whose it is.
        mine: all that the user has.
        moves: under which ids chats have gone on.
        ended: the key of one that is about to be ended.
    """
    first = moves.first(chat)
    return [one for one in mine if first in {one.chat, user} and one.key != ended]
