"""Chats that go on under another id: a group that has become a supergroup.

What is remembered of such a chat, and the order of what happens in it, goes by its first id. What is sent goes to its
latest. Its messages are numbered anew.
"""

from __future__ import annotations

from bot.state.base import Connection, State


class Moves:
    """The ids of all chats that have had several.

    Args:
        state: the file that has them.
    """

    def __init__(self, state: State) -> None:
        self._state = state
        self._next = state.read(_read)
        self._before = {then: chat for chat, then in self._next.items()}

    async def reload(self) -> None:
        """Read again what replicas may have learned.

        Raises:
            StateError: it cannot be read.
        """
        self._next = await self._state.run(_read)
        self._before = {then: chat for chat, then in self._next.items()}

    async def learn(self, chat: int, then: int) -> None:
        """Remember that a chat goes on under the id `then`. What would contradict what is known is passed over.

        Raises:
            StateError: it cannot be written.
        """
        if self._is_new(chat, then):
            await self._state.run(lambda db: _write(db, chat, then))
        if self._is_new(chat, then):  # nothing else has been learnt meanwhile
            self.hear(chat, then)

    def _is_new(self, chat: int, then: int) -> bool:
        return not (chat in self._next or then in self._before or then == self.first(chat))

    def hear(self, chat: int, then: int) -> None:
        """Know what is written already: that a chat goes on under the id `then`."""
        self._next[chat], self._before[then] = then, chat

    def first(self, chat: int) -> int:
        """The first id of a chat."""
        while chat in self._before:
            chat = self._before[chat]
        return chat

    def latest(self, chat: int) -> int:
        """The latest id of a chat."""
        while chat in self._next:
            chat = self._next[chat]
        return chat

    def ids(self, chat: int) -> list[int]:
        """All ids of a chat, the first one first."""
        found = [self.first(chat)]
        while found[-1] in self._next:
            found.append(self._next[found[-1]])
        return found


def _read(connection: Connection) -> dict[int, int]:
    return dict(connection.execute("SELECT chat, next FROM move").fetchall())


def _write(connection: Connection, chat: int, then: int) -> None:
    connection.execute("INSERT INTO move VALUES (?, ?) ON CONFLICT DO NOTHING", (chat, then))
