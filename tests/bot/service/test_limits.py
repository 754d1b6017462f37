"""How much may be asked in a minute."""

from __future__ import annotations

from bot.service.limits import MINUTE, PAUSE_SECONDS, Leave, Limits


def test_who_asks_too_much_is_told_so_once_a_minute() -> None:
    now = [0.0]
    limits = Limits(2, 3, lambda: now[0])
    assert [limits.ask(1, 5) for _ in range(4)] == [Leave.ANSWER, Leave.ANSWER, Leave.EXCUSE, Leave.SILENCE]
    assert [limits.ask(2, 5), limits.ask(3, 5), limits.ask(3, 5)] == [Leave.ANSWER, Leave.EXCUSE, Leave.SILENCE]
    now[0] = 61.0
    assert [limits.ask(1, 5), limits.ask(3, 5)] == [Leave.ANSWER, Leave.ANSWER]


def test_without_limits_everything_is_answered_and_nothing_counted() -> None:
    limits = Limits(0, 0)
    assert {limits.ask(1, 5) for _ in range(1000)} == {Leave.ANSWER}


def test_who_asks_in_several_places_is_told_in_each() -> None:
    limits = Limits(1, 0, lambda: 0.0)
    assert limits.ask(1, 5) is Leave.ANSWER
    assert [limits.ask(1, place) for place in (None, None, 5, 6, 5)] == [
        *(Leave.EXCUSE, Leave.EXCUSE, Leave.EXCUSE, Leave.EXCUSE, Leave.SILENCE),
    ]


def test_what_is_typed_counts_once_a_pause_and_apart_from_what_is_sent() -> None:
    now = [0.0]
    limits = Limits(2, 0, lambda: now[0])

    def types(letters: int) -> set[Leave]:
        now[0] += PAUSE_SECONDS
        found = set()
        for _ in range(letters):
            found.add(limits.type(1))
            now[0] += PAUSE_SECONDS / 4
        return found

    assert [types(20), types(20), types(20)] == [{Leave.ANSWER}, {Leave.ANSWER}, {Leave.EXCUSE}]
    assert [limits.ask(1, 5) for _ in range(3)] == [Leave.ANSWER, Leave.ANSWER, Leave.EXCUSE]
    now[0] += MINUTE
    assert types(1) == {Leave.ANSWER}


def test_who_never_pauses_is_counted_every_minute() -> None:
    now = [0.0]
    limits = Limits(0, 1, lambda: now[0])
    answered = []
    for _ in range(200):
        answered.append(limits.type(1) is Leave.ANSWER)
        now[0] += 1.0
    assert all(answered)
    assert limits.ask(2, 5) is Leave.EXCUSE


def test_who_never_asks_again_takes_no_memory() -> None:
    now = [0.0]
    limits = Limits(2, 0, lambda: now[0])
    for user in range(1000):
        limits.ask(user, 5)
    now[0] += MINUTE
    limits.ask(1, 5)
    assert len(limits._asked) == 1
