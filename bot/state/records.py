"""What the bot remembers: questions and answers, histories, feedback.

`State.run` calls the functions with its connection.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable
from dataclasses import dataclass

from bot.history import History, as_history
from bot.state.base import Connection

WEEK_SECONDS = 7 * 86_400.0

_SELECT_QUESTION = 'SELECT key, chat, "user", message, text, history, following, citations FROM question'


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that was answered.

    Args:
        key: the number that its answer's buttons carry.
        chat, user: where it was asked, and by whom.
        message: the message that asked it; None where a button asked it.
        text: the question.
        history: the questions before it that it was completed from.
        following: the history of a question that goes on with its answer.
        citations: for each claim of its answer the article's id, the quotation's start, and the quotation.
        replies: the messages that show its answer, a part each, as far as they are sent.
    """

    key: int
    chat: int
    user: int
    message: int | None
    text: str
    history: History
    following: History
    citations: tuple[tuple[str, int, str], ...]
    replies: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Gap:
    """A question that the articles do not answer, or whose answer was judged bad.

    Args:
        text: the question.
        after: the question that it continued; "" where there was none.
        reason: `not_found`, `wrong` or `outdated`.
        key: of the question; see `Asked`.
        history: the questions before it that it was completed from.
    """

    text: str
    after: str
    reason: str
    key: int = 0
    history: History = ()


def record(connection: Connection, asked: Asked, status: str) -> None:
    """Write a question and its answer down, in place of an earlier one with the same key or message.

    The messages of the answer are left to `set_reply`, for those of an earlier answer may be on their way.
    """
    content = (asked.text, json.dumps(asked.history), json.dumps(asked.following), status, json.dumps(asked.citations))
    values = (asked.key, *content, time.time())
    written = connection.execute(
        'INSERT INTO question (key, text, history, following, status, citations, asked, chat, "user", message)'
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (*values, asked.chat, asked.user, asked.message),
    )
    if not written.rowcount:
        connection.execute(
            "UPDATE question SET key = ?, text = ?, history = ?, following = ?, status = ?, citations = ?, asked = ?"
            " WHERE key = ? OR (chat = ? AND message = ?)",
            (*values, asked.key, asked.chat, asked.message),
        )


def replies(connection: Connection, key: int) -> tuple[int, ...]:
    """The messages that show the answer to a question, a part each; 0 for a part that none shows."""
    rows = dict(connection.execute("SELECT part, message FROM reply WHERE question = ?", (key,)))
    return tuple(rows.get(part, 0) for part in range(max(rows, default=-1) + 1))


def set_reply(connection: Connection, key: int, part: int, message: int) -> None:
    """Remember which message shows a part of an answer; 0 for none, then none shows the parts behind it either."""
    if message:
        connection.execute(
            "INSERT INTO reply (question, part, chat, message) SELECT key, ?, chat, ? FROM question WHERE key = ?"
            " ON CONFLICT (question, part) DO UPDATE SET chat = excluded.chat, message = excluded.message",
            (part, message, key),
        )
    else:
        connection.execute("DELETE FROM reply WHERE question = ? AND part >= ?", (key, part))


def question(connection: Connection, key: int) -> Asked | None:
    """The question with a key; None where it is forgotten."""
    return _asked(connection, "key = ?", key)


def question_in(connection: Connection, chat: int, message: int) -> Asked | None:
    """The question that a message asked; None where the message asked none."""
    return _asked(connection, "chat = ? AND message = ?", chat, message)


def answered_by(connection: Connection, chat: int, message: int) -> Asked | None:
    """The question whose answer a message shows; None for any other message."""
    return _asked(connection, "key = (SELECT question FROM reply WHERE chat = ? AND message = ?)", chat, message)


def question_at(connection: Connection, chat: int, message: int) -> Asked | None:
    """The question whose answer a message shows, or that it asked; None for any other message."""
    return answered_by(connection, chat, message) or question_in(connection, chat, message)


def judge(connection: Connection, key: int, user: int, verdict: str) -> bool:
    """Note a user's verdict on an answer, in place of an earlier one; False where the question is forgotten."""
    if question(connection, key) is None:
        return False
    connection.execute(
        "INSERT INTO feedback VALUES (?, ?, ?, ?)"
        ' ON CONFLICT (question, "user") DO UPDATE SET verdict = excluded.verdict, given = excluded.given',
        (key, user, verdict, time.time()),
    )
    return True


def unjudge(connection: Connection, key: int, user: int) -> None:
    """Delete a user's verdict on an answer."""
    connection.execute('DELETE FROM feedback WHERE question = ? AND "user" = ?', (key, user))


def forget(connection: Connection, user: int) -> None:
    """Delete a user's questions, histories and feedback."""
    connection.execute('DELETE FROM feedback WHERE "user" = ?', (user,))
    connection.execute('DELETE FROM question WHERE "user" = ?', (user,))
    connection.execute('DELETE FROM topic WHERE "user" = ?', (user,))


def purge(connection: Connection, retention: float) -> None:
    """Delete questions and histories older than `retention` seconds."""
    before = (time.time() - retention,)
    connection.execute("DELETE FROM question WHERE asked < ?", before)
    connection.execute("DELETE FROM topic WHERE changed < ?", before)


def stats(connection: Connection) -> dict[str, int]:
    """The figures that `texts.STATS` shows."""

    def one(query: str, *values: float) -> int:
        found: int = connection.execute(query, values).fetchone()[0]
        return found

    verdicts = {"right": 0, "wrong": 0, "outdated": 0} | dict(
        connection.execute("SELECT verdict, count(*) FROM feedback GROUP BY verdict")
    )
    return verdicts | {
        "users": one('SELECT count(DISTINCT "user") FROM question'),
        "questions": one("SELECT count(*) FROM question"),
        "week": one("SELECT count(*) FROM question WHERE asked > ?", time.time() - WEEK_SECONDS),
        "answered": one("SELECT count(*) FROM question WHERE status = 'answered'"),
        "not_found": one("SELECT count(*) FROM question WHERE status = 'not_found'"),
    }


def gaps(connection: Connection) -> list[Gap]:
    """The questions without an answer, or with one that was judged wrong or outdated; the oldest first."""
    rows = connection.execute(
        "SELECT key, text, history, reason FROM (SELECT key, text, history, asked, coalesce((SELECT verdict"
        " FROM feedback WHERE question = key AND verdict != 'right' ORDER BY given DESC LIMIT 1), status) AS reason"
        " FROM question) AS judged WHERE reason IN ('not_found', 'wrong', 'outdated') ORDER BY asked"
    )
    before = ((key, text, as_history(json.loads(history)), reason) for key, text, history, reason in rows)
    return [
        Gap(text, history[-1].text if history else "", reason, key, history) for key, text, history, reason in before
    ]


def close_gap(connection: Connection, key: int) -> None:
    """Note that a question was answered after all: it is no gap any more."""
    connection.execute("UPDATE question SET status = 'answered' WHERE key = ?", (key,))
    connection.execute("DELETE FROM feedback WHERE question = ? AND verdict != 'right'", (key,))


def _asked(connection: Connection, which: str, *values: int) -> Asked | None:
    row = connection.execute(f"{_SELECT_QUESTION} WHERE {which}", values).fetchone()
    if row is None:
        return None
    key, chat, user, message, text, history, following, citations = row
    return Asked(
        key,
        chat,
        user,
        message,
        text,
        as_history(json.loads(history)),
        as_history(json.loads(following)),
        tuple(map(_citation, json.loads(citations))),
        replies(connection, key),
    )


def _citation(row: Iterable[object]) -> tuple[str, int, str]:
    article, start, quotation = row
    return str(article), int(str(start)), str(quotation)
