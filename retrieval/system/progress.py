"""A progress bar for what takes longer than a moment."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator

PATIENCE = 1.0
"""Seconds of work before a bar appears."""


def track(amounts: Iterable[int], total: int) -> Iterator[int]:
    """Pass amounts of work on, with a bar on standard error, where that is a terminal, once it takes a while.

    Args:
        amounts: as they are done.
        total: what they add up to.
    """
    began, done = time.monotonic(), 0
    rest = iter(amounts)
    for amount in rest:
        yield amount
        done += amount
        if time.monotonic() - began > PATIENCE and sys.stderr.isatty():
            yield from _with_bar(rest, done, total)


def _with_bar(amounts: Iterable[int], done: int, total: int) -> Iterator[int]:
    from rich.console import Console  # noqa: PLC0415  # a quick answer does not wait for it
    from rich.progress import Progress  # noqa: PLC0415

    with Progress(console=Console(stderr=True)) as bar:
        task = bar.add_task("Indexing", total=total, completed=done)
        for amount in amounts:
            bar.advance(task, amount)
            yield amount
