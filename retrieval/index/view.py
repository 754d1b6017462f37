"""Some articles of a store, read as if the store held no others.

The tables are shadowed by views of the same names, in the connection itself: whatever is read through it, by whichever
statement, is of these articles. Nothing that is found needs to be sorted out behind.
"""

from __future__ import annotations

import datetime
import os
from collections import Counter
from collections.abc import Callable
from functools import cached_property
from itertools import chain
from operator import add
from pathlib import Path

import numpy as np

from retrieval.index.database import Database
from retrieval.index.header import Header, Totals
from retrieval.index.passage_format import unpack
from retrieval.index.store import Store
from retrieval.index.unit_names import UnitNames
from retrieval.index.unit_table import tabulate
from retrieval.system.arrays import Integers
from retrieval.text.vocabulary import FilteredTrie, Vocabulary

Holds = Callable[[str, int], bool]
"""Whether an article is among those that are read, by the name of its file and its number; the number is 0 where the
file itself is asked about, of which something could not be read.
"""

_SHADOWS = """
CREATE TEMP TABLE IF NOT EXISTS chosen (number INTEGER PRIMARY KEY);
CREATE TEMP TABLE IF NOT EXISTS chosen_file (path BLOB PRIMARY KEY);
CREATE TEMP VIEW article AS SELECT * FROM main.article WHERE number IN (SELECT number FROM chosen);
CREATE TEMP VIEW title AS SELECT * FROM main.title WHERE article IN (SELECT number FROM chosen);
CREATE TEMP VIEW passage AS SELECT * FROM main.passage WHERE article IN (SELECT number FROM chosen);
CREATE TEMP TABLE family (article INTEGER PRIMARY KEY, family INTEGER NOT NULL);
CREATE TEMP TABLE repeat (sentence INTEGER PRIMARY KEY, newer INTEGER NOT NULL);
CREATE TEMP VIEW sketch AS SELECT * FROM main.sketch WHERE 0;
CREATE TEMP VIEW file AS SELECT * FROM main.file WHERE path IN (SELECT path FROM chosen_file);
CREATE TEMP VIEW problem AS SELECT * FROM main.problem WHERE path IN (SELECT path FROM chosen_file);
"""


class View(Store):
    """A store of which some articles alone are read, and nothing is written.

    Args:
        path: the store's file; None where its articles are brought from elsewhere.
        holds: which articles.

    Raises:
        IndexStoreError: see `Store`.
    """

    def __init__(self, path: Path | None, holds: Holds) -> None:
        self.holds = holds
        super().__init__(path)
        self.units = HeardNames(self, self)

    def narrowed(self, holds: Holds) -> View:
        """A view of those of its articles that are also among others."""
        return View(self.path, self.both(holds))

    def both(self, holds: Holds) -> Holds:
        """Which articles are among those of this view and among others."""
        return lambda file, number: self.holds(file, number) and holds(file, number)

    def _connect(self) -> None:
        # Also after a fork, when what is chosen is forgotten: then nothing is read, rather than everything.
        super()._connect()
        self._connection.executescript(_SHADOWS)

    def hold(self) -> None:
        """Begin a snapshot, in which the articles are chosen."""
        super().hold()
        rows = self.rows("SELECT number, path, first, first + sentences FROM main.article ORDER BY first")
        chosen = [row for row in rows if self.holds(os.fsdecode(row[1]), row[0])]
        troubled = {path for (path,) in self.rows("SELECT DISTINCT path FROM main.problem")}
        files = {path for _, path, *_ in chosen} | {path for path in troubled if self.holds(os.fsdecode(path), 0)}
        self.write_all("INSERT INTO chosen VALUES (?)", ((number,) for number, *_ in chosen))
        self.write_all("INSERT INTO chosen_file VALUES (?)", ((path,) for path in files))
        self._choose_copies(np.array([row[2:] for row in chosen], dtype=np.int64).reshape(-1, 2))

    def _choose_copies(self, spans: Integers) -> None:
        """Find the copies among the articles. Of sentences that repeat one which is not read, the newest is repeated.

        Args:
            spans: int64[n, 2], the numbers of the first sentence of each article and of the one behind its last.
        """
        chosen = "SELECT article, family FROM main.family WHERE article IN (SELECT number FROM chosen)"
        families = self.rows(chosen)
        sizes = Counter(family for _, family in families)
        self.write_all("INSERT INTO family VALUES (?, ?)", (row for row in families if sizes[row[1]] > 1))
        newest_first = [(one.first, one.first + one.sentences) for one in self.families.members(a for a, _ in families)]
        versions: dict[int, list[int]] = {}
        for sentence, newer in self.rows("SELECT sentence, newer FROM main.repeat"):
            versions.setdefault(newer, [newer]).append(sentence)
        for several in versions.values():
            read = [sentence for sentence in several if _is_within(sentence, spans)]
            newest = next((one for span in newest_first for one in read if span[0] <= one < span[1]), None)
            self.write_all("INSERT INTO repeat VALUES (?, ?)", ((one, newest) for one in read if one != newest))

    @cached_property
    def header(self) -> Header:
        """The store's header, with the totals of these articles, and when the latest of them was read."""
        titles = dict(self.rows("SELECT article, terms FROM title"))
        contexts: dict[int, list[str]] = {}
        for article, context in self.rows("SELECT article, context FROM passage WHERE context != ''"):
            contexts.setdefault(article, []).append(context)
        totals, latest = Totals(), 0
        for number, *sizes, indexed in self.rows("SELECT number, passages, sentences, terms, indexed FROM article"):
            totals = Totals(*map(add, totals, Totals.of_article(titles[number], contexts.get(number, ()), *sizes)))
            latest = max(latest, indexed)
        updated = datetime.datetime.fromtimestamp(latest, datetime.UTC)
        return Header.of_rows(dict(self.rows("SELECT name, value FROM meta")))._replace(totals=totals, updated=updated)


class HeardNames(UnitNames):
    """The names of units, of which those of some articles alone are words that a question may be corrected to.

    Args:
        view: the articles.
        database: has the names.
    """

    def __init__(self, view: View, database: Database) -> None:
        super().__init__(database)
        self._view = view

    def vocabulary(self) -> Vocabulary:
        """Every unit that one of the articles has."""
        names, passages = self.names(), list(self._view.all_passages())
        numbers = np.unique(tabulate(unpack(record) for *_, record in passages).words).tolist()
        titles = [terms for (terms,) in self._view.rows("SELECT terms FROM title")]
        named = chain.from_iterable(map(str.split, [*titles, *(terms for _, _, terms, _ in passages)]))
        return Vocabulary(FilteredTrie.of({*(names[number] for number in numbers), *named}))


def _is_within(sentence: int, spans: Integers) -> bool:
    place = int(spans[:, 0].searchsorted(sentence, side="right")) - 1
    return place >= 0 and sentence < int(spans[place, 1])
