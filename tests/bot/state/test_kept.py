"""The contract of the engines of state: what users and administrators have the bot keep."""

from __future__ import annotations

import time
from dataclasses import replace

from bot.history import Answered
from bot.state import bindings, broadcasts, digests, pins, records, users, watches
from bot.state.base import State
from bot.state.bindings import Binding
from bot.state.digests import Digest
from bot.state.pins import Pin
from bot.state.watches import Watch
from tests.bot.state.test_state import asked


async def test_a_collection_is_opened_once_and_the_latest_invitation_holds(state: State) -> None:
    own, of_thread = Binding("hr", 7), Binding("law", 7, 3)
    for binding in (own, own, of_thread, Binding("law", 8)):
        await state.run(lambda db, binding=binding: bindings.bind(db, binding))  # type: ignore[misc]
    assert state.read(bindings.bindings) == [own, of_thread, Binding("law", 8)]
    assert state.read(lambda db: bindings.opened(db, 7, 3)) == {"hr", "law"}
    await state.run(lambda db: bindings.unbind(db, own))
    assert state.read(lambda db: bindings.opened(db, 7, 0)) == set()
    for code in ("first", "second"):
        await state.run(lambda db, code=code: bindings.invite(db, "hr", code))  # type: ignore[misc]
    assert [state.read(lambda db, code=code: bindings.invited(db, code)) for code in ("first", "second")] == ["", "hr"]  # type: ignore[misc]


async def test_a_broadcast_goes_on_where_it_stopped(state: State) -> None:
    for user in (9, 8, 7):
        await state.run(lambda db, user=user: records.record(db, asked(user, "؟", user), "answered"))  # type: ignore[misc]
    await state.run(lambda db: users.admit(db, 10))
    await state.run(lambda db: users.set_blocked(db, 8, 1.0))
    assert state.read(lambda db: broadcasts.users(db, 0, 9)) == [7, 9, 10]
    assert [await broadcasts.count_users(state, together) for together in (1, 2, 3, 9)] == [3] * 4
    assert state.read(lambda db: broadcasts.users(db, 7, 1)) == [9]
    await state.run(lambda db: broadcasts.draft(db, 2**60, 7, "خبر"))
    assert state.read(broadcasts.running) is None
    await state.run(lambda db: broadcasts.start(db, 2**60))
    await state.run(lambda db: broadcasts.advance(db, 2**60, 9, 2))
    found = state.read(broadcasts.running)
    assert found == broadcasts.Broadcast(2**60, 7, "خبر", 9, 2)
    await state.run(lambda db: broadcasts.purge(db, -1))
    assert state.read(lambda db: broadcasts.is_in(db, 2**60, "running"))
    await state.run(lambda db: broadcasts.stop(db, 2**60))
    await state.run(lambda db: broadcasts.purge(db, -1))
    assert not state.read(lambda db: broadcasts.is_in(db, 2**60, "ended"))


async def test_a_digest_takes_the_place_of_one_like_it_and_is_told_once(state: State) -> None:
    digest = Digest(0, 7, 7, 0, "فوتبال", 1, 9, 5, 100.0)
    for days in (1, 7):
        await state.run(lambda db, days=days: digests.keep(db, replace(digest, days=days)))  # type: ignore[misc]
    await state.run(lambda db: digests.keep(db, replace(digest, topic="", next=50.0)))
    first, second = state.read(lambda db: digests.due(db, 100.0))
    assert (first.topic, second.topic, second.days) == ("", "فوتبال", 7)
    assert await state.run(lambda db: digests.told(db, first, 9, 200.0))
    assert not await state.run(lambda db: digests.told(db, first, 9, 200.0))
    assert [one.since for one in state.read(lambda db: digests.of_user(db, 7))] == [5, 9]
    await state.run(lambda db: digests.end(db, first.key, 7))
    await state.run(lambda db: digests.forget(db, 7))
    assert state.read(lambda db: digests.of_user(db, 7)) == []


async def test_the_newest_pin_to_a_question_is_shown_where_it_may(state: State) -> None:
    now = time.time()
    pin = Pin(0, "sense", "؟", "یک", frozenset(), now - 2, now + 60)
    closed = replace(pin, words="دو", opened=frozenset({"hr"}), made=now - 1)
    for one in (pin, closed, replace(closed, words="سه\0"), replace(pin, sense="old", expires=now - 1)):
        await state.run(lambda db, one=one: pins.pin(db, one))  # type: ignore[misc]
    assert [one.words.strip("\0\ufffd") for one in state.read(pins.pins)] == ["یک", "سه"]
    hr = frozenset({"hr"})
    found = [state.read(lambda db, opened=opened: pins.pinned(db, "sense", opened)) for opened in (frozenset(), hr)]  # type: ignore[misc]
    assert [one and one.opened for one in found] == [frozenset(), hr]
    await state.run(pins.purge)
    await state.run(lambda db: pins.unpin(db, found[1].key if found[1] else 0))
    assert [one.words for one in state.read(pins.pins)] == ["یک"]


async def test_a_question_that_waits_is_told_each_story_once(state: State) -> None:
    watch = Watch(0, 7, 7, None, 5, "یک؟", (Answered("پیش؟", "a.md", 3),), 4, 1.0)
    for one in (watch, watch, replace(watch, text="دو؟"), replace(watch, text="سه؟")):
        await state.run(lambda db, one=one: watches.keep(db, one, ("v", 1, 4), 2))  # type: ignore[misc]
    kept = state.read(lambda db: watches.of_user(db, 7))
    assert [one.text for one in kept] == ["یک؟", "دو؟"]
    assert kept[0] == replace(watch, key=kept[0].key)
    assert state.read(lambda db: watches.some(db, [one.key for one in kept] + [99])) == kept
    assert state.read(lambda db: watches.some(db, [])) == []
    await state.run(lambda db: watches.put_words(db, "v", {one.key: one.text for one in kept}))
    assert [row[3:] for row in state.read(watches.words)] == [("یک؟", "v"), ("دو؟", "v")]
    told = [
        await state.run(lambda db, last=last: watches.tell(db, kept[0], last, ("a",), ("a", "a")))  # type: ignore[misc]
        for last in (5, 5, 6)
    ]
    assert told == [True, False, False]
    assert state.read(watches.done) == ["v", 1, 4]
    await state.run(lambda db: watches.finish(db, ("v", 2, 6), anew=True))
    assert [one.since for one in state.read(lambda db: watches.of_user(db, 7))] == [0, 0]
    await state.run(lambda db: watches.end(db, kept[0].key, 7))
    await state.run(lambda db: watches.purge(db, 1.0))
    assert state.read(watches.count) == 0


async def test_an_answer_whose_question_was_recorded_again_keeps_what_it_has(state: State) -> None:
    await state.run(lambda db: records.record(db, asked(1, "یک؟", message=5), "answered"))
    await state.run(lambda db: records.set_reply(db, 1, 0, 20))
    await state.run(lambda db: records.record(db, asked(2, "دو؟", message=5), "not_found"))
    assert state.read(lambda db: records.question(db, 1)) is None
    assert state.read(lambda db: records.question(db, 2)) == replace(asked(2, "دو؟", message=5), replies=(20,))
    for verdict in ("wrong", "right"):
        assert await state.run(lambda db, verdict=verdict: records.judge(db, 2, 7, verdict))  # type: ignore[misc]
    assert [gap.reason for gap in state.read(records.gaps)] == ["not_found"]
    await state.run(lambda db: records.close_gap(db, 2))
    await state.run(lambda db: records.unjudge(db, 2, 7))
    assert state.read(records.gaps) == []
