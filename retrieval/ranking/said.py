"""What sentences say of what is asked: `gains.py` has the table. Values in, values out.

Each function looks at some sentences and gives each a share from 0 to 1, or None where the question asks for no such
thing. What is said counts as far as the passage is on the topic. A sentence with half of it may as well speak of
something else, so the topic counts squared.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Sequence

import numpy as np

from retrieval.query.idioms import Pair
from retrieval.query.question import Question
from retrieval.query.question_words import FRAMING_NOUNS, Seeks
from retrieval.ranking.evidence import Evidence
from retrieval.ranking.sentence_view import SentenceView
from retrieval.system.arrays import Booleans, Floats
from retrieval.text.orthography import bare
from retrieval.types import Form

HAS_COPULA = 0.5
"""What a sentence counts that begins with what is asked for, but has only «است» or its like of a definition."""

MAX_BETWEEN = 1
"""Words without a meaning of their own that may stand between «چند» and its noun: «تا»."""

MAX_ABOVE = 12
"""Sentences from the beginning of a passage that names something to that of the one below; a story is as long."""

ABOUT = 0.5
"""The least share of a question's weight in the title of an article that is about what it asks of."""

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

_STEP = re.compile(r"\W*\d.*(?:[ینو]د|یم)\W*", re.DOTALL)
"""A numbered item that ends as a verb does («بزنید», «می‌شود»); «۲. یک دفتر» is no step."""


def deed(view: SentenceView) -> Floats | None:
    """The part of the deeds asked about that a sentence tells itself, in a passage that has all else.

    Most sentences of an obituary have the name in them and «درگذشت» in the title above them; the day of death stands in
    the one that says «چشم از جهان فروبست».
    """
    question = view.evidence.question
    if not question.deeds or question.deeds.isdisjoint(group.terms for group in question.query):
        return None
    is_deed = np.array([group.terms in question.deeds for group in question.query])
    says: Floats = (view.here[:, is_deed] > 0).mean(axis=1) * _topic_but_for(view, is_deed)
    return says


def idiom(view: SentenceView) -> Floats | None:
    """Whether a sentence tells what is asked about by a noun and the verb behind it, in a passage that has all else."""
    question = view.evidence.question
    if not question.idioms.tell:
        return None
    is_deed = np.array([group.terms in question.deeds for group in question.query])
    return _has_pair(view, question.idioms.tell) * _topic_but_for(view, is_deed)


def other_idiom(view: SentenceView) -> Floats | None:
    """Whether a sentence only tells something else by that noun: «به دنیا آمد» where it is asked who «از دنیا رفت»."""
    idioms = view.evidence.question.idioms
    if not idioms.contradict:
        return None
    tells = _has_pair(view, idioms.tell) | _has(view, idioms.words)
    return (_has_pair(view, idioms.contradict) & ~tells).astype(np.float64)


def _has_pair(view: SentenceView, pairs: Sequence[Pair]) -> Booleans:
    """Whether a sentence has one of some nouns with its verb right behind it."""
    units, numbers = view.evidence.units, view.evidence.index.numbers
    side_by_side = units.rows[:-1] == units.rows[1:]
    found = np.zeros(len(view.evidence.numbers), dtype=bool)
    for noun, verb in zip(*(numbers(terms) for terms in zip(*pairs, strict=True)), strict=True):
        if noun and verb:
            found[units.rows[:-1][side_by_side & (units.words[:-1] == noun) & (units.words[1:] == verb)]] = True
    its: Booleans = found[view.rows]
    return its


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
    for place in opens.nonzero()[0].tolist():
        defines = _defines(view.evidence.text(int(view.rows[place])), spelt)
        says[place] = 1.0 if defines else with_copula * view.words.has_copula[place]
    says *= opens
    for place in (view.title[:, head] > 0).nonzero()[0].tolist():
        if _is_below(view.evidence, int(view.rows[place]), spelt):
            says[place] = 1.0
    return says * _topic(view)


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


def listing(view: SentenceView) -> Floats | None:
    """Whether a sentence is of a list, where several things are asked for, or one of some steps, where it is a manner.

    The items of a list hardly ever repeat what it lists: «زرده‌ها را بیفزایید» has no word of «طرز تهیه نان». The list
    is found by what names it, as nearly all sentences of the article are.
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
    return listed * _topic(view)


def appointment(view: SentenceView) -> Floats | None:
    """Whether a sentence tells who took a post.

    Most mentions of a mayor are of one who speaks, and an older article has as many as a newer one. Who holds the post
    now is told where he or she is elected or appointed.
    """
    return _has_any(view, view.evidence.question.appointing)


def unit(view: SentenceView) -> Floats | None:
    """Whether a sentence has a unit of what is asked for without a word for it: «گوشی چنده», «درمانگاه کجاست».

    It counts as far as the title has the question, so that a sentence need not repeat what all of the article is about.
    """
    units, about = view.evidence.question.units, view.covered.by_title
    if about.max() < ABOUT or not any(view.evidence.index.numbers(units)):
        return None
    return _has(view, units) * about**2


def _has_any(view: SentenceView, terms: Sequence[str]) -> Floats | None:
    """Whether a sentence has one of some terms, in a passage on the topic; None where the collection has none."""
    return _has(view, terms) * _topic(view) if any(view.evidence.index.numbers(terms)) else None


def _has(view: SentenceView, terms: Sequence[str]) -> Booleans:
    """Whether a sentence has one of some terms."""
    evidence, units = view.evidence, view.evidence.units
    numbers = list(filter(None, evidence.index.numbers(terms)))  # they begin at 1
    has = np.bincount(units.rows[np.isin(units.words, numbers)], minlength=len(evidence.numbers)) > 0
    found: Booleans = has[view.rows]
    return found


def count(view: SentenceView) -> Floats | None:
    """Whether a sentence counts what is asked for («۳۷ حجره» for «چند حجره»), in a passage that has all else."""
    evidence, question = view.evidence, view.evidence.question
    terms = _counted(question) if question.seeks is Seeks.QUANTITY else frozenset()
    columns = [column for term, column in evidence.codes.column.items() if term in terms]
    if not columns:
        return None
    is_counted = np.array([not terms.isdisjoint(group.terms) for group in question.query])
    return view.words.counts_any(columns) * _topic_but_for(view, is_counted)


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


def _topic(view: SentenceView) -> Floats:
    """How far the passage of each sentence is on the topic, from 0 to 1."""
    topic: Floats = view.covered.by_passage**2
    return topic


def _topic_but_for(view: SentenceView, is_left_out: Booleans) -> Floats:
    """The same by the passage's own words alone, some groups of the question left out."""
    shares = np.where(is_left_out, 0.0, view.evidence.shares)
    topic: Floats = (view.evidence.held.passages[view.passage] @ shares / (shares.sum() or 1.0)) ** 2
    return topic
