"""In a dialogue: the sentences of the article that answered last, ranked for a question that goes on with it.

Within one article nearly every sentence speaks of the topic, so other features tell its sentences apart than tell
articles apart, and where the last answer stands is evidence by itself: of what people ask next, half is answered within
300 code points behind it. Features of the sentences and of their places are weighed together, by weights fitted to
dialogues. `python -m benchmarks.following` writes these.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from retrieval.index.reader import IndexReader
from retrieval.query.question import Question
from retrieval.query.question_words import Seeks
from retrieval.ranking.confidence import probability, standings
from retrieval.ranking.evidence import Evidence
from retrieval.ranking.features import FEATURE_NAMES, matrix
from retrieval.ranking.gains import gained
from retrieval.ranking.hits import Hit
from retrieval.ranking.lacking import asked_for
from retrieval.ranking.places import PLACES, held_with_context, own_weights, places
from retrieval.ranking.rank import hits_of
from retrieval.ranking.sentence_view import SentenceView
from retrieval.ranking.timeliness import timeliness
from retrieval.ranking.weights import Weights, in_order, named
from retrieval.system.arrays import Booleans, Floats, Integers
from retrieval.text.analyzer import Analyzer

FOLLOWING_FILE = "following.json"

MAX_BEFORE, MAX_BEHIND = 60, 90
"""How many sentences before and behind the last answer are compared: all of most articles."""

FOLLOWING_CONFIDENCE = ("odds", "as a first question", "new words", "words missing", "words held")
"""What tells how sure a hit is: the log-odds of its probability among the sentences compared; those of its confidence
were this a first question asked of this article alone; the feature of that name, for what says much answers less often;
how many of the question's own words the article lacks; and the share of these that the sentence or its context has."""

MAX_ODDS = 6.0
"""The largest log-odds that count, either way."""

_NEW_WORDS = FEATURE_NAMES.index("new words")
_AS_FIRST = FOLLOWING_CONFIDENCE.index("as a first question")
_OFFERING = {
    Seeks.TIME: [FEATURE_NAMES.index(f"{Seeks.TIME.value}: {name}") for name in ("number", "year", "time")],
    Seeks.QUANTITY: [FEATURE_NAMES.index(f"{Seeks.QUANTITY.value}: number")],
}
"""The features that say whether a sentence has what is sought, by the kind of answer."""


@dataclass(frozen=True, slots=True)
class FollowingWeights:
    """What counts in a dialogue.

    Args:
        ranking: by feature, in the order of `features.FEATURE_NAMES`.
        places: in the order of `places.PLACES`.
        confidence: in the order of `FOLLOWING_CONFIDENCE`.
        bias: of the confidence.
    """

    ranking: Floats
    places: Floats
    confidence: Floats
    bias: float


@cache
def shipped_following() -> FollowingWeights:
    """The weights of the package."""
    return following_from_json(Path(__file__).with_name(FOLLOWING_FILE).read_text(encoding="utf-8"))


def following_from_json(text: str) -> FollowingWeights:
    """The weights in a file's content."""
    stored = json.loads(text)
    return FollowingWeights(
        in_order(stored["ranking"], FEATURE_NAMES),
        in_order(stored["places"], PLACES),
        in_order(stored["confidence"], FOLLOWING_CONFIDENCE),
        stored["bias"],
    )


def following_to_json(weights: FollowingWeights, provenance: dict[str, object]) -> str:
    """The file's content."""
    stored = {
        "provenance": provenance,
        "ranking": named(FEATURE_NAMES, weights.ranking),
        "places": named(PLACES, weights.places),
        "confidence": named(FOLLOWING_CONFIDENCE, weights.confidence),
        "bias": round(weights.bias, 4),
    }
    return json.dumps(stored, ensure_ascii=False, indent=2) + "\n"


def compared(question: Question, index: IndexReader, near: int) -> Evidence | None:
    """What the sentences around the last answer hold of a question; None where it has no terms.

    Args:
        question: what is asked.
        index: of what.
        near: the number of the sentence that answered last.
    """
    found = index.around(near, MAX_BEFORE, MAX_BEHIND)
    return Evidence(question, index, list(found)) if found and question.query else None


def terms_around(question: Question, index: IndexReader, near: int) -> frozenset[str]:
    """The question's terms that the sentences around the last answer have, or what names these; cheaper than evidence.

    Args:
        question: what is asked.
        index: of what.
        near: the number of the sentence that answered last.
    """
    found = index.around(near, MAX_BEFORE, MAX_BEHIND)
    if not found:
        return frozenset()
    block = index.block(list(found))
    units, names = frozenset(block.units.words.tolist()), frozenset().union(*block.titles)
    asked = list(question.terms)
    told = zip(asked, index.numbers(asked), strict=True)
    return frozenset(term for term, number in told if term in names or number in units)


def standing(evidence: Evidence, features: Floats, scores: Floats, first: Weights) -> Floats:
    """What the confidence looks at: an array of rows × `FOLLOWING_CONFIDENCE`.

    Args:
        evidence: where the rows are.
        features: rows × `FEATURES`.
        scores: of each row.
        first: the weights of first questions.
    """
    question, height = evidence.question, len(scores)
    likely = np.exp(scores - scores.max())
    likely /= likely.sum()
    odds = np.log(np.maximum(likely, 1e-9)) - np.log(np.maximum(1 - likely, 1e-9))
    alone = standings(evidence.passages.of, question.asked, features, features @ first.ranking)
    as_first = alone @ first.confidence + first.bias
    own = own_weights(evidence)
    missing = np.sum((own > 0) & ~_in_article(evidence))
    return np.column_stack(
        [
            np.clip(np.column_stack([odds, as_first]), -MAX_ODDS, MAX_ODDS),
            features[:, _NEW_WORDS],
            np.full(height, missing),
            held_with_context(evidence) @ own / (own.sum() or 1.0),
        ]
    )


def rank_following(
    question: Question,
    index: IndexReader,
    weights: FollowingWeights,
    first: Weights,
    analyzer: Analyzer,
    *,
    k: int,
    near: int,
    quoted: Collection[int] = (),
) -> list[Hit]:
    """The `k` best sentences of the article that answered last, best first.

    Args:
        question: what is asked.
        index: of what.
        weights: what counts.
        first: what counts for first questions.
        analyzer: text → terms.
        k: how many hits at the most.
        near: the number of the sentence that answered last.
        quoted: the numbers of those that earlier answers quoted.
    """
    evidence = compared(question, index, near)
    if evidence is None or k <= 0:
        return []
    rows: Integers = np.arange(len(evidence.numbers))
    view = SentenceView(evidence, rows)
    features, place = matrix(view), places(evidence, near, quoted)
    scores = features @ weights.ranking + place @ weights.places
    timely = timeliness(evidence, rows, scores)
    scores = scores + timely.shifts
    best = np.lexsort((rows, -scores))[:k]
    told = standing(evidence, features, scores, first)
    sure = probability(told, weights.confidence, weights.bias)
    if _lacks_all(evidence) or _lacks_what_is_asked(evidence):
        as_first = 1 / (1 + np.exp(-told[:, _AS_FIRST]))
        sure = np.where(_offers(question, features), sure, np.minimum(sure, as_first))
    sure = sure * timely.trust * gained(view).trust
    return hits_of(evidence, rows, scores, analyzer, best=best, sure=sure[best])


def _lacks_all(evidence: Evidence) -> bool:
    """Whether an article has none of a question's own words: it may say the same otherwise, or nothing of it."""
    own = own_weights(evidence) > 0
    return bool(own.any() and not (own & _in_article(evidence)).any())


def _lacks_what_is_asked(evidence: Evidence) -> bool:
    """Whether an article has no word for what is asked of a thing: «مدیرعامل» in «مدیرعامل شرکتشان کیست»."""
    return not _in_article(evidence)[asked_for(evidence.question)].all()


def _in_article(evidence: Evidence) -> Booleans:
    """By group, whether a sentence or the title has it."""
    held: Booleans = (evidence.held.sentences > 0).any(axis=0) | (evidence.held.titles > 0).any(axis=0)
    return held


def _offers(question: Question, features: Floats) -> Booleans:
    """Whether each row, or one beside it, has the number or the time that is asked for."""
    columns = _OFFERING.get(question.seeks, [])
    has = (features[:, columns] > 0).any(axis=1)
    around = np.pad(has, 1)
    beside: Booleans = around[:-2] | around[1:-1] | around[2:]
    return beside
