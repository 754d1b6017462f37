"""The bot's file: versions, what is on disk, what is forgotten."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
import time
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bot.errors import StateError
from bot.history import Answered, as_history
from bot.state import inbox, outbox, records, topics
from bot.state.base import Connection
from bot.state.inbox import Arrival
from bot.state.outbox import Outgoing
from bot.state.records import Asked, Gap
from bot.state.schema import MIGRATIONS
from bot.state.sqlite import StateFile, connect
from bot.state.topics import MAX_TOPICS_IN_MEMORY, TopicKey, Topics


@pytest.fixture
async def state(tmp_path: Path) -> AsyncIterator[StateFile]:
    opened = StateFile(tmp_path / "state.sqlite")
    yield opened
    await opened.close()


def asked(key: int, text: str, user: int = 7, message: int | None = None) -> Asked:
    return Asked(key, user, user, message or key, text, (), (Answered(text, "a.md", 3),), (("a.md", 3, "نقل"),))


async def test_an_update_is_taken_once_and_waits_until_it_is_done(state: StateFile) -> None:
    update = {"text": "\ud800"}
    arrival = Arrival(5, 9, update)
    first = await state.run(lambda db: inbox.store(db, [arrival, arrival]))
    assert await state.run(lambda db: inbox.store(db, [arrival])) == []
    assert [(entry.chat, entry.update) for entry in first] == [(9, update)]
    assert [entry.key for entry in await state.run(inbox.waiting)] == [first[0].key]
    assert await state.run(lambda db: inbox.read(db, first[0].key)) == update
    await state.run(lambda db: inbox.finish(db, first[0].key))
    assert await state.run(inbox.waiting) == []
    assert await state.run(lambda db: db.execute("SELECT body FROM inbox").fetchall()) == [(None,)]


async def test_parked_updates_are_counted_and_kept_for_a_while(state: StateFile) -> None:
    (entry,) = await state.run(lambda db: inbox.store(db, [Arrival(None, 0, "nonsense")]))
    await state.run(lambda db: inbox.park(db, entry.key, "why"))
    assert await state.run(inbox.counts) == {"pending": 0, "parked": 1}
    await state.run(lambda db: inbox.purge(db, 60))
    assert (await state.run(inbox.counts))["parked"] == 1
    await state.run(lambda db: inbox.purge(db, -1))
    assert (await state.run(inbox.counts))["parked"] == 0


async def test_work_that_fails_is_undone_and_harms_no_other(state: StateFile) -> None:
    def fails(db: Connection) -> None:
        records.admit(db, 1)
        raise KeyError("on purpose")

    results = await asyncio.gather(
        state.run(lambda db: records.admit(db, 2)),
        state.run(fails),
        state.run(lambda db: records.admit(db, 3)),
        return_exceptions=True,
    )
    assert [type(result) for result in results] == [type(None), KeyError, type(None)]
    assert [await state.run(lambda db, n=n: records.is_admitted(db, n)) for n in (1, 2, 3)] == [False, True, True]  # type: ignore[misc]


async def test_what_is_waiting_is_written_when_the_file_is_closed(tmp_path: Path) -> None:
    first = StateFile(tmp_path / "state.sqlite")
    work = asyncio.create_task(first.run(lambda db: records.admit(db, 7)))
    await asyncio.sleep(0)
    await first.close()
    await work
    second = StateFile(tmp_path / "state.sqlite")
    assert second.read(lambda db: records.is_admitted(db, 7))
    with pytest.raises(StateError, match="readonly"):
        second.read(lambda db: records.admit(db, 8))
    await second.close()


async def test_the_log_is_flushed_when_that_is_asked_and_for_all_who_wait(
    state: StateFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed: list[bytes] = []

    def flush(opened: int) -> None:
        time.sleep(0.05)
        flushed.append(Path(f"/proc/self/fd/{opened}").readlink().read_bytes())

    monkeypatch.setattr("bot.state.flushing.os.fsync", flush)
    assert await state.run(lambda db: db.execute("PRAGMA synchronous").fetchone()) == (1,)
    await state.run(lambda db: inbox.store(db, [Arrival(1, 7, "first")]))
    assert flushed == []

    async def store(number: int) -> None:
        await state.run(lambda db: inbox.store(db, [Arrival(number, 7, f"update {number}")]))
        await state.flush()

    await asyncio.gather(*map(store, range(2, 22)))
    assert len(flushed) <= 3
    assert all(f"update {number}".encode() in flushed[-1] for number in range(2, 22))


async def test_a_disk_that_does_not_take_a_flush_is_told(state: StateFile, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_: int) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr("bot.state.flushing.os.fsync", fails)
    with pytest.raises(StateError, match="Input/output error"):
        await state.flush()


async def test_what_has_happened_is_written_once_the_disk_takes_it(
    state: StateFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(state._committer, "_retry_seconds", 0.01)
    tries: list[int] = []

    def full_at_first(db: Connection) -> None:
        tries.append(1)
        if len(tries) < 3:
            raise sqlite3.OperationalError("database or disk is full")
        records.admit(db, 7)

    await state.insist(full_at_first)
    assert (len(tries), state.read(lambda db: records.is_admitted(db, 7))) == (3, True)


async def test_what_is_to_be_sent_waits_in_order_until_it_is_settled(state: StateFile) -> None:
    form = {"method": "sendMessage", "chat_id": 7, "text": "نیم\u200cفاصله \ud800"}
    first = Outgoing(7, (form, form | {"text": "ساده"}), question=3, part=1)
    last = Outgoing(7, (), replaces=9)
    rows = await state.run(lambda db: outbox.add(db, 100.0, [first, last]))
    assert [row.outgoing for row in rows] == [first, last]
    left = await state.run(outbox.waiting)
    assert [(row.key, row.chat, row.since, row.attempts) for row in left] == [(row.key, 7, 100.0, 0) for row in rows]
    assert [await state.run(lambda db, row=row: outbox.read(db, row.key)) for row in left] == [first, last]  # type: ignore[misc]
    began = time.time()
    await state.run(lambda db: outbox.put_off(db, rows[0].key, 30))
    put_off = (await state.run(outbox.waiting))[0]
    assert (put_off.attempts, 30 <= put_off.not_before - began < 40) == (1, True)
    assert (await state.run(outbox.count), await state.run(outbox.oldest)) == (2, 100.0)
    for row in rows:
        await state.run(lambda db, row=row: outbox.settle(db, row.key))  # type: ignore[misc]
    assert (await state.run(outbox.count), await state.run(outbox.oldest)) == (0, None)


async def test_the_messages_of_an_answer_are_remembered_part_by_part(state: StateFile) -> None:
    await state.run(lambda db: records.record(db, asked(1, "یک؟"), "answered"))

    async def set_reply(part: int, message: int) -> tuple[int, ...]:
        await state.run(lambda db: records.set_reply(db, 1, part, message))
        return state.read(lambda db: records.replies(db, 1))

    assert await set_reply(1, 21) == (0, 21)
    assert await set_reply(0, 20) == (20, 21)
    assert await set_reply(2, 22) == (20, 21, 22)
    await state.run(lambda db: records.record(db, asked(1, "دو؟"), "answered"))
    assert state.read(lambda db: records.question(db, 1)) == replace(asked(1, "دو؟"), replies=(20, 21, 22))
    assert await set_reply(1, 0) == (20,)
    assert await set_reply(1, 0) == (20,)
    assert state.read(lambda db: [one and one.key for one in (records.question_at(db, 7, n) for n in (1, 20, 21))]) == [
        *(1, 1, None),
    ]
    await state.run(lambda db: records.set_reply(db, 99, 0, 5))
    assert state.read(lambda db: records.replies(db, 99)) == ()


async def test_questions_are_found_judged_and_forgotten(state: StateFile) -> None:
    await state.run(lambda db: records.record(db, asked(1, "یک؟"), "not_found"))
    await state.run(lambda db: records.record(db, asked(2, "دو؟"), "answered"))
    await state.run(lambda db: records.record(db, asked(3, "سه؟", user=8), "answered"))
    assert await state.run(lambda db: records.question_in(db, 7, 2)) == asked(2, "دو؟")
    assert await state.run(lambda db: records.judge(db, 2, 8, "wrong"))
    assert not await state.run(lambda db: records.judge(db, 99, 8, "wrong"))
    assert await state.run(records.gaps) == [Gap("یک؟", "", "not_found", 1), Gap("دو؟", "", "wrong", 2)]
    figures = await state.run(records.stats)
    assert (figures["questions"], figures["users"], figures["wrong"], figures["not_found"]) == (3, 2, 1, 1)
    await state.run(lambda db: records.forget(db, 7))
    assert await state.run(records.gaps) == []
    assert (await state.run(records.stats))["wrong"] == 0
    assert await state.run(lambda db: records.question(db, 3)) == asked(3, "سه؟", user=8)


async def test_topics_are_those_on_disk_and_the_latest_are_not_read_again(state: StateFile) -> None:
    await state.run(lambda db: topics.set_history(db, TopicKey(7, 0, 7), (Answered("یک؟", "a.md", 3),)))
    latest, here = Topics(state), TopicKey(7, 0, 7)
    assert (latest.of(here), latest.of(here._replace(thread=3)), latest.of(here._replace(user=8))) == (
        (Answered("یک؟", "a.md", 3),),
        (),
        (),
    )
    await state.run(lambda db: records.forget(db, 7))
    assert latest.of(here) == (Answered("یک؟", "a.md", 3),)
    for chat in range(1000, 1000 + MAX_TOPICS_IN_MEMORY):
        latest.keep(TopicKey(chat, 0, 7), (Answered("دو؟", "a.md", 3),))
    assert latest.of(here) == ()  # it had to make room, and is not on disk any more
    latest.keep(here, (Answered("سه؟", "a.md", 3),))
    assert latest.of(here) == (Answered("سه؟", "a.md", 3),)
    latest.clear()
    assert latest.of(here) == ()


async def test_what_is_older_than_the_retention_is_deleted(state: StateFile) -> None:
    await state.run(lambda db: records.record(db, asked(1, "یک؟"), "answered"))
    await state.run(lambda db: topics.set_history(db, TopicKey(7, 0, 7), (Answered("یک؟", "a.md", 3),)))
    await state.run(lambda db: records.purge(db, 60))
    assert await state.run(lambda db: topics.history(db, TopicKey(7, 0, 7))) == (Answered("یک؟", "a.md", 3),)
    await state.run(lambda db: records.purge(db, -1))
    assert await state.run(lambda db: topics.history(db, TopicKey(7, 0, 7))) == ()
    assert await state.run(lambda db: records.question(db, 1)) is None


async def test_who_blocks_is_known_until_they_do_not(state: StateFile) -> None:
    assert state.read(lambda db: records.blocked_since(db, 7)) is None
    await state.run(lambda db: records.set_blocked(db, 7, 12.0))
    assert state.read(lambda db: records.blocked_since(db, 7)) == 12.0
    await state.run(lambda db: records.set_blocked(db, 7, None))
    assert state.read(lambda db: records.blocked_since(db, 7)) is None


THREADS = 4
"""The version from which on topics have threads, and replies a table."""


@pytest.mark.parametrize("version", range(len(MIGRATIONS)))
def test_a_file_of_an_earlier_version_is_brought_up_to_date(version: int, tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite"
    with closing(sqlite3.connect(path)) as old:
        for script in MIGRATIONS[:version]:
            old.executescript(script)
        old.execute(f"PRAGMA user_version = {version}")
        if version:
            old.execute("INSERT INTO inbox (update_id, chat, body, state, received) VALUES (1, 2, '3', 'pending', 4)")
        if 0 < version < THREADS:
            old.execute("INSERT INTO chat VALUES (2, 7, '[\"یک؟\"]', 5)")
        if 1 < version < THREADS:
            old.execute("INSERT INTO question VALUES (9, 2, 7, 4, 'یک؟', '[]', 'answered', '[]', '[21, 22]', 6)")
        if version >= THREADS:
            old.execute("INSERT INTO topic VALUES (2, 0, 7, '[\"یک؟\"]', 5)")
            old.execute("INSERT INTO question VALUES (9, 2, 7, 4, 'یک؟', '[]', 'answered', '[]', 6, '[]')")
            old.executemany("INSERT INTO reply VALUES (9, ?, 2, ?)", [(0, 21), (1, 22)])
        old.commit()
    with closing(connect(path)) as new, closing(connect(tmp_path / "fresh.sqlite")) as fresh:
        schema = "SELECT name, sql FROM sqlite_master ORDER BY name"
        assert new.execute(schema).fetchall() == fresh.execute(schema).fetchall()
        assert len(inbox.waiting(new)) == min(version, 1)
        assert topics.history(new, TopicKey(2, 0, 7)) == as_history(["یک؟"] if version else [])
        assert records.replies(new, 9) == ((21, 22) if version > 1 else ())
        assert new.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_file_of_a_later_version_is_refused(tmp_path: Path) -> None:
    with closing(connect(tmp_path / "state.sqlite")) as state:
        state.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    with pytest.raises(StateError, match="update Pasokh"):
        connect(tmp_path / "state.sqlite")


def test_what_is_no_database_is_refused_with_a_remedy(tmp_path: Path) -> None:
    (tmp_path / "state.sqlite").write_text("مقاله " * 1000, "utf-8")
    with pytest.raises(StateError, match="restore a backup"):
        connect(tmp_path / "state.sqlite")


async def test_writing_goes_on_while_a_backup_is_made(state: StateFile) -> None:
    await state.run(lambda db: records.record(db, asked(1, "یک؟"), "answered"))
    begun, written = threading.Event(), threading.Event()

    def pause(*_: int) -> None:
        begun.set()
        written.wait(10)

    def back_up() -> list[tuple[str]]:
        with closing(sqlite3.connect(state.address)) as source, closing(sqlite3.connect(":memory:")) as copy:
            source.backup(copy, pages=1, progress=pause)
            return copy.execute("SELECT text FROM question").fetchall()

    copied = asyncio.create_task(asyncio.to_thread(back_up))
    assert await asyncio.to_thread(begun.wait, 10)
    await asyncio.wait_for(state.run(lambda db: records.admit(db, 1)), 5)
    assert not copied.done()
    written.set()
    assert await copied == [("یک؟",)]
