"""What sentences say of what is asked by their form and their place: `gains.py` has the table.

Each function looks at some sentences and gives each a share from 0 to 1, or None where the question asks for no such
thing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from itertools import takewhile

import numpy as np

from retrieval.query.question import Question
from retrieval.query.question_words import FRAMING_NOUNS, KIND_NOUNS, POSTS, Seeks, asks
from retrieval.ranking.evidence import Evidence
from retrieval.ranking.sentence_view import SentenceView
from retrieval.ranking.topic import topic, topic_but_for
from retrieval.system.arrays import Floats
from retrieval.text.orthography import bare
from retrieval.types import Form

HAS_COPULA = 0.5
"""What a sentence counts that begins with what is asked for, but has only «است» or its like of a definition."""

MAX_BETWEEN = 1
"""Words without a meaning of their own that may stand between «چند» and its noun: «تا»."""

MAX_ABOVE = 12
"""Sentences from the beginning of a passage that names something to that of the one below; a story is as long."""

MIN_ADDED = 0.1
"""The least share of a question's weight that a sentence itself adds to what stands above it."""

MAX_DEFINED = 60
"""Code points of a heading that names what is defined below it."""

_WORD = re.compile(r"[\w\u200c]+")
_HOW_MANY = bare("چند")
_DEFINITION = re.compile(
    r"(?:است|هستند) که\b|عبارت (?:است|اند|‌اند) از|(?:گفته|خوانده|اطلاق|نامیده) می.?شو|می.?(?:گویند|نامند|خوانند)"
    r"|یعنی|به معنا?ی|منظور از|مقصود از"
)
_QUOTED = re.compile(r"«([^«»]{1,80})»|^([^:،.]{1,60}):")
"""What stands in quotation marks, or before a colon at the beginning."""

_NAMED = re.compile(r"(?:«[^«»]{1,80}»[^«»]*){2}")
"""Two names in quotation marks, which make a sentence a list."""

_VALUES = {
    "phone": re.compile(r"\d[\d\-–()\s]{5,}\d|(?:تلفن|شماره تماس|سامانه|پیامک)[^\n.؛]{0,30}?\b\d{3,8}\b"),
    "mail": re.compile(r"\w@\w"),
    "web": re.compile(r"(?<!\w)@\w|(?<![@\w])[A-Za-z][\w-]*\.[a-z]{2,}\b"),
}
"""The forms of values, by `Question.value`; digits may be of any script."""

_STEP = re.compile(r"\W*(?:\d|گام |مرحله |قدم ).*(?:[ینو]د|یم)\W*", re.DOTALL)
"""A numbered item that ends as a verb does («بزنید», «می‌شود»); «۲. یک دفتر» is no step."""


def definition(view: SentenceView) -> Floats | None:
    """How far a sentence says what something is: it begins with it, and has the form of a definition or a copula.

    In an article about a thing nearly every sentence has its name, or stands under it. The one that says what it is
    begins with it: «… است که …», «به … گفته می‌شود».
    """
    question = view.evidence.question
    is_asked = question.seeks is Seeks.DEFINITION and not question.asks_meaning
    return _by_form(view, HAS_COPULA) if is_asked else None


def meaning(view: SentenceView) -> Floats | None:
    """The same where the meaning of a word is asked for, which a copula does not tell: ««ودیعه»: پولی که …»."""
    question = view.evidence.question
    return _by_form(view, 0.0) if question.asks_meaning else None


def _by_form(view: SentenceView, with_copula: float) -> Floats:
    """How far a sentence defines what is asked for; `with_copula` is what one counts that only has a copula."""
    question, says = view.evidence.question, np.zeros(len(view.rows))
    head = _defined(question)
    if head is None:
        return says
    opens = view.words.held_by_opening[:, head]
    spelt = {token.bare for token in question.tokens if token.terms} | question.terms
    asked = "".join(token.bare for token in question.tokens)
    for place in (view.here[:, head] > 0).nonzero()[0].tolist():
        sentence = view.evidence.text(int(view.rows[place]))
        if opens[place]:
            says[place] = opens[place] * (
                1.0 if _defines(sentence, spelt) else with_copula * view.words.has_copula[place]
            )
        else:
            says[place] = _defines_quoted(sentence, asked)
    for place in (view.title[:, head] > 0).nonzero()[0].tolist():
        if _is_below(view.evidence, int(view.rows[place]), spelt):
            says[place] = 1.0
    return says * topic(view)


def _is_below(evidence: Evidence, row: int, words: Collection[str]) -> bool:
    """Whether a sentence is right below a heading that is nothing but some words, folded and without half-spaces."""
    context = evidence.block.contexts[evidence.passages.of[row]]
    if not context or row != evidence.rows_around(row)[0]:
        return False
    start, end = json.loads(context)[-1]
    return end - start <= MAX_DEFINED and all(
        bare(word) in words for word in _WORD.findall(evidence.article_text(row)[start:end])
    )


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
    return bool(_DEFINITION.search(sentence)) or any(bare(word) in words for word in named)


def _defines_quoted(sentence: str, asked: str) -> bool:
    """Whether a sentence has the form of a definition of what it has in quotation marks, and that is asked about.

    Args:
        sentence: the sentence.
        asked: the words of the question, folded, without spaces and half-spaces.
    """
    quoted = (bare("".join(_WORD.findall(named))) for named, _ in _QUOTED.findall(sentence))
    return bool(_DEFINITION.search(sentence)) and any(named and named in asked for named in quoted)


def label(view: SentenceView) -> Floats | None:
    """How far an entry of a list or a table begins with what is asked of its topic: «رنگ: سبز» for «رنگ».

    Such an entry says of what it tells in what names its list, above it; of its own words only the label can be asked
    for. So its own topic counts, not that of all entries.
    """
    if not view.stands_alone.any():
        return None
    asked = (1 - view.title) * view.evidence.shares
    opening = (view.words.held_by_opening * asked).sum(axis=1) / np.maximum(asked.sum(axis=1), 1e-9)
    says: Floats = view.stands_alone * opening * view.covered.with_title
    return says


def value(view: SentenceView) -> Floats | None:
    """Whether a sentence has a value of the form that is asked for: «۰۷۱-۲۲۰۴۵», for a telephone number."""
    form = _VALUES.get(view.evidence.question.value)
    if form is None:
        return None
    has = [form.search(view.evidence.text(row)) is not None for row in view.rows.tolist()]
    return np.array(has) * topic(view)


def apposition(view: SentenceView) -> Floats | None:
    """Whether a sentence names the holder of a post beside it: «پری نیکو، مدیر باغ پرندگان، گفت»."""
    question = view.evidence.question
    post = next((place for place, token in enumerate(question.tokens) if token.bare in POSTS), None)
    if question.seeks is not Seeks.PERSON or not question.is_copular or post is None:
        return None
    named = takewhile(lambda one: KIND_NOUNS.isdisjoint(one.terms) and not asks(one.bare), question.tokens[post:])
    phrase = r"\s+".join(re.escape(token.bare) + "ی?" for token in named)
    beside = re.compile(rf"\w+\s+\w+\s*،\s*{phrase}\b|\b{phrase}\s*،\s*\w+\s+\w+\s*،")
    return np.array([beside.search(bare(view.evidence.text(row))) is not None for row in view.rows.tolist()]) * topic(
        view
    )


def listing(view: SentenceView) -> Floats | None:
    """Whether a sentence is of a list, where several things are asked for, or one of some steps, where it is a manner.

    The items of a list hardly ever repeat what it lists: «زرده‌ها را بیفزایید» has no word of «طرز تهیه نان». The list
    is found by what names it, as nearly all sentences of the article are. Of several works a sentence tells by their
    names: ««…»، «…» و «…»».
    """
    evidence, question = view.evidence, view.evidence.question
    asks_how = question.seeks is Seeks.MANNER
    if not (asks_how or question.enumerates):
        return None
    forms = [evidence.units.form(row) for row in view.rows.tolist()]
    listed = np.array([form in (Form.ITEM, Form.PAIR, Form.LEAD_IN) for form in forms])
    if asks_how:
        for place in listed.nonzero()[0].tolist():
            listed[place] = bool(_STEP.fullmatch(evidence.text(int(view.rows[place]))))
    else:
        listed |= np.array([_NAMED.search(evidence.text(row)) is not None for row in view.rows.tolist()])
    return listed * topic(view)


def count(view: SentenceView) -> Floats | None:
    """Whether a sentence counts what is asked for («۳۷ حجره» for «چند حجره»), in a passage that has all else."""
    evidence, question = view.evidence, view.evidence.question
    terms = _counted(question) if question.seeks is Seeks.QUANTITY else frozenset()
    columns = [column for term, column in evidence.codes.column.items() if term in terms]
    if not columns:
        return None
    is_counted = np.array([not terms.isdisjoint(group.terms) for group in question.query])
    return view.words.counts_any(columns) * topic_but_for(view, is_counted)


def _counted(question: Question) -> frozenset[str]:
    """The terms of what is counted, the noun behind «چند» or «چند تا», with those that stand for them."""
    if question.slot is None or sum(token.bare == _HOW_MANY for token in question.tokens) > 1:
        return frozenset()  # «از چند تا چند» asks for hours
    behind = question.order[question.slot :]
    found = (
        frozenset(term for group in question.query if not units.isdisjoint(group.terms) for term in group.shares)
        for units in map(set, behind[: MAX_BETWEEN + 1])
    )
    return next(filter(None, found), frozenset())


def subject_above(view: SentenceView) -> Floats | None:
    """The share of the question that a passage right above adds to a sentence: «درازای آن ۹۰ متر است» under the bridge.

    The title of a news item names its subject, or it names nothing («خبر تازه») and the lead does. Where it has no word
    of a question, what a sentence lacks of that may so stand in a passage before it.
    """
    evidence = view.evidence
    above = _held_above(evidence)
    if above is None:
        return None
    named = above[view.passage]
    together = evidence.coverage(np.maximum(view.here, named))
    adds = together - evidence.coverage(named) >= MIN_ADDED
    is_untitled = ~view.title.any(axis=1)
    says: Floats = (adds & is_untitled) * (together - view.covered.by_sentence)
    return says


def _held_above(evidence: Evidence) -> Floats | None:
    """Passages × groups: how much the passages right above each in its article hold; None where none has any."""
    articles, starts = evidence.block.articles.tolist(), evidence.block.passages.tolist()
    held, found = evidence.held.passages, None
    first = 0
    for place in range(1, len(articles)):
        while articles[first] != articles[place] or starts[place] - starts[first] > MAX_ABOVE:
            first += 1
        if first < place:
            found = np.zeros_like(held) if found is None else found
            found[place] = held[first:place].max(axis=0)
    return found
