"""How much may be asked in a minute, by one user and by all together."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from enum import Enum

MINUTE = 60.0


class Leave(Enum):
    """How a question is met."""

    ANSWER = "it is answered"
    EXCUSE = "the user is told to wait"
    SILENCE = "nothing: the user was told within the last minute"


class Limits:
    """Counts the questions of the last minute.

    Args:
        user_rate: how many questions one user may ask in a minute; 0 for any number.
        total_rate: the same for all users together.
        clock: gives seconds that never go back.
    """

    def __init__(self, user_rate: int, total_rate: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._user_rate, self._total_rate = user_rate, total_rate
        self._clock = clock
        # The times of the last minute's questions: of each user, and of all together under None.
        self._asked: dict[int | None, deque[float]] = {}
        self._excused: dict[int, float] = {}

    def ask(self, user: int) -> Leave:
        """How a user's question is met. A question that is answered is counted."""
        now = self._clock()
        limits = {who: rate for who, rate in ((user, self._user_rate), (None, self._total_rate)) if rate}
        if all(self._count(who, now) < rate for who, rate in limits.items()):
            for who in limits:
                self._asked.setdefault(who, deque()).append(now)
            return Leave.ANSWER
        if now - self._excused.get(user, -MINUTE) < MINUTE:
            return Leave.SILENCE
        self._excused = {who: at for who, at in self._excused.items() if now - at < MINUTE} | {user: now}
        return Leave.EXCUSE

    def _count(self, who: int | None, now: float) -> int:
        """The questions of the last minute; older ones are forgotten."""
        times = self._asked.get(who, deque())
        while times and now - times[0] >= MINUTE:
            times.popleft()
        if not times:
            self._asked.pop(who, None)
        return len(times)
