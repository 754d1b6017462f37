"""Other readings of a message: a mistyped word, Latin letters, two things or two articles that may be meant."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from bot.dialogue.answer import Answer
from bot.dialogue.possessives import possessed
from bot.dialogue.turn import Turn
from retrieval import Analyzer, Hit, Question, Seeks
from retrieval.text import word_set

MAX_OFFERS = 3
EQUALLY = 0.7
"""How far the score of an equally likely hit may lie below the first: e^0.7, half as likely."""
LIKELY = 0.25
"""The confidence that both must have; two that are equally likely share what there is."""
MAX_SHARED = 0.5
"""The share of the shorter title that two articles of different subjects may have in common; reports of two weeks have
nearly all."""

_LATIN = re.compile("[A-Za-z]")
_REFERRING = word_set("او وی آن اون این ش اش")


def with_readings(answer: Answer, turn: Turn, analyzer: Analyzer) -> Answer:
    """An answer with how the message was read, where it rests on that, and what else may have been meant.

    Args:
        answer: to the message.
        turn: the message.
        analyzer: text → terms.
    """
    question, claim = turn.question, answer.shown
    if claim is None:
        return answer
    read = " ".join(question.text.split()).rstrip(" ?؟")
    if _LATIN.search(turn.text) and not _LATIN.search(read):
        return replace(answer, meant=read)
    if not question.corrections:
        return answer
    said = " ".join([claim.quote, *claim.context, *claim.items, claim.citation.article.title])
    tokens = sorted(analyzer.tokens(said), key=lambda token: -len(token.bare))
    spelt = {term: said[token.start : token.end] for token in tokens for term in token.terms}
    typed = {token.bare for token in question.tokens}
    best: dict[str, str] = {}
    others: list[dict[str, str]] = []
    for word, meant in question.corrections:
        is_typed = word in typed and not possessed(word, analyzer)
        found = next((one for one in meant if is_typed and spelt.keys() >= set(analyzer.terms(one))), None)
        if found:
            best[word] = " ".join(dict.fromkeys(spelt[term] for term in analyzer.terms(found)))
            others += [{word: other} for other in meant if other != found]
    offers = dict.fromkeys(_respelt(question, {**best, **words}) for words in others)
    return replace(answer, meant=" ".join(best.values()), offers=(answer.offers + tuple(offers))[:MAX_OFFERS])


def _respelt(question: Question, words: dict[str, str]) -> str:
    """The text of a question with other words in the place of some, by their folded spelling."""
    text = question.text
    for token in reversed(question.tokens):
        if token.bare in words:
            text = text[: token.start] + words[token.bare] + text[token.end :]
    return text


def refers(question: Question, analyzer: Analyzer) -> bool:
    """Whether a message speaks of one thing that it does not name: «قیمتش», «قیمت آن»."""
    return any(token.bare in _REFERRING or possessed(token.bare, analyzer) for token in question.tokens)


def named(question: Question, name: str, analyzer: Analyzer) -> str:
    """A message that refers to a thing, with its name in the place of what refers: «قیمت پل زنبق چنده»."""
    text = question.text
    for token in question.tokens:
        noun = possessed(token.bare, analyzer)
        if noun or token.bare in _REFERRING:
            its = f"{noun} {name}" if noun else name
            return f"{text[: token.start]}{its}{text[token.end :]}"
    return f"{text} {name}"


def of_other_articles(question: Question, hits: Sequence[Hit], analyzer: Analyzer) -> tuple[str, ...]:
    """The question, asked of each of several articles of different subjects that answer equally likely; or nothing.

    One that asks who somebody is says what it means, whichever articles speak of that.

    Args:
        question: what is asked.
        hits: best first.
        analyzer: text → terms.
    """
    names_it = question.when or (question.seeks is Seeks.PERSON and question.is_copular)
    if not hits or hits[0].confidence < LIKELY or not hits[0].article.title or names_it:
        return ()
    first = hits[0]
    near = takewhile(lambda hit: hit.score >= first.score - EQUALLY, hits[1:])
    others = {
        hit.article.id: hit.article for hit in near if hit.confidence >= LIKELY and _differs(first, hit, analyzer)
    }
    asked = question.text.strip(" ؟?")
    meant = [first.article, *others.values()] if others else []
    return tuple(f"{asked}، {article.title}؟" for article in meant[:MAX_OFFERS])


def _differs(one: Hit, other: Hit, analyzer: Analyzer) -> bool:
    """Whether two hits are of articles of different subjects, and say different things."""
    if not other.article.title or other.article.id in {one.article.id, *(copy.id for copy in one.copies)}:
        return False
    titles = [set(analyzer.terms(hit.article.title)) for hit in (one, other)]
    shared = len(titles[0] & titles[1]) / (min(map(len, titles)) or 1)
    return shared <= MAX_SHARED and one.sentence.text.strip() != other.sentence.text.strip()
