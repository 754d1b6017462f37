"""Copies of one story count once: of the versions of a sentence, one is ranked, and it is no rival of the others."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import numpy as np

from retrieval.engines.base import Candidate, Query
from retrieval.index.reader import IndexReader
from retrieval.query.period import Period
from retrieval.ranking.evidence import Evidence
from retrieval.system.arrays import Integers

WIDENING = 4
"""How many times as many documents are looked for as before, as long as copies take the places of others."""

MAX_NOMINATED = 400
"""Once as many documents have been looked for, the search ends."""


def different(index: IndexReader, query: Query, wanted: Sequence[int]) -> list[list[Candidate]]:
    """The best documents of each level of which none is another version of one before it, best first.

    Args:
        index: what is searched.
        query: for what.
        wanted: how many documents of sentences, and of passages; 0 where a level is not searched.
    """
    asked = list(wanted)
    first: list[list[Candidate]] = [[] for _ in wanted]
    lacking = [level for level, k in enumerate(wanted) if k > 0]
    while lacking:
        found = index.nominate(query, [k if level in lacking else 0 for level, k in enumerate(asked)])
        for level in tuple(lacking):
            first[level] = _first_versions(found[level], index)
            enough = len(first[level]) >= wanted[level] or len(found[level]) < asked[level]
            if enough or asked[level] >= MAX_NOMINATED:
                lacking.remove(level)
            asked[level] *= WIDENING
    return [level[:k] for level, k in zip(first, wanted, strict=True)]


def _first_versions(found: Sequence[Candidate], index: IndexReader) -> list[Candidate]:
    newest = index.repeats.newest(one.document for one in found)
    if not newest:
        return list(found)
    versions = {newest.get(one.document, one.document): one for one in reversed(found)}
    kept = set(versions.values())
    return [one for one in found if one in kept]


def with_versions(sentences: Sequence[int], index: IndexReader, period: Period | None) -> list[int]:
    """Some sentences and the newest versions of them; all versions where a question names a time, ascending."""
    found = {*sentences, *index.repeats.newest(sentences).values()}
    older = index.repeats.repeating(found) if period else ()
    return sorted(found.union(older))


def one_of_each(evidence: Evidence) -> Integers:
    """The rows to rank: of the versions of a sentence, the newest one, or the newest of the time that is asked about.

    Where none is of that time, the newest one.
    """
    newest = evidence.index.repeats.newest(evidence.numbers.tolist())
    if not newest:
        return np.arange(len(evidence.numbers))
    days, period = evidence.block.days, evidence.question.when.period
    best: dict[int, tuple[tuple[bool, str, bool], int]] = {}
    for row, (number, passage) in enumerate(zip(evidence.numbers.tolist(), evidence.passages.of.tolist(), strict=True)):
        version = newest.get(number, number)
        day = days[passage]
        rank = (_is_in(day, period), day, number == version)
        if version not in best or rank > best[version][0]:
            best[version] = rank, row
    return np.array(sorted(row for _, row in best.values()), dtype=np.int64)


def _is_in(day: str, period: Period | None) -> bool:
    return bool(day) and period is not None and period.holds(datetime.date.fromisoformat(day))
