"""Superlatives: the row of a table with the greatest or smallest number, else a sentence that says so itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import NamedTuple

from bot.dialogue.adjectives import Adjective, agree, comparatives, superlatives
from bot.dialogue.answer import SUFFICIENT_CONFIDENCE, Answer, Citation, Claim, Status, cited
from bot.dialogue.kinds.kind import Answerer
from bot.dialogue.tables import extreme, tables
from bot.dialogue.turn import Turn
from retrieval import Analyzer, Article, Form, Hit, Line, Question, Span, answer_probability, asks
from retrieval.text import bare, word_set

MIN_TOPIC_COVERAGE = 0.6
"""The share of a topic's weight that an article must hold for its table to be the one meant."""
ARTICLES = 3
"""Articles whose tables are looked at."""
COMPARED_HITS = 12
"""Sentences among which one with a superlative is looked for."""
MIN_COVERAGE = 0.6
"""The share of the question's other weight that such a sentence must have with what names its passage."""
_MEASURING_COLUMN, _NAMED_COLUMN = 4.0, 2.0
"""What a column is worth whose head measures the adjective («کرایه»), and one whose head has a word of the question."""
_FROM = bare("از")
_LISTS = word_set("لیست فهرست جدول تعرفه نرخ‌نامه قیمت قیمت‌ها لیستش جدولش")


class Asked(NamedTuple):
    """A question for what is the most or least.

    Args:
        adjective: what is compared.
        kind: the terms of the noun behind it, the kind of thing that is asked for.
        topic: the question with neither, nor the words for a list.
    """

    adjective: Adjective
    kind: frozenset[str]
    topic: Question


def most_or_least(conversation: Answerer, turn: Turn) -> Answer | None:
    """The answer to a question for what is the most or least; None where neither table nor sentence says."""
    asked = _asked(turn, conversation.retriever.analyzer)
    if asked is None:
        return None
    claim = _in_table(conversation, asked) or _in_sentence(conversation, turn, asked)
    return None if claim is None else Answer(turn.text, Status.ANSWERED, (claim,), SUFFICIENT_CONFIDENCE)


def _asked(turn: Turn, analyzer: Analyzer) -> Asked | None:
    tokens = turn.question.tokens
    meant = {typed: spellings[0] for typed, spellings in turn.question.corrections}
    words = [meant.get(token.bare, token.bare) for token in tokens]
    found = superlatives(words) or _among_all(turn.question, words, analyzer)
    if not found:
        return None
    (first, *_) = found
    behind = max(first.places) + 1
    kind = frozenset(tokens[behind].terms) if behind < len(tokens) and not asks(words[behind]) else frozenset[str]()
    said = {term for place in first.places for term in tokens[place].terms} | first.spellings
    lists = {term for token in tokens if token.bare in _LISTS for term in token.terms}
    topic = turn.completed.without(said | lists)
    return Asked(first, kind, topic.without((), kind) if topic.asked > 1 else topic)


def _among_all(question: Question, words: Sequence[str], analyzer: Analyzer) -> list[Adjective]:
    """The comparatives of a question that asks which of all has more, and names nothing that it is compared with."""
    if _FROM in words or not (question.selects or question.enumerates):
        return []
    return comparatives(words, list(map(analyzer.is_comparative, words)))


def _in_table(conversation: Answerer, asked: Asked) -> Claim | None:
    """The row of the table that is meant, of the likeliest article that has one."""
    retriever = conversation.retriever
    for hit in retriever.search_articles(asked.topic, ARTICLES, Form.ROW):
        lines = retriever.lines(hit.article.id)
        if hit.coverage >= MIN_TOPIC_COVERAGE and (row := _row(conversation, hit.article, lines, asked)):
            return Claim(Citation(1, hit.article, *row.span, row.context))
    return None


def _row(conversation: Answerer, article: Article, lines: Sequence[Line], asked: Asked) -> Line | None:
    analyzer = conversation.retriever.analyzer
    measures, title = set(analyzer.terms(" ".join(asked.adjective.measures))), set(analyzer.terms(article.title))
    # What the title has tells which table is meant, not which column: «حرکت از ساری» in a table about Sari.
    named_in_head = asked.topic.terms - title - measures
    around = {term for line in lines for term in analyzer.terms(article.text[slice(*line.span)])}
    is_measured = not measures.isdisjoint(around | title)

    def worth(head: str) -> float:
        terms = set(analyzer.terms(head))
        is_compared = is_measured or asked.adjective.is_degree or terms & asked.kind
        named = _NAMED_COLUMN * bool(is_compared and terms & named_in_head)
        return named + _MEASURING_COLUMN * bool(terms & measures) + len(terms & measures) / max(len(terms), 1)

    def fits(cell: str) -> bool:
        return not asked.kind.isdisjoint(analyzer.terms(cell))

    rows = (extreme(table, worth, fits, is_most=asked.adjective.is_most) for table in tables(article, lines))
    return next(filter(None, rows), None)


def _in_sentence(conversation: Answerer, turn: Turn, asked: Asked) -> Claim | None:
    """The likeliest sentence with a superlative of the same word or sense."""
    found = conversation.search(turn, COMPARED_HITS)
    if answer_probability(found) >= SUFFICIENT_CONFIDENCE:
        return None  # it needs no help
    others = [word.bare for place, word in enumerate(turn.question.tokens) if place not in asked.adjective.places]
    for hit in chain(found, _found_for_topic(conversation, turn, asked)):
        if asked.topic.coverage(hit.terms[0] | hit.context_terms) < MIN_COVERAGE:
            continue
        if _says(conversation, hit.sentence.text, asked, others):
            return _quoted(conversation, hit)
        above = hit.context[-1] if hit.context else (0, 0)
        if _says(conversation, hit.article.text[slice(*above)], asked, others):
            return _below(conversation, hit.article, above)
    return None


def _found_for_topic(conversation: Answerer, turn: Turn, asked: Asked) -> Iterator[Hit]:
    """The sentences for the question without its superlative, looked for once the first of them is wanted."""
    yield from conversation.search(replace(turn, completed=asked.topic), COMPARED_HITS)


def _says(conversation: Answerer, text: str, asked: Asked, others: Sequence[str]) -> bool:
    """Whether a text has a superlative that agrees with the one asked for, of something that is asked about."""
    tokens = list(conversation.retriever.analyzer.tokens(text))
    terms = {term for token in tokens for term in token.terms}
    for said in superlatives([token.bare for token in tokens]):
        behind = {term for token in tokens[max(said.places) + 1 :][:2] for term in token.terms}
        is_of = not said.may_be_degree or said.stem == asked.adjective.stem or _shares(behind, asked.topic.terms)
        if agree(asked.adjective, said, others) and is_of and _shares(terms, asked.topic.terms):
            return True
    return False


def _below(conversation: Answerer, article: Article, heading: Span) -> Claim | None:
    """The claim of the first sentence below a heading."""
    lines = conversation.retriever.lines(article.id)
    first = next((line for line in lines if heading in line.context), None)
    return Claim(Citation(1, article, *first.span, first.context)) if first else None


def _shares(some: Iterable[str], others: frozenset[str]) -> bool:
    return not others.isdisjoint(some)


def _quoted(conversation: Answerer, hit: Hit) -> Claim:
    """The claim of a sentence; of a question in an interview, with what is said to it."""
    start, end = hit.quotation
    if hit.sentence.text.rstrip("*_ »").endswith(("؟", "?")):
        lines = conversation.retriever.lines(hit.article.id)
        end = next((line.span[1] for line in lines if line.span[0] >= end), end)
    return Claim(cited(hit, span=(start, end)))
