"""How much may be asked in a minute, by one user and by all together."""

from __future__ import annotations

import math
import time
from collections import deque
from collections.abc import Callable
from enum import Enum
from typing import NamedTuple

MINUTE = 60.0

PAUSE_SECONDS = 2.0
"""Who types nothing for so long has paused."""


class Leave(Enum):
    """How a question is met."""

    ANSWER = "it is answered"
    EXCUSE = "the user is told to wait"
    SILENCE = "nothing: the user was told within the last minute"


class Way(Enum):
    """How something is asked. What is asked in one way leaves what may be asked in the other as it is."""

    SENT = "a message or a button"
    TYPED = "while it is typed, again with each letter"


class _Typing(NamedTuple):
    """What a user types without a pause: when it began and went on, and whether it is answered."""

    began: float
    went_on: float
    leave: Leave


class Limits:
    """Counts the questions of the last minute.

    Args:
        user_rate: how many questions one user may ask in a minute; 0 for any number.
        total_rate: the same for all users together.
        clock: gives seconds that never go back.
    """

    def __init__(self, user_rate: int, total_rate: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._user_rate, self._total_rate = user_rate, total_rate
        self.share = 1.0
        """The share of all chats whose questions are counted here; the limit of all users together is divided so."""
        self._clock = clock
        # The times of the last minute's questions: of each user in each way, and of all together under None.
        self._asked: dict[tuple[int, Way] | None, deque[float]] = {}
        self._excused: dict[tuple[int, int], float] = {}
        self._typing: dict[int, _Typing] = {}
        self._swept = clock()

    def ask(self, user: int, place: int | None) -> Leave:
        """How a user's question is met. A question that is answered is counted.

        Args:
            user: who asks.
            place: where the user is told to wait, once a minute; None where it is told each time.
        """
        now = self._clock()
        if self._is_counted(user, Way.SENT, now):
            return Leave.ANSWER
        if place is None:
            return Leave.EXCUSE
        if now - self._excused.get((user, place), -MINUTE) < MINUTE:
            return Leave.SILENCE
        self._excused = {who: at for who, at in self._excused.items() if now - at < MINUTE} | {(user, place): now}
        return Leave.EXCUSE

    def type(self, user: int) -> Leave:
        """How what a user types is met: answered, or excused. What is typed without a pause counts once a minute."""
        now, typing = self._clock(), self._typing.get(user)
        if typing is not None and now - typing.went_on < PAUSE_SECONDS and now - typing.began < MINUTE:
            self._typing[user] = typing._replace(went_on=now)
            return typing.leave
        leave = Leave.ANSWER if self._is_counted(user, Way.TYPED, now) else Leave.EXCUSE
        going_on = {who: one for who, one in self._typing.items() if now - one.went_on < PAUSE_SECONDS}
        self._typing = going_on | {user: _Typing(now, now, leave)}
        return leave

    def _is_counted(self, user: int, way: Way, now: float) -> bool:
        """Whether a question is within the limits; then it is counted."""
        if now - self._swept >= MINUTE:  # who never asks again is forgotten too
            self._asked = {who: times for who, times in self._asked.items() if now - times[-1] < MINUTE}
            self._swept = now
        total = max(math.ceil(self._total_rate * self.share), 1) if self._total_rate else 0
        limits = {who: rate for who, rate in (((user, way), self._user_rate), (None, total)) if rate}
        if not all(self._count(who, now) < rate for who, rate in limits.items()):
            return False
        for who in limits:
            self._asked.setdefault(who, deque()).append(now)
        return True

    def _count(self, who: tuple[int, Way] | None, now: float) -> int:
        """The questions of the last minute; older ones are forgotten."""
        times = self._asked.get(who, deque())
        while times and now - times[0] >= MINUTE:
            times.popleft()
        if not times:
            self._asked.pop(who, None)
        return len(times)
