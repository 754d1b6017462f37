"""How well candidates fit the time and the numbers that a question names, and the newest first where several answer."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from retrieval.query.named_days import named_days
from retrieval.query.period import Period
from retrieval.query.question import Question
from retrieval.ranking.evidence import Evidence
from retrieval.system.arrays import Booleans, Floats, Integers
from retrieval.text.orthography import HALF_SPACE, bare
from retrieval.text.traits import Trait

UNMET = 3.0
"""What the score of a candidate of another time loses; scores are log-odds."""
UNMET_TRUST = 0.1
"""What is left of its confidence."""
UNMET_NUMBER_TRUST = 0.3
"""What is left of the confidence of a candidate whose passage lacks a number that is asked about."""
COMING = 4.0
"""What the score of a sentence gains that names a day after that of its article, where the next thing is asked for."""
MAX_DAYS_AHEAD = 200
"""So many days ahead a day without a year may be; else it is past."""
ASKED_MARGIN, SILENT_MARGIN = 3.0, 1.0
"""How far below the best a candidate may be that a newer day puts before it: where what holds now, or held before, is
asked for, and where the question says nothing of time."""

_WORD = re.compile(rf"[\w{HALF_SPACE}]+")
_YEAR_DAYS = 365


class Timeliness(NamedTuple):
    """For each candidate what time adds to its score, and the share of its confidence that is left."""

    shifts: Floats
    trust: Floats


def timeliness(evidence: Evidence, rows: Integers, scores: Floats) -> Timeliness:
    """What time does to candidates.

    Args:
        evidence: where they are.
        rows: theirs.
        scores: theirs, without what time does.
    """
    when = evidence.question.when
    shifts, trust = np.zeros(len(rows)), np.ones(len(rows))
    if when.period:
        unmet = _is_of_another_time(evidence, rows, when.period)
        shifts[unmet] -= UNMET
        trust[unmet] = UNMET_TRUST
    if when.coming and not when.period:
        shifts += COMING * _names_coming_day(evidence, rows)
    if numbers := _numbers_asked(evidence.question):
        has_all = (evidence.held.passages[evidence.passages.of[rows]][:, numbers] > 0).all(axis=1)
        trust[~has_all] *= UNMET_NUMBER_TRUST
    margin = ASKED_MARGIN if when.newest or when.earlier else SILENT_MARGIN
    near = _near_the_best(scores + shifts, margin) if len(set(evidence.block.days)) > 1 else []
    if len(near) > 1:
        days = [evidence.block.days[passage] for passage in evidence.passages.of[rows[near]].tolist()]
        shifts[near] += margin * _recency(days, is_turned_round=when.earlier and not when.period)
    return Timeliness(shifts, trust)


def _near_the_best(scores: Floats, margin: float) -> list[int]:
    """The places of the scores that lie at most a margin below the best one."""
    listed = scores.tolist()
    least = max(listed) - margin
    return [place for place, score in enumerate(listed) if score >= least]


def _recency(days: Sequence[str], *, is_turned_round: bool) -> Floats:
    """For each of some days (YYYY-MM-DD) its place among the others: 0 for the first, 1 for the last.

    Args:
        days: "" for an unknown one, which comes first.
        is_turned_round: whether the earliest comes last.
    """
    known = sorted({day for day in days if day}, reverse=is_turned_round)
    order = {day: place for place, day in enumerate(["", *known] if "" in days else known)}
    return np.array([order[day] for day in days]) / max(len(order) - 1, 1)


def _is_of_another_time(evidence: Evidence, rows: Integers, period: Period) -> Booleans:
    """Whether each sentence is of an article of another time than the one asked about, and does not speak of that.

    Of an article without a day only its words can tell, and those are weighed already.
    """
    days = [evidence.block.days[passage] for passage in evidence.passages.of[rows].tolist()]
    is_dated = np.array([bool(day) for day in days])
    fits = np.array([bool(day) and period.holds(datetime.date.fromisoformat(day)) for day in days])
    found: Booleans = is_dated & ~(fits & ~_names_other_years(evidence, rows) | _says(evidence, rows))
    return found


def _names_coming_day(evidence: Evidence, rows: Integers) -> Floats:
    """1 for each sentence that names a day after that of its article, else 0."""
    days = [evidence.block.days[passage] for passage in evidence.passages.of[rows].tolist()]
    return np.array(
        [
            bool(day) and _is_coming(evidence.text(row), datetime.date.fromisoformat(day))
            for row, day in zip(rows.tolist(), days, strict=True)
        ],
        dtype=np.float64,
    )


def _is_coming(text: str, today: datetime.date) -> bool:
    """Whether a text that was written on a day names a later one."""
    for named in named_days([bare(word) for word in _WORD.findall(text)]):
        try:
            ahead = (named.date(today) - today).days
        except ValueError:
            continue
        if not named.year and ahead <= MAX_DAYS_AHEAD - _YEAR_DAYS:
            ahead += _YEAR_DAYS  # without a year, `date` looks back
        if ahead > 0:
            return True
    return False


def _names_other_years(evidence: Evidence, rows: Integers) -> Booleans:
    """Whether each sentence names a year, and none of those that are asked about."""
    years = evidence.question.when.years
    if not years:
        return np.zeros(len(rows), dtype=bool)
    units, height = evidence.units, len(evidence.numbers)
    numbers = filter(None, evidence.index.numbers(years))
    asked = np.isin(units.words, list(numbers))
    names_year = np.bincount(units.rows[units.traits & Trait.YEAR.value > 0], minlength=height) > 0
    names_asked = np.bincount(units.rows[asked], minlength=height) > 0
    found: Booleans = (names_year & ~names_asked)[rows]
    return found


def _says(evidence: Evidence, rows: Integers) -> Booleans:
    """Whether each sentence, with its title and context, has all the words for the time that is asked about."""
    question = evidence.question
    asked = [question.tokens[place] for place in question.when.places if place < len(question.tokens)]
    terms = [(token.terms or (token.bare,))[0] for token in asked]
    groups = [next((n for n, group in enumerate(question.query) if term in group.terms), None) for term in terms]
    held = [group for group in groups if group is not None]
    if not terms or len(held) < len(terms):
        return np.zeros(len(rows), dtype=bool)
    of_sentences, of_titles = evidence.held.sentences[rows], evidence.held.titles[evidence.passages.of[rows]]
    found: Booleans = (np.maximum(of_sentences, of_titles)[:, held] > 0).all(axis=1)
    return found


def _numbers_asked(question: Question) -> list[int]:
    """The groups of the numbers that are asked about, which the passage of a candidate should have, or what names it.

    Those of the time that is asked about are left out: a day tells them too.
    """
    asked = [place for place, group in enumerate(question.query) if any(map(str.isdigit, group.terms[:1]))]
    if not asked:
        return []
    dated = {question.tokens[place].bare for place in question.when.places if place < len(question.tokens)}
    return [place for place in asked if dated.isdisjoint(question.query[place].terms[:1])]
