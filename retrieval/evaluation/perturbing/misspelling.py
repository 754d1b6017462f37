"""Typing errors as a Persian keyboard makes them."""

from __future__ import annotations

import re
from random import Random

from retrieval.evaluation.perturbing.edits import Edit
from retrieval.text.keyboard import neighbours
from retrieval.text.orthography import HALF_SPACE

NEIGHBOURS = neighbours(reach=1.0)
"""Letter → the letters whose keys touch its key."""

_WORD = re.compile(r"[^\W\d_]+(?:\u200c[^\W\d_]+)*")

MIN_MISTYPED_LETTERS = 4
"""Errors are made in words of at least so many letters, if the question has any."""


def typing_errors(text: str, count: int, random: Random) -> list[Edit]:
    """Some typing errors, each in a word of its own if there are enough.

    An error is a neighbouring key, two letters swapped, one dropped or one doubled.

    Args:
        text: a question.
        count: how many.
        random: makes the choices.
    """
    words = [match for match in _WORD.finditer(text) if len(match[0]) > 1]
    long = [match for match in words if len(match[0]) >= MIN_MISTYPED_LETTERS] or words
    if not long:
        return []
    chosen = random.sample(long, min(count, len(long)))
    spelt = {match: match[0] for match in chosen}
    for number in range(count):
        match = chosen[number % len(chosen)]
        spelt[match] = _mistyped(spelt[match], random, match[0])
    return [Edit(*match.span(), word) for match, word in sorted(spelt.items(), key=lambda item: item[0].start())]


def _mistyped(word: str, random: Random, original: str) -> str:
    """A word with one more error; the kind of error is chosen first.

    Args:
        word: may have an error already.
        random: makes the choices.
        original: the word without errors, which is not made again.
    """
    letters = [place for place, letter in enumerate(word) if letter != HALF_SPACE]
    pairs = [place for place in letters if place + 1 in letters]
    kinds = (
        [word[:i] + other + word[i + 1 :] for i in letters for other in NEIGHBOURS.get(word[i], "")],
        [word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in pairs],
        [word[:i] + word[i + 1 :] for i in letters],
        [word[: i + 1] + word[i:] for i in letters],
    )
    possible = [errors for kind in kinds if (errors := sorted({*kind} - {word, original, ""}))]
    return random.choice(random.choice(possible))
