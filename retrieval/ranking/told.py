"""What sentences say of what is asked by words that are not the question's: `gains.py` has the table.

Each function looks at some sentences and gives each a share from 0 to 1, or None where the question asks for no such
thing.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from retrieval.query.idioms import Pair
from retrieval.query.question import Question
from retrieval.query.question_words import POSTS
from retrieval.ranking.evidence import Evidence
from retrieval.ranking.sentence_view import SentenceView
from retrieval.ranking.topic import topic, topic_but_for
from retrieval.system.arrays import Booleans, Floats
from retrieval.text.traits import Trait

ABOUT = 0.5
"""The least share of a question's weight in the title of an article that is about what it asks of."""


def deed(view: SentenceView) -> Floats | None:
    """The part of the deeds asked about that a sentence tells itself, in a passage that has all else.

    Most sentences of an obituary have the name in them and «درگذشت» in the title above them; the day of death stands in
    the one that says «چشم از جهان فروبست».
    """
    is_deed = _deeds(view.evidence.question)
    if not is_deed.any():
        return None
    says: Floats = (view.here[:, is_deed] > 0).mean(axis=1) * topic_but_for(view, is_deed)
    return says


def _deeds(question: Question) -> Booleans:
    """By group, whether it is a deed that is asked about."""
    return np.array([group.terms in question.deeds for group in question.query], dtype=bool)


def idiom(view: SentenceView) -> Floats | None:
    """Whether a sentence tells what is asked about by a noun and the verb behind it, in a passage that has all else."""
    question = view.evidence.question
    if not question.idioms.tell:
        return None
    return _has_pair(view, question.idioms.tell) * topic_but_for(view, _deeds(question))


def other_idiom(view: SentenceView) -> Floats | None:
    """Whether a sentence only tells something else by that noun: «به دنیا آمد» where it is asked who «از دنیا رفت»."""
    idioms = view.evidence.question.idioms
    if not idioms.contradict:
        return None
    tells = _has_pair(view, idioms.tell) | _has_any(view, _numbers(view.evidence, idioms.words))
    return (_has_pair(view, idioms.contradict) & ~tells).astype(np.float64)


def appointment(view: SentenceView) -> Floats | None:
    """Whether a sentence tells who took a post.

    Most mentions of a mayor are of one who speaks, and an older article has as many as a newer one. Who holds the post
    now is told where he or she is elected or appointed; the post stands in the sentence or above it, since a mayor may
    speak where somebody else takes a post.
    """
    question = view.evidence.question
    numbers = _numbers(view.evidence, question.appointing)
    if not numbers:
        return None
    posts = {term for token in question.tokens if token.bare in POSTS for term in token.terms}
    is_post = [not posts.isdisjoint(group.terms) for group in question.query]
    names_it = (np.maximum(view.here, view.title)[:, is_post] > 0).any(axis=1)
    says: Floats = _has_any(view, numbers) * names_it * topic(view)
    return says


def unit(view: SentenceView) -> Floats | None:
    """Whether a sentence has a unit of what is asked for without a word for it: «گوشی چنده», «درمانگاه کجاست».

    It counts as far as the title has the question, so that a sentence need not repeat what all of the article is about.
    The unit of a table's numbers may stand anywhere in its article: «قیمت‌ها به هزار تومان است».
    """
    evidence, about = view.evidence, view.covered.by_title
    numbers = _numbers(evidence, evidence.question.units)
    if not numbers or about.max() < ABOUT:
        return None
    has = _has(evidence, np.isin(evidence.units.words, numbers))
    articles = evidence.block.articles[evidence.passages.of]
    of_table = view.stands_alone & np.isin(articles, articles[has])[view.rows]
    has_number = _has(evidence, evidence.units.traits & Trait.NUMBER.value > 0)[view.rows]
    told: Floats = (has[view.rows] | of_table & has_number) * about**2
    return told


def _numbers(evidence: Evidence, terms: Sequence[str]) -> list[int]:
    """The numbers of those of some terms that the collection has."""
    return [number for number in evidence.index.numbers(terms) if number]


def _has(evidence: Evidence, units: Booleans) -> Booleans:
    """By row, whether it has one of some units."""
    has: Booleans = np.bincount(evidence.units.rows[units], minlength=len(evidence.numbers)) > 0
    return has


def _has_any(view: SentenceView, numbers: Sequence[int]) -> Booleans:
    """Whether a sentence has a unit of one of some numbers."""
    return _has(view.evidence, np.isin(view.evidence.units.words, numbers))[view.rows]


def _has_pair(view: SentenceView, pairs: Sequence[Pair]) -> Booleans:
    """Whether a sentence has one of some nouns with its verb right behind it."""
    evidence, units = view.evidence, view.evidence.units
    numbers = evidence.index.numbers([term for pair in pairs for term in pair])
    side_by_side = units.rows[:-1] == units.rows[1:]
    has = np.zeros(len(evidence.numbers), dtype=bool)
    for noun, verb in zip(numbers[::2], numbers[1::2], strict=True):
        if noun and verb:
            has[units.rows[:-1][side_by_side & (units.words[:-1] == noun) & (units.words[1:] == verb)]] = True
    found: Booleans = has[view.rows]
    return found
