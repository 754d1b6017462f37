"""A progress bar for work that takes longer than a second."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Item = TypeVar("Item")

SECONDS_BEFORE_BAR = 1.0
"""Seconds of work before the bar appears."""


def track(amounts: Iterable[int], total: int) -> Iterator[int]:
    """Pass amounts of work on while they are indexed, with a bar (see `track_items`).

    Args:
        amounts: what is done, piece by piece, in any unit.
        total: the sum of all amounts.
    """
    return _tracked(amounts, total, "Indexing", int)


def track_items(items: Iterable[Item], total: int, about: str) -> Iterator[Item]:
    """Pass items on. After `SECONDS_BEFORE_BAR` a bar appears on standard error, if that is a terminal.

    Args:
        items: as they are done.
        total: how many there are.
        about: what is being done, for people to read.
    """
    return _tracked(items, total, about, lambda _: 1)


def _tracked(items: Iterable[Item], total: int, about: str, size: Callable[[Item], int]) -> Iterator[Item]:
    began, done = time.monotonic(), 0
    rest = iter(items)
    for item in rest:
        yield item
        done += size(item)
        if time.monotonic() - began > SECONDS_BEFORE_BAR and sys.stderr.isatty():
            yield from _with_bar(rest, total, about, size, done)


def _with_bar(items: Iterable[Item], total: int, about: str, size: Callable[[Item], int], done: int) -> Iterator[Item]:
    from rich.console import Console  # noqa: PLC0415  # a quick answer does not wait for it
    from rich.progress import Progress  # noqa: PLC0415

    with Progress(console=Console(stderr=True)) as bar:
        task = bar.add_task(about, total=total, completed=done)
        for item in items:
            bar.advance(task, size(item))
            yield item
