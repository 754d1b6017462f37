"""The bot's file: versions, what is on disk, a backup while it is written."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
import time
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors import StateError
from bot.history import as_history
from bot.state import inbox, records, topics, users
from bot.state.inbox import Arrival
from bot.state.schema import MIGRATIONS
from bot.state.sqlite import StateFile, connect
from bot.state.topics import TopicKey
from tests.bot.state.test_state import asked


@pytest.fixture
async def state(tmp_path: Path) -> AsyncIterator[StateFile]:
    opened = StateFile(tmp_path / "state.sqlite")
    yield opened
    await opened.close()


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
    await asyncio.wait_for(state.run(lambda db: users.admit(db, 1)), 5)
    assert not copied.done()
    written.set()
    assert await copied == [("یک؟",)]
