"""A stored index kept up to date by a process of its own, beside the one that answers."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from retrieval.corpus.folder import Folder
from retrieval.indexing.opening import kept_index
from retrieval.indexing.spec import IndexSpec
from retrieval.text import lexicon
from retrieval.text.analyzer import Analyzer


class Report(NamedTuple):
    """What became of an index.

    Args:
        changed: whether it holds anything else now.
        generation: how often the articles have changed so far.
        lines: what to tell of it: what could not be read, what was given up.
    """

    changed: bool
    generation: int
    lines: tuple[str, ...]


def refresh_stored(corpus: Path, engine: str, data: Path) -> Report:
    """Bring the stored index of a corpus up to date; meant to run again and again in one process.

    Args:
        corpus: see `Retriever.from_corpus`.
        engine: the engine's name.
        data: the folder of stored indexes.

    Raises:
        CorpusError, EngineError, IndexStoreError: see `KeptIndex.follow`.
    """
    lines: list[str] = []
    refreshed = kept_index(Folder(corpus), data, IndexSpec(engine, _analyzer(data), lines.append)).follow()
    left_out = (f"left out: {problem}" for problem in refreshed.problems)
    return Report(bool(refreshed.change), refreshed.generation, (*lines, *left_out))


def warm(data: Path) -> None:
    """Load what `refresh_stored` needs, and give way to whoever answers."""
    _analyzer(data)
    if hasattr(os, "nice"):
        os.nice(10)


@lru_cache(1)
def _analyzer(data: Path) -> Analyzer:
    return Analyzer(lexicon.load(data))
