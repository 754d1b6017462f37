"""The units of many texts as arrays, so that a question is compared with hundreds of sentences at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from retrieval.terms import Units
from retrieval.traits import Trait

Integers: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]

STEM_LENGTH = 5
"""Letters by which two terms are taken for relatives: «هنر» and «هنرمندی», «انقلاب» and «انقلابی»."""

_RELATIVE_ENDINGS = "هایشان هایی های ها گانه گان گری گر مندی مند انه ان ات ین یت ی ه گی ش م ت".split()


class Vocabulary(NamedTuple):
    """Every unit, and every `stem`, of a collection, each with its number."""

    units: dict[str, int]
    stems: dict[str, int]


@dataclass(frozen=True, slots=True)
class UnitTable:
    """The units of texts 0 … n - 1, one behind the other.

    Args:
        vocabulary: shared by tables whose units are compared.
        words: int32, the units' numbers; a text's joined spellings stand behind its ordered units.
        stems: int32, the number of each unit's `stem`.
        traits: uint16, bits of `Trait`.
        starts: for each text the place of its first unit, then the number of all units.
        ordered: for each text, how many of its units are in the order of the text.
        lengths: for each text, how many of its units are terms.
    """

    vocabulary: Vocabulary
    words: NDArray[np.int32]
    stems: NDArray[np.int32]
    traits: NDArray[np.uint16]
    starts: Integers
    ordered: Integers
    lengths: Floats

    def side_by_side(self, one: str, other: str) -> bool:
        """Whether two units follow one another in the order of some text."""
        numbers = self.vocabulary.units
        if one not in numbers or other not in numbers:
            return False
        behind = np.flatnonzero(self.words[:-1] == numbers[one]) + 1
        behind = behind[self.words[behind] == numbers[other]]
        text = np.searchsorted(self.starts, behind, side="right") - 1
        place = behind - self.starts[text]
        return bool(np.any((place > 0) & (place < self.ordered[text])))


def stem(term: str) -> str:
    """What a term shares with its relatives: a coarse stem, good for weak evidence only."""
    if len(term) < 4 or term.isdigit():
        return term
    for ending in _RELATIVE_ENDINGS:
        if term.endswith(ending) and len(term) - len(ending) >= 3:
            return term[: -len(ending)][:STEM_LENGTH]
    return term[:STEM_LENGTH]


def tabulate(texts: Iterable[Units], vocabulary: Vocabulary) -> UnitTable:
    """The table of `texts`; new units and stems are entered into `vocabulary`."""
    numbers, stems = vocabulary
    words: list[int] = []
    traits: list[int] = []
    starts, ordered = [0], []
    for text in texts:
        for units in text:
            words += [numbers.setdefault(unit.term, len(numbers)) for unit in units]
            traits += [unit.traits for unit in units]
        starts.append(len(words))
        ordered.append(len(text.ordered))
    stem_of = np.array([stems.setdefault(stem(term), len(stems)) for term in numbers], dtype=np.int32)
    places, bits = np.array(words, dtype=np.int32), np.array(traits, dtype=np.uint16)
    terms_before = np.cumsum(np.concatenate([[0], (bits & Trait.GRAMMAR) == 0]))
    return UnitTable(
        vocabulary,
        places,
        stem_of[places],
        bits,
        np.array(starts, dtype=np.int64),
        np.array(ordered, dtype=np.int64),
        np.diff(terms_before[starts]).astype(np.float64),
    )


Values = TypeVar("Values", bound=np.generic)


def gathered(values: NDArray[Values], bounds: Sequence[tuple[int, int]]) -> NDArray[Values]:
    """The pieces of `values` between `bounds`, one behind the other."""
    return np.concatenate([values[start:end] for start, end in bounds]) if bounds else values[:0]
