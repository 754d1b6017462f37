"""The lists of HTML while they are read: numbered items, and terms with what is said of them."""

from __future__ import annotations

from retrieval.corpus.composing import Composition
from retrieval.types import Kind

MAX_NUMBER = 10_000
"""What the first item of a list may be numbered."""


class ItemList:
    """A list that is open: gives its items their numbers and levels.

    Args:
        found: what the items are added to.
        level: of its items.
        number: of the next item; None where they have none.
    """

    def __init__(self, found: Composition, level: int = 0, number: int | None = None) -> None:
        self._found, self.level, self._number, self._marker = found, level, number, ""

    def open_item(self) -> None:
        """An item begins; its first words have its number before them."""
        if self._number is not None:
            self._marker = f"{self._number}. "
            self._number += 1

    def add(self, text: str) -> None:
        """Words of an item."""
        self._found.add(Kind.ITEM, self._marker + text, self.level)
        self._marker = ""


class TermList:
    """A list of terms, and what is said of them, that is open."""

    def __init__(self, found: Composition) -> None:
        self._found, self._term, self._is_explained = found, "", True

    def add_term(self, text: str) -> None:
        """A term."""
        self.close()
        self._term, self._is_explained = text, False

    def add(self, text: str) -> None:
        """What is said of the term above."""
        self._found.add(*((Kind.PAIR, f"{self._term}: {text}") if self._term else (Kind.PARAGRAPH, text)))
        self._is_explained = True

    def close(self) -> None:
        """A term of which nothing is said is kept."""
        if not self._is_explained:
            self._found.add(Kind.PARAGRAPH, self._term)
        self._term, self._is_explained = "", True
