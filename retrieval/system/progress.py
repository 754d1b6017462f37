"""A progress bar for work that takes longer than a second."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator

SECONDS_BEFORE_BAR = 1.0
"""Seconds of work before the bar appears."""


def track(amounts: Iterable[int], total: int) -> Iterator[int]:
    """Pass amounts of work on. After `SECONDS_BEFORE_BAR` a bar appears on standard error, if that is a terminal.

    Args:
        amounts: what is done, piece by piece, in any unit.
        total: the sum of all amounts.
    """
    began, done = time.monotonic(), 0
    rest = iter(amounts)
    for amount in rest:
        yield amount
        done += amount
        if time.monotonic() - began > SECONDS_BEFORE_BAR and sys.stderr.isatty():
            yield from _with_bar(rest, done, total)


def _with_bar(amounts: Iterable[int], done: int, total: int) -> Iterator[int]:
    from rich.console import Console  # noqa: PLC0415  # a quick answer does not wait for it
    from rich.progress import Progress  # noqa: PLC0415

    with Progress(console=Console(stderr=True)) as bar:
        task = bar.add_task("Indexing", total=total, completed=done)
        for amount in amounts:
            bar.advance(task, amount)
            yield amount
