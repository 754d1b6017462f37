"""Which words of a message only tell how its question came up: «دیروز کارتم را گم کردم. پولش برمی‌گردد؟».

Sentences of which another one asks are a story; so is what comes before the last verb of the first person, if the
question word stands behind it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from retrieval.query.question_words import asks
from retrieval.text.analyzer import Token
from retrieval.types import Span

MIN_STORY = 3
"""Words that a story has at least; fewer are a topic («پل زنبق. طولش چقدر است؟»)."""

_END = re.compile(r"[.!؟?\n]+")
_ASKING = re.compile(r"[؟?]")


def story(text: str, tokens: Sequence[Token], is_verb: Callable[[str], bool]) -> frozenset[int]:
    """The places of the tokens that tell a story.

    Args:
        text: the message, in Persian.
        tokens: those of the text that ask, in order.
        is_verb: whether a word can end a clause.
    """
    if len(tokens) <= MIN_STORY:
        return frozenset()
    bounds = [0, *(match.end() for match in _END.finditer(text)), len(text)]
    spans = [(start, end) for start, end in pairwise(bounds) if start < end]
    if len(spans) == 1:  # as most
        told = set(_before_the_question(range(len(tokens)), tokens, is_verb))
    else:
        told = _beside_the_question(text, spans, tokens, is_verb)
    return frozenset(told) if MIN_STORY <= len(told) < len(tokens) else frozenset()


def _beside_the_question(
    text: str, spans: Sequence[Span], tokens: Sequence[Token], is_verb: Callable[[str], bool]
) -> set[int]:
    """Of several sentences those that do not ask where others do; of the others, what comes before the question.

    Args:
        text: the message.
        spans: of its sentences.
        tokens: see `story`.
        is_verb: see `story`.
    """
    sentences = [[n for n, token in enumerate(tokens) if start <= token.start < end] for start, end in spans]
    asking = [
        bool(_ASKING.search(text, *span)) or any(asks(tokens[place].bare) for place in places)
        for span, places in zip(spans, sentences, strict=True)
    ]
    told: set[int] = set()
    if any(asking):
        told.update(n for ask, places in zip(asking, sentences, strict=True) if not ask for n in places)
    for places in (places for ask, places in zip(asking, sentences, strict=True) if ask or not any(asking)):
        told.update(_before_the_question(places, tokens, is_verb))
    return told


def _before_the_question(
    places: Sequence[int], tokens: Sequence[Token], is_verb: Callable[[str], bool]
) -> Sequence[int]:
    """Of a sentence that asks, what comes before the question: up to the last verb of the first person."""
    first_asking = next((number for number, place in enumerate(places) if asks(tokens[place].bare)), len(places))
    for number in range(min(first_asking, len(places) - 1) - 1, -1, -1):
        word = tokens[places[number]].bare
        if word.endswith("م") and is_verb(word):
            return places[: number + 1]
    return ()
