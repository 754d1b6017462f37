"""Which sentences of copies say the same: alike to the last unit, or worded otherwise, or with a corrected number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from retrieval.index.unit_table import SentenceTable
from retrieval.text.traits import Trait

MIN_OVERLAP = 0.5
"""The share of the words of the longer of two sentences that the other has too, if both say the same."""

MAX_REPLACED = 0.25
"""Words that one sentence has instead of the other's, as a share of the words that both have."""

_NUMBER, _GRAMMAR = Trait.NUMBER.value, Trait.GRAMMAR.value


class Said(NamedTuple):
    """A sentence, as it is compared.

    Args:
        number: the sentence's.
        units: the bytes of all its units, in order.
        words: its units that are neither numbers nor stop words.
    """

    number: int
    units: bytes
    words: frozenset[int]


def said(table: SentenceTable, first: int) -> list[Said]:
    """The sentences of an article.

    Args:
        table: what they are.
        first: the number of the first.
    """
    is_word = (table.traits & (_NUMBER | _GRAMMAR)) == 0
    starts, counts = table.starts.tolist(), table.counts.tolist()
    found = []
    for number, (start, count) in enumerate(zip(starts, counts, strict=True), start=first):
        units = table.words[start : start + count]
        words = frozenset(units[is_word[start : start + count]].tolist())
        found.append(Said(number, units.tobytes(), words))
    return found


def repeats(articles: Iterable[Sequence[Said]]) -> dict[int, int]:
    """For each sentence that a newer article has too, the number of the newest article's.

    Args:
        articles: copies of one another, the newest first.
    """
    found: dict[int, int] = {}
    known: list[Said] = []
    by_units: dict[bytes, int] = {}
    by_word: dict[int, list[int]] = {}
    for sentences in articles:
        mine = {one.number: by_units[one.units] for one in sentences if one.units in by_units}
        taken = set(mine.values())
        for one in sentences:
            if one.number not in mine and (place := _likest(one, known, by_word, taken)) is not None:
                mine[one.number] = place
                taken.add(place)
        found.update((number, known[place].number) for number, place in mine.items())
        for one in sentences:
            if one.number not in mine:
                by_units.setdefault(one.units, len(known))
                for word in one.words:
                    by_word.setdefault(word, []).append(len(known))
                known.append(one)
    return found


def _likest(one: Said, known: Sequence[Said], by_word: dict[int, list[int]], taken: set[int]) -> int | None:
    """The place of the sentence that says the same as `one` and is none of `taken`; None where there is none."""
    shared = Counter(place for word in one.words for place in by_word.get(word, ()) if place not in taken)
    same = [place for place, kept in shared.items() if _say_the_same(one.words, known[place].words, kept)]
    return max(same, key=lambda place: (shared[place] / len(one.words | known[place].words), -place), default=None)


def _say_the_same(one: frozenset[int], other: frozenset[int], kept: int) -> bool:
    """Whether two sentences that have `kept` words in common say the same."""
    fewer, more = sorted((len(one), len(other)))
    return kept >= MIN_OVERLAP * more and fewer - kept <= MAX_REPLACED * kept
