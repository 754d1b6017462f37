"""How long to wait before what failed is tried again."""

from __future__ import annotations

import random
from dataclasses import dataclass

from bot.errors import PutOffError

_MOST_DOUBLINGS = 16
"""Keeps the power small however often something has failed; the longest pause is reached long before."""


@dataclass(frozen=True, slots=True)
class Backoff:
    """Pauses that double with each failure.

    Args:
        first: seconds after the first failure.
        longest: seconds at the most.
        spread: draw each pause evenly between 0 and that length, so that those who failed together do not come back
            together (M. Brooker, «Exponential Backoff and Jitter», AWS Architecture Blog, 2015).
    """

    first: float
    longest: float
    spread: bool = False

    def pause(self, failures: int, error: Exception | None = None) -> float:
        """Seconds to wait now; where the server named a time, that time.

        Args:
            failures: how often it has failed in a row, 1 or more.
            error: the last failure.
        """
        if isinstance(error, PutOffError) and error.after:
            return error.after
        length = min(self.first * 2.0 ** min(failures - 1, _MOST_DOUBLINGS), self.longest)
        return length * random.random() if self.spread else length  # noqa: S311  # nothing secret depends on it
