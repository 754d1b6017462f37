"""The errors that users can cause, as a tree.

PasokhError             one line that names the place and the remedy; `str(error)` is fit to print
├── CorpusError         a corpus, or one of its files, cannot be read
├── EngineError         no such engine, or its library is not installed
├── LexiconError        the word tables cannot be compiled or stored
└── IndexStoreError     a stored index is unreadable or cannot be written
    ├── DamagedError    what is stored is not what was written
    └── ClusterError    a cluster cannot be reached, or refuses what it is asked

The errors of a library are translated at one place in the module that uses it. Any other error is a defect.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


class PasokhError(Exception):
    """Base of all expected errors."""


@dataclass(eq=False)
class CorpusError(PasokhError):
    """A corpus, or a file of it, that cannot be read.

    Args:
        path: the file or folder.
        reason: what is wrong with it.
        remedy: what to do about it.
        line: the 1-based line at fault, where one is.
    """

    path: Path
    reason: str
    remedy: str
    line: int | None = None

    def __str__(self) -> str:
        place = f"{self.path}, line {self.line}" if self.line else f"{self.path}"
        return f"{place}: {self.reason}; {self.remedy}"


class EngineError(PasokhError):
    """An engine that does not exist or is not installed."""


class LexiconError(PasokhError):
    """The lexicon cannot be compiled."""


class IndexStoreError(PasokhError):
    """A stored index that cannot be read or written."""


class DamagedError(IndexStoreError):
    """A stored index that is not what was written."""


class ClusterError(IndexStoreError):
    """A cluster that cannot be reached, or that refuses what it is asked."""
