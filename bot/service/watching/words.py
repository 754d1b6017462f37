"""Which of many questions an article may answer: the questions are looked up by its words, and not the other way round.

That is a percolator (Elasticsearch's name for stored queries): ten thousand questions cost an article less than one
question costs a thousand articles.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

import numpy as np

from retrieval import Question

MIN_COVERAGE = 0.6
"""The share of a question's weight that one article must have to be asked. Of 215 judged questions, articles that came
alone answered 207 like the whole collection does, and misled in no more than one that this does not; at a half of the
weight they misled in seven.
"""

Words = list[tuple[float, list[str]]]
"""What a question is met by: the weight of each of its groups, and the terms that stand for it."""

NO_WORDS = "[]"
"""The words of a question that no article meets, as JSON."""


def written(question: Question) -> str:
    """The words of a question, as JSON."""
    groups = zip(question.query, question.weights, strict=True)
    found: Words = [(weight, sorted(group.shares)) for group, weight in groups if weight > 0]
    return json.dumps(found, ensure_ascii=False)


class WordIndex:
    """Questions by their words.

    Args:
        questions: the words of each by its key, as `written` made them.
    """

    def __init__(self, questions: Mapping[int, str]) -> None:
        self._keys, groups, weights = list(questions), list[int](), list[float]()
        holders: dict[str, list[int]] = {}
        for place, listed in enumerate(questions.values()):
            for weight, terms in json.loads(listed):
                for term in terms:
                    holders.setdefault(term, []).append(len(groups))
                groups.append(place)
                weights.append(weight)
        self._holders = {term: np.array(found, dtype=np.int64) for term, found in holders.items()}
        self._questions = np.array(groups, dtype=np.int64)
        self._weights = np.array(weights, dtype=np.float64)
        self._totals = np.bincount(self._questions, self._weights, len(self._keys))

    def met(self, articles: Iterable[frozenset[str]]) -> list[int]:
        """The keys of the questions of which one of some articles has `MIN_COVERAGE`, ascending as they were given.

        Args:
            articles: the terms of each.
        """
        met = np.zeros(len(self._keys), dtype=bool)
        for terms in articles:
            found = [self._holders[term] for term in terms if term in self._holders]
            if found:
                has = np.zeros(len(self._questions), dtype=bool)
                has[np.concatenate(found)] = True
                covered = np.bincount(self._questions, self._weights * has, len(self._keys))
                met |= (covered > 0) & (covered >= MIN_COVERAGE * self._totals)
        return [self._keys[place] for place in np.flatnonzero(met).tolist()]
