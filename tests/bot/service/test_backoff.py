"""How long to wait before what failed is tried again."""

from __future__ import annotations

from bot.errors import PutOffError
from bot.service.backoff import Backoff


def test_pauses_double_up_to_the_longest_and_the_server_may_name_one() -> None:
    backoff = Backoff(0.5, 8.0)
    assert [backoff.pause(failures) for failures in (1, 2, 3, 5, 6, 10**6)] == [0.5, 1.0, 2.0, 8.0, 8.0, 8.0]
    assert backoff.pause(6, PutOffError("x", 30.0)) == 30.0
    assert backoff.pause(6, PutOffError("x")) == 8.0
    drawn = [Backoff(0.5, 8.0, spread=True).pause(3) for _ in range(200)]
    assert 0.0 <= min(drawn) < 0.5
    assert 1.5 < max(drawn) <= 2.0
