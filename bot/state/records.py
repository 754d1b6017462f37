"""What the bot remembers of its chats: topics, users, questions, feedback.

The functions take the connection and are run by `Database.run`.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterable
from dataclasses import dataclass

Topic = tuple[str, ...]
"""The questions of a chat that its next one may continue, the oldest first."""

WEEK = 7 * 86_400.0
_QUESTION = "SELECT key, chat, user, message, text, history, citations, replies FROM question"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that was answered.

    Args:
        key: its number, which its buttons carry.
        chat, user: where it was asked and by whom.
        message: the asking message; None where a button asked.
        text: the question.
        history: what it could continue, as `Conversation.read` takes it.
        citations: for each claim of its answer the article's id, the quotation's start, and the quotation.
        replies: the messages that answer it.
    """

    key: int
    chat: int
    user: int
    message: int | None
    text: str
    history: Topic
    citations: tuple[tuple[str, int, str], ...]
    replies: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """A question that the articles do not answer, or not rightly.

    Args:
        text: as it was asked.
        after: the question before it; "" where there was none.
        reason: `not_found`, `wrong` or `outdated`.
    """

    text: str
    after: str
    reason: str


def topic(connection: sqlite3.Connection, chat: int, user: int) -> Topic:
    """What a user's next question in a chat may continue."""
    row = connection.execute("SELECT history FROM chat WHERE chat = ? AND user = ?", (chat, user)).fetchone()
    return tuple(json.loads(row[0])) if row else ()


def set_topic(connection: sqlite3.Connection, chat: int, user: int, topic: Topic) -> None:
    """Remember what the next question may continue."""
    connection.execute(
        "INSERT INTO chat VALUES (?, ?, ?, ?)"
        " ON CONFLICT (chat, user) DO UPDATE SET history = excluded.history, changed = excluded.changed",
        (chat, user, json.dumps(topic), time.time()),
    )


def record(connection: sqlite3.Connection, asked: Asked, status: str) -> None:
    """Write a question and its answer down, over an earlier one of the same key or message."""
    connection.execute(
        "INSERT OR REPLACE INTO question (key, chat, user, message, text, history, status, citations, replies, asked)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(asked.key, asked.chat, asked.user, asked.message, asked.text, json.dumps(asked.history), status),
            *(json.dumps(asked.citations), json.dumps(asked.replies), time.time()),
        ),
    )


def question(connection: sqlite3.Connection, key: int) -> Asked | None:
    """The question of that key; None where it is forgotten."""
    return _asked(connection.execute(f"{_QUESTION} WHERE key = ?", (key,)).fetchone())


def question_in(connection: sqlite3.Connection, chat: int, message: int) -> Asked | None:
    """The question that a message asked; None where it asked none."""
    rows = connection.execute(f"{_QUESTION} WHERE chat = ? AND message = ?", (chat, message))
    return _asked(rows.fetchone())


def judge(connection: sqlite3.Connection, key: int, user: int, verdict: str) -> bool:
    """Note what a user thinks of an answer, over what they thought before; False where it is forgotten."""
    if question(connection, key) is None:
        return False
    connection.execute(
        "INSERT INTO feedback VALUES (?, ?, ?, ?)"
        " ON CONFLICT (question, user) DO UPDATE SET verdict = excluded.verdict, given = excluded.given",
        (key, user, verdict, time.time()),
    )
    return True


def admit(connection: sqlite3.Connection, user: int) -> None:
    """Remember that a user gave the invitation code."""
    connection.execute(
        "INSERT INTO user (user, admitted) VALUES (?, ?) ON CONFLICT (user) DO UPDATE SET admitted = excluded.admitted",
        (user, time.time()),
    )


def is_admitted(connection: sqlite3.Connection, user: int) -> bool:
    """Whether a user gave the invitation code."""
    return bool(connection.execute("SELECT 1 FROM user WHERE user = ? AND admitted IS NOT NULL", (user,)).fetchone())


def set_blocked(connection: sqlite3.Connection, user: int, since: float | None) -> None:
    """Remember that a user has blocked the bot, or has not any more."""
    connection.execute(
        "INSERT INTO user (user, blocked) VALUES (?, ?) ON CONFLICT (user) DO UPDATE SET blocked = excluded.blocked",
        (user, since),
    )


def blocked(connection: sqlite3.Connection) -> dict[int, float]:
    """The users who have blocked the bot, and since when, in seconds since 1970, that is known."""
    return dict(connection.execute("SELECT user, blocked FROM user WHERE blocked IS NOT NULL"))


def forget(connection: sqlite3.Connection, user: int) -> None:
    """Delete a user's questions, topics and feedback."""
    connection.execute("DELETE FROM feedback WHERE user = ?", (user,))
    connection.execute("DELETE FROM question WHERE user = ?", (user,))
    connection.execute("DELETE FROM chat WHERE user = ?", (user,))


def purge(connection: sqlite3.Connection, retention: float) -> None:
    """Delete what is older than `retention` seconds."""
    before = (time.time() - retention,)
    connection.execute("DELETE FROM question WHERE asked < ?", before)
    connection.execute("DELETE FROM chat WHERE changed < ?", before)


def stats(connection: sqlite3.Connection) -> dict[str, int]:
    """The figures that `texts.STATS` shows."""

    def one(query: str, *values: float) -> int:
        found: int = connection.execute(query, values).fetchone()[0]
        return found

    verdicts = {"right": 0, "wrong": 0, "outdated": 0} | dict(
        connection.execute("SELECT verdict, count(*) FROM feedback GROUP BY verdict")
    )
    return verdicts | {
        "users": one("SELECT count(DISTINCT user) FROM question"),
        "questions": one("SELECT count(*) FROM question"),
        "week": one("SELECT count(*) FROM question WHERE asked > ?", time.time() - WEEK),
        "answered": one("SELECT count(*) FROM question WHERE status = 'answered'"),
        "not_found": one("SELECT count(*) FROM question WHERE status = 'not_found'"),
    }


def gaps(connection: sqlite3.Connection) -> list[Gap]:
    """What was not found, or was judged wrong or outdated, oldest first."""
    rows = connection.execute(
        "SELECT text, history, coalesce((SELECT verdict FROM feedback WHERE question = key AND verdict != 'right'"
        " ORDER BY given DESC LIMIT 1), status) AS reason FROM question"
        " WHERE reason IN ('not_found', 'wrong', 'outdated') ORDER BY key"
    )
    return [Gap(text, (json.loads(history) or [""])[-1], reason) for text, history, reason in rows]


def _asked(row: tuple[int, int, int, int | None, str, str, str, str] | None) -> Asked | None:
    if row is None:
        return None
    key, chat, user, message, text, history, citations, replies = row
    return Asked(
        key,
        chat,
        user,
        message,
        text,
        _strings(history),
        tuple(map(_citation, json.loads(citations))),
        tuple(json.loads(replies)),
    )


def _strings(listed: str) -> Topic:
    return tuple(json.loads(listed))


def _citation(row: Iterable[object]) -> tuple[str, int, str]:
    article, start, quotation = row
    return str(article), int(str(start)), str(quotation)
