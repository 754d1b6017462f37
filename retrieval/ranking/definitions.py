"""What a sentence gains that says what something is, where the question asks for just that.

In an article about a thing nearly every sentence has its name, or stands under it. The one that says what it is begins
with it and has the form of a definition: ««ودیعه»: پولی که …», «… است که …», «به … گفته می‌شود».
"""

from __future__ import annotations

import re
from collections.abc import Collection

import numpy as np

from retrieval.query.question import Question
from retrieval.query.question_words import FRAMING_NOUNS, Seeks
from retrieval.ranking.sentence_view import SentenceView
from retrieval.system.arrays import Floats
from retrieval.text.orthography import bare
from retrieval.text.word_tables import word_set

DEFINED, SAID_TO_BE = 3.0, 1.5
"""What the score of a sentence gains that begins with what is asked for and has the form of a definition, or only
«است» or its like; scores are log-odds."""

_FORM = re.compile(
    r"(?:است|هستند) که\b|عبارت (?:است|اند|‌اند) از|(?:گفته|خوانده|اطلاق|نامیده) می.?شو|می.?(?:گویند|نامند|خوانند)"
    r"|یعنی|به معنا?ی|منظور از|مقصود از"
)
_QUOTED = re.compile(r"«([^«»]{1,80})»|^([^:،.]{1,60}):")
"""What stands in quotation marks, or before a colon at the beginning."""

UNDEFINED_TRUST = 0.2
"""What is left of the confidence of a sentence without that form, where the meaning of a word is asked for."""

_OF_MEANING = word_set("یعنی منظور مقصود تعریف معنی معنای معنا مفهوم")


def definitions(view: SentenceView) -> Floats:
    """What each sentence gains."""
    gains, question = np.zeros(len(view.rows)), view.evidence.question
    head = _defined(question) if question.seeks is Seeks.DEFINITION else None
    if head is None:
        return gains
    said_to_be = 0.0 if _asks_for_meaning(question) else SAID_TO_BE
    opens = view.words.held_by_opening[:, head]
    spelt = {token.bare for token in question.tokens if token.terms} | question.terms
    for place in opens.nonzero()[0].tolist():
        defines = _defines(view.evidence.sentence(int(view.rows[place])).text, spelt)
        gains[place] = DEFINED if defines else said_to_be * view.words.has_copula[place]
    gained: Floats = gains * opens * view.covered.by_passage**2
    return gained


def definedness(question: Question, gains: Floats) -> Floats:
    """What is left of the confidence of each sentence: no mere mention of a word tells what it means.

    Args:
        question: what is asked.
        gains: those of `definitions`.
    """
    return np.where((gains > 0) | (not _asks_for_meaning(question)), 1.0, UNDEFINED_TRUST)


def _asks_for_meaning(question: Question) -> bool:
    return question.seeks is Seeks.DEFINITION and any(token.bare in _OF_MEANING for token in question.tokens)


def _defined(question: Question) -> int | None:
    """The place of the group that is to be defined: the first behind what frames the question («منظور از …»)."""
    bares = [token.bare for token in question.tokens]
    start = max((place + 1 for place, word in enumerate(bares) if word in FRAMING_NOUNS), default=0)
    asked = (set(token.terms) for token in question.tokens[start:] if token.terms)
    groups = [(place, group) for place, group in enumerate(question.query) if question.weights[place]]
    return next((place for terms in asked for place, group in groups if terms.intersection(group.terms)), None)


def _defines(sentence: str, words: Collection[str]) -> bool:
    """Whether a sentence has the form of a definition of one of some words, folded and without half-spaces."""
    named = (word for quoted in _QUOTED.findall(sentence) for part in quoted for word in part.split())
    return bool(_FORM.search(sentence)) or any(bare(word) in words for word in named)
