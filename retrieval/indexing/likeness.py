"""Whether two articles tell the same story.

Copies of a dispatch differ by what outlets add, leave out and word otherwise; a corrected version replaces a number or
two. The articles of a series, as of two days' prices, are as alike, but replace most of their numbers, the day or the
name that they are about. So what each of two articles has *instead of* something in the other decides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retrieval.index.sketch import SHINGLE_UNITS
from retrieval.index.unit_table import SentenceTable
from retrieval.system.arrays import distinct
from retrieval.text.traits import Trait

MIN_CONTAINMENT, MIN_RESEMBLANCE = 0.6, 0.3
"""What two copies have in common: of the shingles of the shorter, and of those of both (Broder, see
`retrieval.index.sketch`). A dispatch is no copy of the day's news in which it stands."""

_NUMBER, _GRAMMAR, _NAMED = Trait.NUMBER.value, Trait.GRAMMAR.value, Trait.NAME.value | Trait.PERSON.value


class Tolerance(NamedTuple):
    """How many units of a kind a copy may have instead of others: `always`, and `share` of those that both have."""

    always: float
    share: float


NONE_REPLACED = Tolerance(0, 0)
WORDS_REPLACED, NAMES_REPLACED = Tolerance(1, 1 / 12), Tolerance(1, 1 / 8)
"""Outlets word a story otherwise, and each names itself."""

NUMBERS_REPLACED = Tolerance(0, 1 / 2)
NUMBERS_CORRECTED = Tolerance(1, 1)
"""On one day, and where an article says that it corrects another, the next of a series is not to be expected."""


class KnownUnits(NamedTuple):
    """The numbers, in the store, of the units that tell numbers and days."""

    number_words: frozenset[int]
    months: frozenset[int]
    weekdays: frozenset[int]
    joining: frozenset[int]
    """Those between two parts of a number: «و»."""
    correcting: frozenset[int]
    """Those by which an article says that it corrects another."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What an article is compared by. Units are the store's numbers.

    Args:
        day: its day in ISO 8601, or "".
        title: the units of its title.
        shingles: the hashes of its shingles, sorted, each once.
        words: its units that are neither numbers nor stop words.
        names: those of them that are names.
        numbers: its numbers in order, each the units that it is written in.
        figures: those of them with digits.
        dates: its days of months: number and month.
        weekdays: the days of the week that it names.
        corrects: whether it says that it corrects another article.
    """

    day: str
    title: frozenset[int]
    shingles: NDArray[np.uint64]
    words: frozenset[int]
    names: frozenset[int]
    numbers: tuple[tuple[int, ...], ...]
    figures: frozenset[tuple[int, ...]]
    dates: frozenset[tuple[int, ...]]
    weekdays: frozenset[int]
    corrects: bool


def profile(table: SentenceTable, title: Collection[int], day: str, known: KnownUnits) -> Profile:
    """The profile of an article.

    Args:
        table: its sentences.
        title: the units of its title.
        day: its day in ISO 8601, or "".
        known: the units that tell numbers and days.
    """
    units, is_number = table.words.tolist(), table.traits & _NUMBER > 0
    numbers = tuple(_numbers(units, is_number.tolist(), known.joining))
    content = ~is_number & (table.traits & _GRAMMAR == 0)
    words = frozenset(table.words[content].tolist())
    before_months = is_number[:-1] & np.isin(table.words[1:], list(known.months))
    return Profile(
        day,
        frozenset(title),
        _shingles(table.words),
        words,
        frozenset(table.words[content & (table.traits & _NAMED > 0)].tolist()),
        numbers,
        frozenset(number for number in numbers if not known.number_words.issuperset(number)),
        frozenset((units[place], units[place + 1]) for place in np.flatnonzero(before_months).tolist()),
        known.weekdays & words,
        not known.correcting.isdisjoint({*words, *title}),
    )


def _shingles(units: NDArray[np.int32]) -> NDArray[np.uint64]:
    hashed = units.astype(np.uint64)
    count = max(len(hashed) - SHINGLE_UNITS + 1, 0)
    found = np.zeros(count, dtype=np.uint64)
    for place in range(SHINGLE_UNITS):
        found = found * np.uint64(0x9E3779B97F4A7C15) + hashed[place : place + count]
    return distinct(found)


def _numbers(units: list[int], is_number: list[bool], joining: frozenset[int]) -> Iterable[tuple[int, ...]]:
    """The numbers of a text, each a run of units: «۷ میلیون و ۲۰۰ هزار» is one."""
    run: list[int] = []
    for place, (unit, counts) in enumerate(zip(units, is_number, strict=True)):
        if counts:
            run.append(unit)
        elif run and not (unit in joining and place + 1 < len(units) and is_number[place + 1]):
            yield tuple(run)
            run = []
    if run:
        yield tuple(run)


def are_copies(one: Profile, other: Profile) -> bool:
    """Whether two articles tell the same story."""
    shared = len(np.intersect1d(one.shingles, other.shingles, assume_unique=True))
    shorter, longer = sorted((len(one.shingles), len(other.shingles)))
    if not shared or shared < MIN_CONTAINMENT * shorter or shared < MIN_RESEMBLANCE * (shorter + longer - shared):
        return False
    subject, others = (one.title & one.words) - other.words, (other.title & other.words) - one.words
    corrected = one.day == other.day != "" or one.corrects or other.corrects
    return (
        _tolerated(one.dates, other.dates, NONE_REPLACED)
        and _tolerated(one.weekdays, other.weekdays, NONE_REPLACED)
        and _tolerated(subject, others, NONE_REPLACED)
        and _tolerated(one.words, other.words, WORDS_REPLACED)
        and _tolerated(one.names, other.names, NAMES_REPLACED)
        and _have_the_same_numbers(one, other, NUMBERS_CORRECTED if corrected else NUMBERS_REPLACED)
    )


def are_versions(one: Profile, other: Profile) -> bool:
    """Whether two articles of one address are versions of one article: the title of one holds that of the other.

    The articles of a list may all name the page of the list, and be worded alike.
    """
    return bool(one.title and other.title) and (one.title <= other.title or other.title <= one.title)


def _have_the_same_numbers(one: Profile, other: Profile, tolerance: Tolerance) -> bool:
    """Whether few numbers stand instead of others. Those with digits, each once, count as kept.

    Where there are as many, they are compared place by place, since «۲ بر ۱» is not «۱ بر ۲».
    """
    if len(one.numbers) == len(other.numbers):
        kept = Counter(number for number, its in zip(one.numbers, other.numbers, strict=True) if number == its)
    else:
        kept = Counter(one.numbers) & Counter(other.numbers)
    replaced = min(len(one.numbers), len(other.numbers)) - kept.total()
    return replaced <= _allowed(len(one.figures & kept.keys()), tolerance)


def _replaced(one: frozenset[object], other: frozenset[object]) -> int:
    """How many of one article's stand instead of the other's: what only one of two adds replaces nothing."""
    return min(len(one - other), len(other - one))


def _allowed(kept: int, tolerance: Tolerance) -> float:
    return tolerance.always + tolerance.share * kept


def _tolerated(one: frozenset[object], other: frozenset[object], tolerance: Tolerance) -> bool:
    return _replaced(one, other) <= _allowed(len(one & other), tolerance)
