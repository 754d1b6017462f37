"""Batches of records, what the analysis makes of them, and who may analyse them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from retrieval.corpus.readers.record import RawRecord
from retrieval.index.stored_article import AnalysedArticle


class Fault(NamedTuple):
    """Why a record is no article: the arguments of a `FaultError`, which can go from process to process."""

    reason: str
    remedy: str
    line: int | None


class Task(NamedTuple):
    """A record to analyse, and the digest by which the store will know it (16 bytes)."""

    record: RawRecord
    digest: bytes


Result = AnalysedArticle | Fault
Numbers = NDArray[np.int32]
Enter = Callable[[Sequence[str]], Numbers]
"""Units → their numbers in the store, new ones where they have none; int32, in the order of the units."""


class Batch(NamedTuple):
    """The results of some tasks.

    A process numbers the units as it meets them; its results hold these numbers. They are translated into the store's.

    Args:
        analyst: the id of the process.
        anew: whether its numbering begins anew with this batch, from 0.
        words: the units that it has numbered since its last batch, in the order of their numbers.
        results: one for each task.
    """

    analyst: int
    anew: bool
    words: list[str]
    results: list[Result]


class Elsewhere(Protocol):
    """Other machines that analyse batches."""

    def places(self) -> int:
        """How many batches may be there at once."""
        ...

    def offer(self, tasks: Sequence[Task]) -> Callable[[], Batch]:
        """Let another machine analyse a batch; returns what waits for it. Its numbering begins anew."""
        ...
