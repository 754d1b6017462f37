"""The contract of the engines of state: what is written, read, waited for and forgotten."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace

import pytest

from bot.errors import StateError
from bot.history import Answered
from bot.state import inbox, outbox, records, topics, users
from bot.state.base import Connection, State
from bot.state.inbox import Arrival
from bot.state.opening import opened
from bot.state.outbox import Outgoing
from bot.state.records import Asked, Gap
from bot.state.topics import MAX_TOPICS_IN_MEMORY, TopicKey, Topics


def asked(key: int, text: str, user: int = 7, message: int | None = None) -> Asked:
    return Asked(key, user, user, message or key, text, (), (Answered(text, "a.md", 3),), (("a.md", 3, "نقل"),))


async def test_an_update_is_taken_once_and_waits_until_it_is_done(state: State) -> None:
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


async def test_parked_updates_are_counted_and_kept_for_a_while(state: State) -> None:
    (entry,) = await state.run(lambda db: inbox.store(db, [Arrival(None, 0, "nonsense")]))
    await state.run(lambda db: inbox.park(db, entry.key, "why"))
    assert await state.run(inbox.counts) == {"pending": 0, "parked": 1}
    await state.run(lambda db: inbox.purge(db, 60))
    assert (await state.run(inbox.counts))["parked"] == 1
    await state.run(lambda db: inbox.purge(db, -1))
    assert (await state.run(inbox.counts))["parked"] == 0


async def test_work_that_fails_is_undone_and_harms_no_other(state: State) -> None:
    def fails(db: Connection) -> None:
        users.admit(db, 1)
        raise KeyError("on purpose")

    results = await asyncio.gather(
        state.run(lambda db: users.admit(db, 2)),
        state.run(fails),
        state.run(lambda db: users.admit(db, 3)),
        return_exceptions=True,
    )
    assert [type(result) for result in results] == [type(None), KeyError, type(None)]
    assert [await state.run(lambda db, n=n: users.is_admitted(db, n)) for n in (1, 2, 3)] == [False, True, True]  # type: ignore[misc]


async def test_what_has_happened_is_written_once_the_disk_takes_it(
    state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(state._committer, "_retry_seconds", 0.01)  # type: ignore[attr-defined]
    tries: list[int] = []

    def full_at_first(db: Connection) -> None:
        tries.append(1)
        if len(tries) < 3:
            raise StateError("database or disk is full")
        users.admit(db, 7)

    await state.insist(full_at_first)
    assert (len(tries), state.read(lambda db: users.is_admitted(db, 7))) == (3, True)


async def test_what_is_to_be_sent_waits_in_order_until_it_is_settled(state: State) -> None:
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


async def test_what_is_waiting_is_written_when_the_state_is_closed(address: str) -> None:
    first = opened(address)
    work = asyncio.create_task(first.run(lambda db: users.admit(db, 7)))
    await asyncio.sleep(0)
    await first.close()
    await work
    second = opened(address)
    assert second.read(lambda db: users.is_admitted(db, 7))
    with pytest.raises(StateError, match=r"readonly|read-only"):
        second.read(lambda db: users.admit(db, 8))
    await second.close()


async def test_the_messages_of_an_answer_are_remembered_part_by_part(state: State) -> None:
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


async def test_questions_are_found_judged_and_forgotten(state: State) -> None:
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


async def test_topics_are_those_on_disk_and_the_latest_are_not_read_again(state: State) -> None:
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


async def test_what_is_older_than_the_retention_is_deleted(state: State) -> None:
    await state.run(lambda db: records.record(db, asked(1, "یک؟"), "answered"))
    await state.run(lambda db: topics.set_history(db, TopicKey(7, 0, 7), (Answered("یک؟", "a.md", 3),)))
    await state.run(lambda db: records.purge(db, 60))
    assert await state.run(lambda db: topics.history(db, TopicKey(7, 0, 7))) == (Answered("یک؟", "a.md", 3),)
    await state.run(lambda db: records.purge(db, -1))
    assert await state.run(lambda db: topics.history(db, TopicKey(7, 0, 7))) == ()
    assert await state.run(lambda db: records.question(db, 1)) is None


async def test_who_blocks_is_known_until_they_do_not(state: State) -> None:
    assert state.read(lambda db: users.blocked_since(db, 7)) is None
    await state.run(lambda db: users.set_blocked(db, 7, 12.0))
    assert state.read(lambda db: users.blocked_since(db, 7)) == 12.0
    await state.run(lambda db: users.set_blocked(db, 7, None))
    assert state.read(lambda db: users.blocked_since(db, 7)) is None
