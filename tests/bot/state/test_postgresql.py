"""What is PostgreSQL's alone: its errors, a server that restarts, migrations, and a file that is moved to it."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import StateError
from bot.service.dispatch import partition_of
from bot.state import inbox, outbox, pins, records, topics, users
from bot.state.base import Connection
from bot.state.inbox import Arrival
from bot.state.moves import Moves
from bot.state.opening import reading
from bot.state.outbox import Outgoing
from bot.state.partitions import PARTITIONS, partition
from bot.state.postgresql import addresses
from bot.state.postgresql.connections import connect
from bot.state.postgresql.moving import TABLES, move
from bot.state.postgresql.schema import MIGRATIONS
from bot.state.postgresql.state import PostgresState, migrate
from bot.state.sqlite import StateFile
from bot.state.topics import TopicKey
from tests.bot.postgresql import Server
from tests.bot.state.test_state import asked

ADDRESS = "postgresql://ali:p%40ss@db.example:6543/bot?sslmode=require"


@pytest.fixture
async def state(postgresql: Server) -> AsyncIterator[PostgresState]:
    opened = PostgresState(postgresql.address)
    yield opened
    await opened.close()


@pytest.fixture
def own_server() -> Iterator[Server]:
    """A server that flushes, to be stopped by the test."""
    server = Server()
    yield server
    server.remove()


def test_an_address_is_shown_without_its_password() -> None:
    assert addresses.is_address(ADDRESS)
    assert not addresses.is_address("/var/lib/pasokh/telegram.sqlite")
    assert addresses.shown(ADDRESS) == "postgresql://ali@db.example:6543/bot"
    assert set(addresses.passwords(ADDRESS)) == {"p@ss", "p%40ss"}
    assert addresses.passwords("postgresql:///bot?password=hidden&user=ali") == ("hidden",)
    assert addresses.shown("postgresql://[broken:s3cret@/bot") == "PASOKH_STATE"


def test_what_is_no_address_is_refused_without_being_quoted() -> None:
    with pytest.raises(StateError, match=r"^PASOKH_STATE is no address; write postgresql://USER") as raised:
        connect("postgresql://ali:s3cret@host:port/bot?nonsense=1")
    assert "s3cret" not in str(raised.value)


def test_a_server_that_is_not_there_is_told_in_one_line_with_a_remedy() -> None:
    with pytest.raises(StateError, match=r"^postgresql://ali@127\.0\.0\.1:1/bot: .*check PASOKH_STATE$") as raised:
        connect("postgresql://ali:s3cret@127.0.0.1:1/bot")
    assert "s3cret" not in str(raised.value)
    assert "\n" not in str(raised.value)


def test_who_lacks_the_library_is_told_what_to_install(tmp_path: Path) -> None:
    code = "import sys; sys.modules['psycopg'] = None; from bot.__main__ import main; sys.exit(main(['state', 'move']))"
    environment = os.environ | {"PASOKH_STATE": ADDRESS, "PASOKH_DATA": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    told = "bot: PASOKH_STATE: psycopg is not installed; run: pip install 'pasokh[postgresql]'\n"
    assert (done.returncode, done.stderr) == (2, told)


@pytest.mark.cluster
def test_who_may_not_make_tables_is_told_what_to_grant(postgresql: Server) -> None:
    with psycopg.connect(postgresql.address, autocommit=True) as owner:
        owner.execute("DROP ROLE IF EXISTS guest")
        owner.execute("CREATE ROLE guest LOGIN")
    with pytest.raises(StateError, match=r"permission denied .*GRANT CREATE ON DATABASE"):
        PostgresState(postgresql.address.replace("pasokh:s3cret", "guest"))


@pytest.mark.cluster
async def test_a_later_schema_is_refused_and_replicas_that_start_together_make_it_once(postgresql: Server) -> None:
    def begin() -> None:
        with closing(connect(postgresql.address)) as connection:
            migrate(postgresql.address, connection)

    await asyncio.gather(*(asyncio.to_thread(begin) for _ in range(6)))
    assert postgresql.run("SELECT number FROM version") == [(len(MIGRATIONS),)]
    postgresql.run("UPDATE version SET number = number + 1")
    with pytest.raises(StateError, match="update Pasokh"):
        PostgresState(postgresql.address)


@pytest.mark.cluster
async def test_work_goes_on_when_the_server_has_restarted(own_server: Server) -> None:
    state = PostgresState(own_server.address)
    await state.run(lambda db: users.admit(db, 7))
    own_server.stop()
    with pytest.raises(StateError, match="check PASOKH_STATE"):
        await state.run(lambda db: users.admit(db, 8))
    with pytest.raises(StateError, match=r"^postgresql://pasokh@127"):
        state.read(lambda db: users.is_admitted(db, 7))
    insisting = asyncio.create_task(state.insist(lambda db: users.admit(db, 9)))
    await asyncio.to_thread(own_server.start)
    await asyncio.wait_for(insisting, 20)
    assert [state.read(lambda db, user=user: users.is_admitted(db, user)) for user in (7, 8, 9)] == [  # type: ignore[misc]
        *(True, False, True),
    ]
    own_server.stop(signal.SIGINT)
    await asyncio.to_thread(own_server.start)
    assert state.read(lambda db: users.is_admitted(db, 7))
    await state.close()


@pytest.mark.cluster
@pytest.mark.parametrize("committed", [True, False])
async def test_what_became_of_a_commit_is_asked_where_its_answer_is_lost(
    state: PostgresState, postgresql: Server, monkeypatch: pytest.MonkeyPatch, committed: bool
) -> None:
    execute, lost = psycopg.Connection.execute, list[str]()

    def lose(connection: psycopg.Connection, query: str, *values: object, **more: object) -> object:
        if query == "COMMIT" and not lost:
            lost.append(query)
            if committed:
                execute(connection, query)
            connection.close()
            raise psycopg.OperationalError("the connection is lost")
        return execute(connection, query, *values, **more)  # type: ignore[call-overload]

    monkeypatch.setattr(psycopg.Connection, "execute", lose)
    rows = await state.insist(lambda db: outbox.add(db, 1.0, [Outgoing(7, ({"method": "sendMessage"},))]))
    assert lost == ["COMMIT"]
    assert postgresql.run("SELECT key FROM outbox") == [(rows[0].key,)]


@pytest.mark.cluster
async def test_an_update_is_marked_done_once_whoever_does_it(state: PostgresState) -> None:
    (entry,) = await state.run(lambda db: inbox.store(db, [Arrival(1, 7, {})]))
    other = PostgresState(state.address)

    def finish(db: Connection) -> bool:
        return inbox.finish(db, entry.key)

    assert sorted(await asyncio.gather(state.run(finish), other.run(finish))) == [False, True]
    assert not await other.run(lambda db: inbox.park(db, entry.key, "why"))
    await other.close()


@pytest.mark.cluster
async def test_both_sides_deal_a_chat_to_the_same_partition(state: PostgresState, postgresql: Server) -> None:
    moves = Moves(state)
    for chat, then in ((-5, -1005), (-1005, -1006)):
        await moves.learn(chat, then)
    for chat in (7, -5, -1005, -1006, 2**63 - 1, 1 - 2**63, 0):
        for key in (1, 64, 2**40 + 3):
            ((dealt,),) = postgresql.run("SELECT partition_of(%s, %s)", (chat, key))
            assert dealt == partition(moves.first(chat), key)
            assert dealt == partition_of(moves.first(chat) if chat else -key << 64)


@given(chat=st.integers(1 - 2**63, 2**63 - 1), key=st.integers(1, 2**62))
def test_every_chat_has_a_partition(chat: int, key: int) -> None:
    assert 0 <= partition(chat, key) < PARTITIONS


@pytest.mark.cluster
async def filled(path: Path) -> StateFile:
    """An open file with something in most of its tables."""
    file = StateFile(path)
    await file.run(lambda db: [inbox.store(db, [Arrival(n, n, {"text": "\ud800\0"})]) for n in range(1, 4)])
    await file.run(lambda db: inbox.finish(db, 2))
    await file.run(lambda db: outbox.add(db, 1.0, [Outgoing(7, ({},)), Outgoing(8, ({},))]))
    await file.run(lambda db: outbox.settle(db, 2))
    await file.run(lambda db: records.record(db, asked(2**52, "یک\0؟", message=5), "answered"))
    await file.run(lambda db: records.set_reply(db, 2**52, 0, 20))
    await file.run(lambda db: topics.set_history(db, TopicKey(7, 0, 7), asked(1, "یک؟").following))
    await file.run(lambda db: users.set_blocked(db, 8, 12.5))
    await Moves(file).learn(-5, -1005)
    return file


async def test_a_file_is_moved_whole_and_keys_go_on(postgresql: Server, tmp_path: Path) -> None:
    path = tmp_path / "telegram.sqlite"
    file = await filled(path)
    with pytest.raises(StateError, match="stop that one"):
        move(path, postgresql.address)
    await file.close()
    command = [sys.executable, "-m", "bot", "state", "move"]
    environment = os.environ | {"PASOKH_DATA": str(tmp_path), "PASOKH_STATE": postgresql.address}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    counts = dict(line.split(": ") for line in done.stdout.splitlines())
    assert set(counts) == set(TABLES)
    assert {table: int(count) for table, count in counts.items() if count != "0"} == {
        "inbox": 3,
        "outbox": 1,
        "question": 1,
        "reply": 1,
        "topic": 1,
        "user": 1,
        "move": 1,
    }
    with reading(postgresql.address) as db:
        assert [entry.key for entry in inbox.waiting(db)] == [1, 3]
        assert inbox.read(db, 3) == {"text": "\ud800\0"}
        assert records.question(db, 2**52) is not None
        assert topics.history(db, TopicKey(7, 0, 7)) == asked(1, "یک؟").following
        assert users.blocked_since(db, 8) == 12.5
        assert pins.pins(db) == []
    state = PostgresState(postgresql.address)
    assert [row.key for row in await state.run(lambda db: outbox.add(db, 1.0, [Outgoing(7, ())]))] == [3]
    assert [row.key for row in await state.run(lambda db: inbox.store(db, [Arrival(9, 9, {})]))] == [4]
    await state.close()
    again = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (again.returncode, again.stdout) == (2, "")
    assert "remembers something already" in again.stderr
