"""What an engine of state is to those who remember something: it runs work, which speaks SQL to a connection.

The modules of this room hold each statement once, in the part of SQL that SQLite and PostgreSQL have in common; an
engine has only its schema and its connections of its own. The other way, repositories with a class an engine, would
hold every statement twice, and nothing but tests would keep the two alike. The common part is wide enough: both know
ON CONFLICT, RETURNING and recursive queries. What it asks for:

- a value is a `?`, and none stands in a literal;
- the name "user" stands in double quotes, for it is a word of PostgreSQL's own;
- a query in FROM has a name, an output column is not named in WHERE, and a limit is never negative;
- ON CONFLICT … DO UPDATE names the columns of the one key that it is about.

A moment is a number of seconds since 1970, and what is nested is JSON in a text.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from typing import Any, Protocol, TypeVar

Result = TypeVar("Result")


class Rows(Protocol):
    """What a statement gives."""

    @property
    def rowcount(self) -> int:
        """How many rows it changed."""

    def fetchone(self) -> Any:
        """The next row, a tuple; None behind the last."""

    def fetchall(self) -> list[Any]:
        """The rows that are left."""

    def __iter__(self) -> Iterator[Any]: ...


class Connection(Protocol):
    """A connection to an engine, within a transaction. SQLite's own is one."""

    def execute(self, statement: str, values: Sequence[Any] = ..., /) -> Rows:
        """Run a statement with a value for each `?`."""

    def executemany(self, statement: str, rows: Iterable[Sequence[Any]], /) -> object:
        """Run a statement once for each row of values."""


Work = Callable[[Connection], Result]
"""Reads and changes what is remembered; its changes are written together or not at all."""


class State(Protocol):
    """What a bot remembers, open.

    Its methods raise `StateError` where the engine cannot read or write now: the disk is full, say.
    """

    @property
    def address(self) -> str:
        """Where it is, for `bot.state.opening` in this process or another."""

    @property
    def is_shared(self) -> bool:
        """Whether replicas of the bot share it, each of which hears what is written for its chats."""

    async def run(self, work: Work[Result]) -> Result:
        """Call `work` with a connection that writes, in another thread; return its result once its changes are written.

        Work is done in the order in which it is given. What it raises is raised here, and its changes are undone.
        """

    async def insist(self, work: Work[Result]) -> Result:
        """As `run`, but tried again and again while nothing can be written: for what has happened already."""

    def read(self, work: Work[Result]) -> Result:
        """Call `work` with a connection that only reads, in this thread. The event loop waits: for a few rows only."""

    def flush(self) -> Awaitable[None]:
        """Return once everything that has been written so far outlasts a power cut."""

    async def close(self) -> None:
        """Finish the work that waits, then close."""
