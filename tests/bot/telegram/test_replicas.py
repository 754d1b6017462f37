"""Several replicas of a bot over one PostgreSQL: order, limits, topics, take-over, kills, a server that restarts."""

from __future__ import annotations

import asyncio
import signal
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from bot.service.sending import SENDS_AT_ONCE
from bot.state import owner
from bot.state.partitions import PARTITIONS
from bot.state.postgresql.state import PostgresState
from bot.wording import texts
from tests.bot.postgresql import Server
from tests.bot.telegram.fake import Fake
from tests.bot.telegram.harness import ask, message, until
from tests.bot.telegram.replicas import PLACES, SECRET, Balancer, Replica, articles, question, replica_folder, told

pytestmark = pytest.mark.cluster

THINGS = list(PLACES)

Begin = Callable[..., Awaitable[list[Replica]]]


@pytest.fixture
async def balancer() -> AsyncIterator[Balancer]:
    found = Balancer()
    await found.start()
    yield found
    await found.stop()


@pytest.fixture
async def begin(
    fake: Fake,
    balancer: Balancer,
    postgresql: Server,
    tmp_path: Path,
    data: Path,
) -> AsyncIterator[Begin]:
    """Start so many replicas, which are delivered to unless they poll."""
    folder = tmp_path
    corpus, started = articles(folder / "articles"), list[Replica]()

    async def start(count: int, *, polling: bool = False, **settings: str) -> list[Replica]:
        hook = {} if polling else {"telegram_webhook_url": balancer.url, "telegram_webhook_secret": SECRET}
        own = {"corpus": str(corpus), "telegram_processes": "1"} | hook | settings
        for number in range(len(started), len(started) + count):
            started.append(Replica(fake, replica_folder(folder, number, data), postgresql, **own))
        await asyncio.gather(*(one.begin() for one in started[-count:]))
        balancer.replicas = started
        await settled(started)
        return started

    yield start
    for one in started:
        await one.kill()


async def shares(replicas: list[Replica]) -> list[float]:
    return [await one.figure("pasokh_partitions") for one in replicas if one.process.returncode is None]


async def settled(replicas: list[Replica]) -> None:
    """Wait until all partitions are held, and no replica has more than its share."""
    async with asyncio.timeout(60):
        while True:
            held = await shares(replicas)
            if sum(held) == PARTITIONS and max(held) <= -(-PARTITIONS // len(held)):
                return
            await asyncio.sleep(0.1)


def left(fake: Fake, chats: range, each: int) -> int:
    return sum(each - len(set(told(fake, chat))) for chat in chats)


async def test_replicas_share_the_chats_and_keep_their_order(fake: Fake, begin: Begin) -> None:
    first, second = await begin(2)
    chats = range(100, 120)
    for thing in THINGS[:10]:
        for chat in chats:
            ask(fake, question(thing), chat)
    await until(lambda: left(fake, chats, 10) == 0)
    assert [told(fake, chat) for chat in chats] == [list(range(10))] * 20
    assert min(one.log.count("question answered") for one in (first, second)) > 30
    assert sorted([await one.figure("pasokh_leads") for one in (first, second)]) == [0.0, 1.0]


async def test_what_a_replica_has_is_taken_over_when_it_ends_or_hangs_and_shared_when_one_comes(
    fake: Fake, begin: Begin
) -> None:
    first, second = await begin(2)
    await first.kill()
    ask(fake, question(THINGS[0]), 100)
    ask(fake, question(THINGS[0]), 101)
    await until(lambda: told(fake, 100) == told(fake, 101) == [0])
    (_, _, third) = await begin(1)
    assert await shares([second, third]) == [PARTITIONS / 2] * 2
    third.process.send_signal(signal.SIGSTOP)
    async with asyncio.timeout(40):
        while await shares([second]) != [PARTITIONS]:
            await asyncio.sleep(0.2)
    ask(fake, question(THINGS[1]), 100)
    ask(fake, question(THINGS[1]), 101)
    await until(lambda: told(fake, 100) == told(fake, 101) == [0, 1])
    third.process.send_signal(signal.SIGCONT)
    await settled([second, third])
    status, seconds = await third.terminate()
    assert (status, seconds < 10) == (0, True)
    ask(fake, question(THINGS[2]), 100)
    ask(fake, question(THINGS[2]), 101)
    await until(lambda: told(fake, 100) == told(fake, 101) == [0, 1, 2])


async def test_one_replica_polls_and_another_goes_on_when_it_is_killed(fake: Fake, begin: Begin) -> None:
    replicas = await begin(2, polling=True)
    chats = range(100, 110)
    for number, thing in enumerate(THINGS[:6]):
        for chat in chats:
            ask(fake, question(thing), chat)
        await until(lambda number=number: left(fake, chats, number + 1) == 0)  # type: ignore[misc]
        if number == 2:
            leads = [await one.figure("pasokh_leads") for one in replicas]
            await replicas[leads.index(1.0)].kill()
    assert [list(dict.fromkeys(told(fake, chat))) for chat in chats] == [list(range(6))] * 10


async def test_limits_and_topics_hold_though_any_replica_receives(fake: Fake, begin: Begin) -> None:
    await begin(2, telegram_user_rate="3")
    for thing in THINGS[:5]:
        ask(fake, question(thing), 100)
    await until(lambda: len(fake.sent) == 4)
    assert told(fake, 100) == [0, 1, 2]
    assert fake.sent[-1]["plain"].startswith(texts.TOO_MANY[:8])
    ask(fake, question("انار"), 101)
    await until(lambda: told(fake, 101) == [0])
    ask(fake, "چای چی؟", 101)
    await until(lambda: told(fake, 101) == [0, THINGS.index("چای")])


async def test_a_chat_that_goes_on_under_another_id_stays_in_order(fake: Fake, begin: Begin) -> None:
    await begin(2)
    old, new = -5, -1005
    ask(fake, f"/ask {question(THINGS[0])}", old)
    fake.push(message=message(fake, None, old, migrate_to_chat_id=new))
    for thing in THINGS[1:6]:
        ask(fake, f"/ask {question(thing)}", new)
    await until(lambda: len(told(fake, old) + told(fake, new)) == 6)
    assert told(fake, old) + told(fake, new) == list(range(6))


async def test_no_replica_starts_with_a_webhook_whose_secret_is_its_own(
    fake: Fake, postgresql: Server, tmp_path: Path, data: Path
) -> None:
    url = "http://127.0.0.1:1/hook"
    replica = Replica(fake, replica_folder(tmp_path, 0, data), postgresql, telegram_webhook_url=url)
    await replica.start()
    assert await replica.ended() == 2
    assert "PASOKH_TELEGRAM_WEBHOOK_SECRET" in replica.log.splitlines()[-1]


async def test_no_replica_starts_on_the_database_of_another_bot(
    fake: Fake, postgresql: Server, tmp_path: Path, data: Path
) -> None:
    state = PostgresState(postgresql.address)
    assert await state.run(lambda db: owner.own(db, 1))
    assert not await state.run(lambda db: owner.own(db, 2))
    await state.close()
    replica = Replica(fake, replica_folder(tmp_path, 0, data), postgresql, corpus=str(articles(tmp_path / "articles")))
    await replica.start()
    assert await replica.ended() == 2
    assert replica.log.splitlines()[-1].endswith("give each bot one of its own")


@pytest.mark.parametrize("kills", [pytest.param(20, id="20-kills")])
async def test_kills_of_replicas_and_restarts_of_the_server_lose_nothing(
    fake: Fake, begin: Begin, started_postgresql: Server, kills: int
) -> None:
    chats, each = range(1000, 1040), len(THINGS)
    total = len(chats) * each
    replicas = await begin(2)
    for thing in THINGS:
        for chat in chats:
            ask(fake, question(thing), chat)
    returning: list[asyncio.Task[None]] = []
    for number in range(kills):
        goal = (number + 1) * total // (kills + 2)
        await until(lambda goal=goal: len(fake.sent) >= goal, 120)  # type: ignore[misc]
        if number in {kills // 3, 2 * kills // 3}:
            started_postgresql.stop(signal.SIGQUIT if number == kills // 3 else signal.SIGINT)
            await asyncio.sleep(1)
            await asyncio.to_thread(started_postgresql.start)
        await asyncio.gather(*returning)
        await replicas[number % 2].kill()
        returning = [asyncio.create_task(replicas[number % 2].begin())]
    await asyncio.gather(*returning)
    await until(lambda: left(fake, chats, each) == 0, 120)
    await asyncio.sleep(3)
    counted = Counter({chat: len(told(fake, chat)) for chat in chats})
    twice = counted.total() - total
    print(f"{total} questions, {kills} kills, 2 restarts: 0 lost, {twice} twice")  # noqa: T201
    assert [list(dict.fromkeys(told(fake, chat))) for chat in chats] == [list(range(each))] * len(chats)
    assert twice <= (kills + 2 * 2) * SENDS_AT_ONCE
