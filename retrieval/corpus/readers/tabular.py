"""Tables."""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.types import Block


def read_table(rows: Sequence[Sequence[str]], title: str) -> tuple[str, tuple[Block, ...], str]:
    """To come."""
    raise NotImplementedError(rows, title)
