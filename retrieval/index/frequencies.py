"""Whether the frequencies of a summary are those of the passages in the cluster."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from retrieval.errors import DamagedError
from retrieval.index.passage_format import unpack
from retrieval.index.summary import Summary
from retrieval.index.unit_table import tabulate


class Frequencies:
    """In how many sentences and passages terms occur, while passages come and go."""

    def __init__(self) -> None:
        self.sentences: Counter[str] = Counter()
        self.passages: Counter[str] = Counter()

    def add(self, named: str, sentences: Iterable[str], sign: int = 1) -> None:
        """Count a passage.

        Args:
            named: the terms of its article's title and of its own context, separated by spaces.
            sentences: the terms of each of its sentences, likewise.
            sign: 1 for a passage that comes, -1 for one that goes.
        """
        within = set(named.split())
        for terms in map(set, map(str.split, sentences)):
            within |= terms
            _count(self.sentences, terms, sign)
        _count(self.passages, within, sign)


def _count(counter: Counter[str], terms: Iterable[str], sign: int) -> None:
    if sign > 0:
        counter.update(terms)
    else:
        counter.subtract(terms)


def check_frequencies(summary: Summary, passages: Iterable[tuple[int, int, str, bytes]]) -> None:
    """Count all terms anew.

    Args:
        summary: what it tells is compared.
        passages: all of them; see `ReadableStore.all_passages`.

    Raises:
        DamagedError: a passage is damaged, or a term occurs more often or less than the summary tells.
    """
    names, counted = summary.units.names(), Frequencies()
    for _, _, named, record in passages:
        counted.add(named, tabulate([unpack(record)]).terms(names))
    told = summary.rows("SELECT name, sentences, passages FROM frequency JOIN unit USING (number) WHERE passages > 0")
    found = {name: (counted.sentences[name], passages) for name, passages in counted.passages.items()}
    wrong = {name for name, *both in told if found.get(name) != tuple(both)} | (found.keys() - {row[0] for row in told})
    if wrong:
        raise DamagedError(f"{summary.path}: the frequencies of {len(wrong)} terms are not those of the passages")
