"""«چرا؟» behind an answer: the clause that gives the reason, where the article has one."""

from __future__ import annotations

from collections.abc import Mapping

from bot.dialogue.answer import SUFFICIENT_CONFIDENCE, Answer, Claim, Status, cited
from bot.dialogue.kinds.kind import Answerer
from bot.dialogue.turn import Turn
from bot.wording import texts
from retrieval import Analyzer, Hit, Seeks
from retrieval.text import word_set

_CAUSES = word_set("علت دلیل سبب خاطر")
_EMPTY = word_set("چیه چی چه چیست بود هست است آخه اخه خب حالا واقعا")
"""Words of such a message that say nothing."""
_OPENS_REASON = _CAUSES | word_set("زیرا چون چونکه چراکه ناشی")
_OPENS_PURPOSE = word_set("برای")
_FOLLOWS_FROM = word_set("بنابراین ازاین‌رو درنتیجه همین")
"""What opens a sentence that follows from the one before it: «بنابراین», «به همین دلیل»."""
_PREPOSITIONS = word_set("به بر از")
OPENING = 3
"""Words that open a sentence."""
COMPARED = 150
"""Sentences of the article among which the last answer and those behind it are found: all that are compared."""
FAR_BEHIND = 2
"""Sentences behind the place of the last answer in which its reason may stand."""


def why(conversation: Answerer, turn: Turn) -> Answer | None:
    """The answer to a message that asks for nothing but the reason of the last answer; None where it asks more.

    The reason stands in the sentence that answered, in those behind it, or in the one before it where that one follows
    from it («بنابراین …»). Where none does, there is no answer: to quote the same once more would not be one.
    """
    if turn.near is None or not _asks_why(turn):
        return None
    analyzer, near = conversation.retriever.analyzer, turn.near
    hits = {hit.number: hit for hit in conversation.retriever.search_beside(turn.completed, near, COMPARED)}
    found = _reason(hits, near, analyzer)
    if found is None:
        return Answer(turn.text, Status.NOT_FOUND, message=texts.NO_REASON)
    return Answer(turn.text, Status.ANSWERED, (found,), SUFFICIENT_CONFIDENCE)


def _asks_why(turn: Turn) -> bool:
    """Whether a message has no word with a meaning but for reasons: «چرا؟», «علتش چیه»."""
    question = turn.question
    said = [token for token in question.tokens if token.terms and token.bare not in _EMPTY]
    return question.seeks is Seeks.REASON and all(_CAUSES.intersection(token.terms) for token in said)


def _reason(hits: Mapping[int, Hit], near: int, analyzer: Analyzer) -> Claim | None:
    """The claim of the reason for what the sentence with the number `near` says; None where there is none."""
    around = [hits[number] for number in range(near - 1, near + FAR_BEHIND + 1) if number in hits]
    here = [hit.sentence.passage.start for hit in around if hit.number == near]
    around = [hit for hit in around if hit.sentence.passage.start in here]
    behind = [hit for hit in around if hit.number >= near]
    before = next((hit for hit in around if hit.number < near), None)
    for hit in behind:
        words = [token.bare for token in analyzer.tokens(hit.sentence.text)]
        if hit.number == near and before and not _FOLLOWS_FROM.isdisjoint(words[:OPENING]):
            return Claim(cited(before))
        start = _opening(hit, _OPENS_REASON, analyzer)
        if start is not None:
            return Claim(cited(hit, 1, (start, hit.sentence.end)))
    starts = ((hit, _opening(hit, _OPENS_PURPOSE, analyzer)) for hit in behind)
    return next((Claim(cited(hit, 1, (start, hit.sentence.end))) for hit, start in starts if start is not None), None)


def _opening(hit: Hit, words: frozenset[str], analyzer: Analyzer) -> int | None:
    """Where in the article the clause begins that some words open in a sentence; None where they open none."""
    tokens = list(analyzer.tokens(hit.sentence.text))
    place = next((place for place, token in enumerate(tokens[:-1]) if token.bare in words), None)
    if place is None:
        return None
    has_preposition = place > 0 and tokens[place - 1].bare in _PREPOSITIONS
    return hit.sentence.start + tokens[place - has_preposition].start
