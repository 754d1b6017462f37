"""Which articles a question is answered from: those of closed folders only where they are opened to who asks.

The articles are chosen before anything is searched; see `Retriever.within`. A library that is not told for whom it
answers has the open articles alone.
"""

from __future__ import annotations

import os
from pathlib import PurePath
from typing import NamedTuple


class Scope(NamedTuple):
    """The articles that somebody may be quoted.

    Args:
        closed: the collections, each by its folder below the corpus. An article belongs to the innermost one that it is
            in, and is open where it is in none.
        opened: those of them whose articles may be quoted.
    """

    closed: frozenset[str] = frozenset()
    opened: frozenset[str] = frozenset()

    def holds(self, file: str, number: int) -> bool:  # noqa: ARG002  # see `Holds`
        """Whether an article is among them, by the name of its file and its number."""
        folder = self.collection_of(file)
        return not folder or folder in self.opened

    def collection_of(self, file: str) -> str:
        """The collection that a file is in; "" for none."""
        parents = (parent.as_posix() for parent in PurePath(file.replace(os.sep, "/")).parents)
        return next((parent for parent in parents if parent in self.closed), "")
