"""Questions that wait for articles: whom to tell, what they have been told, and how far the articles have been asked.

`State.run` calls the functions with its connection.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, NamedTuple

from bot.history import History, as_history
from bot.state.base import Connection

_SELECT = 'SELECT key, chat, "user", thread, message, text, history, since, made FROM watch'
_DONE = "articles asked"


class Kept(Enum):
    """What became of a question that was to be kept."""

    NEW = "it is kept from now on"
    BEFORE = "it was kept before"
    REFUSED = "its user has as many as may be"


class Keeping(NamedTuple):
    """How questions are kept.

    Args:
        limit: how many of a user's; 0 for none at all.
        days: for how long.
    """

    limit: int
    days: int


@dataclass(frozen=True, slots=True)
class Watch:
    """A question that is asked again of articles that come.

    Args:
        key: its number; 0 before it is kept.
        chat: where to tell.
        user: whose it is.
        thread: the topic of the chat's forum; None elsewhere.
        message: the message that an answer is shown as a reply to; None for no such message.
        text: the question.
        history: the questions before it that it was completed from.
        since: the number of the last article that it need not be asked of.
        made: when it was kept, in seconds since 1970.
    """

    key: int
    chat: int
    user: int
    thread: int | None
    message: int | None
    text: str
    history: History
    since: int
    made: float


def keeping(connection: Connection, watch: Watch, limit: int) -> Kept:
    """What `keep` will do with a question whose user may have so many."""
    mine = of_user(connection, watch.user)
    if any((one.chat, one.text, one.history) == (watch.chat, watch.text, watch.history) for one in mine):
        return Kept.BEFORE
    return Kept.REFUSED if len(mine) >= limit else Kept.NEW


def keep(connection: Connection, watch: Watch, stamp: Iterable[object], limit: int) -> None:
    """Keep a question, if that may be.

    Args:
        connection: of the file.
        watch: the question; its key is given here.
        stamp: how far the articles have come. If there are no other questions, they count as asked so far.
        limit: how many questions a user may have.
    """
    if keeping(connection, watch, limit) is not Kept.NEW:
        return
    if not count(connection):
        finish(connection, stamp)
    connection.execute(
        'INSERT INTO watch (chat, "user", thread, message, text, history, words, version, since, made)'
        " VALUES (?, ?, ?, ?, ?, ?, '', '', ?, ?)",
        (
            *(watch.chat, watch.user, watch.thread, watch.message, watch.text, json.dumps(watch.history)),
            *(watch.since, watch.made),
        ),
    )


def end(connection: Connection, key: int, user: int) -> None:
    """End a question of a user's."""
    connection.execute('DELETE FROM watch WHERE key = ? AND "user" = ?', (key, user))


def of_user(connection: Connection, user: int) -> list[Watch]:
    """A user's questions, the oldest first."""
    return [_watch(row) for row in connection.execute(f'{_SELECT} WHERE "user" = ? ORDER BY key', (user,))]


def some(connection: Connection, keys: Iterable[int]) -> list[Watch]:
    """The questions with some keys, as far as they are still kept, by ascending keys."""
    chosen = tuple(keys)
    places = ", ".join("?" * len(chosen)) or "NULL"
    statement = f"{_SELECT} WHERE key IN ({places}) ORDER BY key"  # constant but for the number of `?`
    return [_watch(row) for row in connection.execute(statement, chosen)]


def words(connection: Connection) -> list[tuple[int, str, str, str, str]]:
    """What all questions are met by: key, text, history as JSON, words as they were read, version of the reading."""
    return connection.execute("SELECT key, text, history, words, version FROM watch ORDER BY key").fetchall()


def put_words(connection: Connection, version: str, read: Mapping[int, str]) -> None:
    """Remember the words of questions, as they are read by a version of the analysis."""
    rows = ((found, version, key) for key, found in read.items())
    connection.executemany("UPDATE watch SET words = ?, version = ? WHERE key = ?", rows)


def count(connection: Connection) -> int:
    """How many questions are kept."""
    found: int = connection.execute("SELECT count(*) FROM watch").fetchone()[0]
    return found


def tell(connection: Connection, watch: Watch, last: int, known: Iterable[str], told: Iterable[str]) -> bool:
    """Note that the owner of a question is told an answer; False where it is not to be told.

    Args:
        connection: of the file.
        watch: the question.
        last: the number of the last article that it was asked of.
        known: by what the answer is recognised: what was told with one of these needs not be told again.
        told: what of it is to be remembered.
    """
    moved = "UPDATE watch SET since = ? WHERE key = ? AND since < ?"
    if not connection.execute(moved, (last, watch.key, last)).rowcount:
        return False
    had = {one for (one,) in connection.execute("SELECT story FROM told WHERE watch = ?", (watch.key,))}
    if not had.isdisjoint(known):
        return False
    connection.executemany("INSERT INTO told VALUES (?, ?) ON CONFLICT DO NOTHING", ((watch.key, one) for one in told))
    return True


def done(connection: Connection) -> list[object] | None:
    """How far the articles have been asked, as `finish` was told; None where none was."""
    row = connection.execute("SELECT value FROM mark WHERE name = ?", (_DONE,)).fetchone()
    return json.loads(row[0]) if row else None


def finish(connection: Connection, stamp: Iterable[object], *, anew: bool = False) -> None:
    """Note that all articles up to a stamp have been asked.

    Args:
        connection: of the file.
        stamp: how far.
        anew: whether the numbers of articles have begun anew.
    """
    connection.execute(
        "INSERT INTO mark VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (_DONE, json.dumps(list(stamp))),
    )
    if anew:
        connection.execute("UPDATE watch SET since = 0")


def forget(connection: Connection, user: int) -> None:
    """Delete a user's questions."""
    connection.execute('DELETE FROM watch WHERE "user" = ?', (user,))


def purge(connection: Connection, retention: float) -> None:
    """Delete the questions that have been kept longer than `retention` seconds."""
    connection.execute("DELETE FROM watch WHERE made < ?", (time.time() - retention,))


def _watch(row: tuple[Any, ...]) -> Watch:
    key, chat, user, thread, message, text, history, since, made = row
    return Watch(key, chat, user, thread, message, text, as_history(json.loads(history)), since, made)
