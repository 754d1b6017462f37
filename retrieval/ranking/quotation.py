"""Which span of an article to quote for a sentence: alone, with a neighbour, or a part of it.

At most `MAX_QUOTE` code points of at most two neighbouring sentences are quoted. The answer often stands beside the
sentence that was found («او …», «این فیلم …», «… زیرا …»). So the likelier of its two neighbours is quoted too, unless
it is far less likely than the sentence to hold the answer. What does not fit is cut where a clause may end.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from retrieval.query.question import Question
from retrieval.text.analyzer import Analyzer
from retrieval.types import Sentence

MAX_QUOTE = 300
"""Code points of a quotation: what a reader takes in at a glance on a phone."""

WHOLE_GAP, PART_GAP = 5.0, 3.0
"""How far a neighbour's score may lie below the sentence's, if all of it is to be quoted too, or a part of it.

Scores are log-odds: a neighbour 5 below is e⁵ ≈ 150 times less likely to hold the answer.
"""

OFF_CENTRE_COST = 0.3
"""What a part of a long sentence loses, in coverage, if the question's words stand at its edge.

The answer may stand on either side of these words, so the part should have both sides.
"""

_CLAUSE_END = re.compile(r"[،؛:;,)»–—]\s+|\s(?=(?:و|که|اما|ولی|تا)\s)")


def quotation(
    sentence: Sentence,
    neighbours: Sequence[tuple[Sentence, float]],
    score: float,
    question: Question,
    analyzer: Analyzer,
) -> tuple[int, int]:
    """The span of the article's text to quote.

    Args:
        sentence: the hit.
        neighbours: the sentences before and behind it in its passage, as far as they were scored, with their scores.
        score: the hit's own score.
        question: what is asked.
        analyzer: text → terms.
    """
    if sentence.end - sentence.start > MAX_QUOTE:
        return _best_part(sentence, question, analyzer)
    for other, its_score in sorted(neighbours, key=lambda found: -found[1]):
        start, end = min(sentence.start, other.start), max(sentence.end, other.end)
        if its_score < score - WHOLE_GAP:
            break
        if end - start <= MAX_QUOTE:
            return start, end
        part = _adjoining_part(sentence, other)
        if its_score >= score - PART_GAP and part:
            return part
    return sentence.start, sentence.end


def _cuts(sentence: Sentence) -> list[int]:
    """Where a quotation may begin or end inside a sentence, in order."""
    return [sentence.start + match.end() for match in _CLAUSE_END.finditer(sentence.text)]


def _adjoining_part(sentence: Sentence, other: Sentence) -> tuple[int, int] | None:
    """The span of a sentence and as many clauses of its neighbour as fit; None where not even one fits."""
    if other.start > sentence.start:
        ends = [cut for cut in _cuts(other) if cut - sentence.start <= MAX_QUOTE]
        return (sentence.start, _without_space(sentence, max(ends))) if ends else None
    starts = [cut for cut in _cuts(other) if sentence.end - cut <= MAX_QUOTE]
    return (min(starts), sentence.end) if starts else None


def _best_part(sentence: Sentence, question: Question, analyzer: Analyzer) -> tuple[int, int]:
    """The span of the clauses of a long sentence that cover most of the question, with its words in the middle."""
    tokens = [
        (sentence.start + token.start, sentence.start + token.end, token.terms)
        for token in analyzer.tokens(sentence.text)
    ]
    cuts = [sentence.start, *_cuts(sentence), sentence.end]
    asked = question.terms
    met = [token for token in tokens if not asked.isdisjoint(token[2])]
    best, span = -math.inf, (sentence.start, sentence.start + MAX_QUOTE)
    for start in cuts[:-1]:
        ends = [cut for cut in cuts if start < cut <= start + MAX_QUOTE]
        # A clause longer than a quotation is cut behind a word.
        end = (
            max(ends)
            if ends
            else max(
                (end for _, end, _ in tokens if start < end <= start + MAX_QUOTE),
                default=start + MAX_QUOTE,
            )
        )
        inside = [token for token in met if start <= token[0] and token[1] <= end]
        off_centre = abs((inside[0][0] + inside[-1][1]) - (start + end)) / (2 * MAX_QUOTE) if inside else 1.0
        worth = question.coverage(term for _, _, terms in inside for term in terms) - OFF_CENTRE_COST * off_centre
        if worth > best:
            best, span = worth, (start, _without_space(sentence, end))
        if end == sentence.end:
            break
    return span


def _without_space(sentence: Sentence, end: int) -> int:
    text = sentence.article.text
    while text[end - 1].isspace():
        end -= 1
    return end
