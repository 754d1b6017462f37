"""How well candidates fit the time and the numbers that a question names, and the newest first where several answer."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from retrieval.query.period import Period, When
from retrieval.query.question import Question
from retrieval.ranking.evidence import Evidence
from retrieval.ranking.told_time import days_told, tells_of
from retrieval.system.arrays import Booleans, Floats, Integers
from retrieval.text.traits import Trait

UNMET = 3.0
"""What the score of a candidate of another time loses; scores are log-odds."""
UNMET_TRUST = 0.1
"""What is left of its confidence."""
UNMET_NUMBER_TRUST = 0.3
"""What is left of the confidence of a candidate whose passage lacks a number that is asked about."""
COMING = 4.0
"""What the score of a sentence gains that names a day after that of its article, where the next thing is asked for."""
ASKED_MARGIN, SILENT_MARGIN = 3.0, 1.0
"""How far below the best a candidate may be that a newer day puts before it: where what holds now, or held before, is
asked for, and where the question says nothing of time."""


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
    unmet = _unmet(evidence, rows, scores, when)
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


def _unmet(evidence: Evidence, rows: Integers, scores: Floats, when: When) -> Booleans:
    """Whether each sentence is of another time than the one asked about; `When.around` tells where none is of that."""
    if not when.period:
        return np.zeros(len(rows), dtype=bool)
    unmet = _is_of_another_time(evidence, rows, when.period)
    if when.around and scores[~unmet].max(initial=-np.inf) < scores.max() - UNMET:
        return _is_of_another_time(evidence, rows, when.around)
    return unmet


def _is_of_another_time(evidence: Evidence, rows: Integers, period: Period) -> Booleans:
    """Whether each sentence is of an article of another time than the one asked about, and does not speak of that.

    Of an article without a day only its words can tell, and those are weighed already.
    """
    passages = evidence.passages.of[rows]
    days = [evidence.block.days[passage] for passage in passages.tolist()]
    is_dated = np.array([bool(day) for day in days])
    tells = np.array(
        [
            bool(day) and tells_of(evidence.text(row), datetime.date.fromisoformat(day), period)
            for row, day in zip(rows.tolist(), days, strict=True)
        ]
    )
    fits = (evidence.are_of(period)[passages] | tells) & ~_names_other_years(evidence, rows)
    found: Booleans = is_dated & ~(fits | _says(evidence, rows))
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
    return any(told > today for told in days_told(text, today))


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
    groups = evidence.question.of_time
    if not groups:
        return np.zeros(len(rows), dtype=bool)
    of_sentences, of_titles = evidence.held.sentences[rows], evidence.held.titles[evidence.passages.of[rows]]
    found: Booleans = (np.maximum(of_sentences, of_titles)[:, groups] > 0).all(axis=1)
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
