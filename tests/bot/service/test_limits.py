"""How much may be asked in a minute."""

from __future__ import annotations

from bot.service.limits import Leave, Limits


def test_who_asks_too_much_is_told_so_once_a_minute() -> None:
    now = [0.0]
    limits = Limits(2, 3, lambda: now[0])
    assert [limits.ask(1) for _ in range(4)] == [Leave.ANSWER, Leave.ANSWER, Leave.EXCUSE, Leave.SILENCE]
    assert [limits.ask(2), limits.ask(3), limits.ask(3)] == [Leave.ANSWER, Leave.EXCUSE, Leave.SILENCE]
    now[0] = 61.0
    assert [limits.ask(1), limits.ask(3)] == [Leave.ANSWER, Leave.ANSWER]


def test_without_limits_everything_is_answered_and_nothing_counted() -> None:
    limits = Limits(0, 0)
    assert {limits.ask(1) for _ in range(1000)} == {Leave.ANSWER}
