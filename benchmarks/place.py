"""Where the files of one size of the scale benchmark are, and the few things that all its processes do."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from benchmarks.synthetic import Question

Figures = dict[str, float]


@dataclass(frozen=True)
class Place:
    """Where the files of one size are, and who is measured.

    Args:
        folder: holds the folder `corpus`, `terms` and `questions.json`, and a folder for each index.
        sentences: the size.
        system: an engine's or a peer's name.
        engine: whether it is an engine of the project.
        budget: seconds that questions are asked for.
        starts: how many whole processes are started.
    """

    folder: str
    sentences: int
    system: str = ""
    engine: bool = True
    budget: float = 30
    starts: int = 5

    @property
    def corpus(self) -> Path:
        """The articles."""
        return Path(self.folder) / "corpus"

    @property
    def terms(self) -> Path:
        """A sentence's terms a line."""
        return Path(self.folder) / "terms"

    @property
    def data(self) -> Path:
        """Where the system keeps its index."""
        return Path(self.folder) / self.system.replace(" ", "-")

    @cached_property
    def questions(self) -> list[Question]:
        """The questions, in random order."""
        rows = json.loads((Path(self.folder) / "questions.json").read_text("utf-8"))
        return [Question(**row) for row in rows]


def pin() -> None:
    """Keep this process on one core."""
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def timed(work: Callable[[], object]) -> float:
    """How many seconds `work` takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def peak_memory() -> int:
    """The most bytes that this process has had in memory."""
    status = Path("/proc/self/status").read_text("ascii", "replace")
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024
