"""Questions that are asked of a cluster, so many a second, while something happens to it."""

from __future__ import annotations

import threading
import time
from typing import NamedTuple

from tests.retrieval.cluster.machines import Machine

A_SECOND = 10
"""Questions a second."""


class Asked(NamedTuple):
    """A question: when it was asked, how long it took, whether the right article came first, and what went wrong."""

    at: float
    seconds: float
    right: bool
    in_part: bool
    error: str


class Asker(threading.Thread):
    """Asks one question after the other until it is stopped."""

    def __init__(self, machine: Machine, questions: list[tuple[str, str]]) -> None:
        super().__init__(daemon=True)
        self._retriever, self._questions = machine.retriever(), questions
        self._stopped = threading.Event()
        self.asked: list[Asked] = []
        self.start()

    def run(self) -> None:
        for place in range(1_000_000):
            if self._stopped.wait(1 / A_SECOND):
                return
            question, wanted = self._questions[place % len(self._questions)]
            began, before = time.monotonic(), self._retriever.index.in_part
            try:
                hits, error = self._retriever.search(question, 3), ""
            except Exception as failed:  # noqa: BLE001  # whatever it is, it is counted
                hits, error = [], repr(failed)
            right = bool(hits) and hits[0].article.id == wanted
            in_part = self._retriever.index.in_part != before
            self.asked.append(Asked(began, time.monotonic() - began, right, in_part, error))

    def stop(self) -> list[Asked]:
        self._stopped.set()
        self.join(30)
        return self.asked
