"""Which groups of a query nominate candidates, where a search costs by the documents that its groups have."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import accumulate
from operator import itemgetter
from typing import TypeVar

MAX_ESSENTIAL_DOCUMENTS = 3_000
"""The rarest groups of a query nominate candidates: one at least, and as many as together have no more documents."""

MAX_GROUP_DOCUMENTS = 50_000
"""A group with more documents is left out of a search that has two rarer groups."""

Clause = TypeVar("Clause")


def essential(groups: Iterable[tuple[int, Clause]]) -> tuple[list[Clause], list[Clause]]:
    """The groups that nominate candidates, and those that only add to the candidates' scores, rarest first.

    What holds none of the rarest terms of a question hardly answers it, and scoring such documents would take most of
    the time.

    Args:
        groups: for each group how many documents have its terms, above 0, and its clauses.
    """
    known = sorted(groups, key=itemgetter(0))
    totals = accumulate(frequency for frequency, _ in known)
    count = max(sum(total <= MAX_ESSENTIAL_DOCUMENTS for total in totals), 1)
    others = enumerate(known[count:], start=count)
    return [clause for _, clause in known[:count]], [
        clause for place, (frequency, clause) in others if place < 2 or frequency <= MAX_GROUP_DOCUMENTS
    ]
