"""How much may be asked in a minute, by one user and by all together."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from enum import Enum

MINUTE = 60.0


class Leave(Enum):
    """What a question may expect."""

    ANSWER = "answer"
    EXCUSE = "excuse"
    SILENCE = "silence"


class Limits:
    """Counts the questions of the last minute.

    Args:
        of_one: how many one user may ask in a minute; 0 for any number.
        of_all: the same for all users together.
        clock: seconds that only grow.
    """

    def __init__(self, of_one: int, of_all: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._limits = {True: of_one, False: of_all}
        self._clock = clock
        self._asked: dict[int | None, deque[float]] = {}
        self._excused: dict[int, float] = {}

    def ask(self, user: int) -> Leave:
        """Whether a user's question is answered; who asks too much is told so once a minute."""
        now = self._clock()
        if all(
            self._count(one, now) < limit
            for one, limit in ((user, self._limits[True]), (None, self._limits[False]))
            if limit
        ):
            for one in (user, None):
                if self._limits[one is not None]:
                    self._asked.setdefault(one, deque()).append(now)
            return Leave.ANSWER
        if now - self._excused.get(user, -MINUTE) < MINUTE:
            return Leave.SILENCE
        self._excused = {one: at for one, at in self._excused.items() if now - at < MINUTE} | {user: now}
        return Leave.EXCUSE

    def _count(self, one: int | None, now: float) -> int:
        times = self._asked.get(one, deque())
        while times and now - times[0] >= MINUTE:
            times.popleft()
        if not times:
            self._asked.pop(one, None)
        return len(times)
