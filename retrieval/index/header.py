"""What is true of a store as a whole."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple, Self

NEVER = datetime.datetime.fromtimestamp(0, datetime.UTC)
"""When the articles of an empty store have changed."""


class Totals(NamedTuple):
    """How much a store holds. The terms of a passage are those of its sentences and of its article's title."""

    articles: int = 0
    passages: int = 0
    sentences: int = 0
    sentence_terms: int = 0
    passage_terms: int = 0

    @classmethod
    def of_article(cls, title: str, contexts: Iterable[str], passages: int, sentences: int, terms: int) -> Self:
        """Those of one article.

        Args:
            title: the terms of its title, separated by spaces.
            contexts: the terms of the contexts of its passages, likewise.
            passages: how many it has.
            sentences: how many it has.
            terms: how many its sentences have.
        """
        named = passages * len(title.split()) + sum(len(context.split()) for context in contexts)
        return cls(1, passages, sentences, terms, terms + named)


class Header(NamedTuple):
    """The table `meta`, a row a field; the defaults are those of an empty store.

    Args:
        version: of the analysis, see `retrieval.system.versions.analysis`.
        state: the fingerprint of the source's files and their states.
        totals: how much the store holds.
        next: the number that the next sentence gets.
        generation: how often the articles have changed; the engine's folder has this number.
        updated: when the articles last changed.
        bytes: the size of the source's files.
    """

    version: str = ""
    state: str = ""
    totals: Totals = Totals()
    next: int = 0
    generation: int = 0
    updated: datetime.datetime = NEVER
    bytes: int = 0

    @classmethod
    def of_rows(cls, rows: Mapping[str, object]) -> Header:
        """The header whose `rows` were written. Names that are no field are ignored.

        Raises:
            ValueError: a value is damaged.
        """
        try:
            return cls()._replace(**{name: _READ[name](str(value)) for name, value in rows.items() if name in _READ})
        except TypeError as error:
            raise ValueError(f"its totals are {rows['totals']}") from error

    def rows(self) -> list[tuple[str, object]]:
        """The fields by name, as SQLite takes them."""
        written = {"totals": json.dumps(self.totals), "updated": self.updated.isoformat(timespec="seconds")}
        return list((self._asdict() | written).items())


def _totals(written: str) -> Totals:
    return Totals(*map(int, json.loads(written)))


_READ: dict[str, Callable[[str], Any]] = {
    "version": str,
    "state": str,
    "totals": _totals,
    "next": int,
    "generation": int,
    "updated": datetime.datetime.fromisoformat,
    "bytes": int,
}
