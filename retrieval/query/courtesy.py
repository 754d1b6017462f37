"""Which words of a question are there for politeness alone: greetings, thanks, «یه سوال داشتم», wherever they stand.

The phrases are a table, `data/courtesy.txt`. What they leave is what is asked; if they leave nothing, all of it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate

from retrieval.text.analyzer import Token
from retrieval.text.orthography import bare
from retrieval.text.word_tables import read

TABLE = "courtesy.txt"


def without_courtesy(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """The tokens of a question that ask."""
    polite = courtesy([token.bare for token in tokens])
    return tuple(token for place, token in enumerate(tokens) if place not in polite)


def courtesy(words: Sequence[str]) -> frozenset[int]:
    """The places of the words that only ask politely.

    Args:
        words: those of a question, folded and without half-spaces.
    """
    text = "".join(f"{word} " for word in words)
    starts = list(accumulate((len(word) + 1 for word in words), initial=0))
    found = {
        place
        for match in _phrases().finditer(text)
        for place, start in enumerate(starts[:-1])
        if match.start() <= start < match.end()
    }
    return frozenset(found) if len(found) < len(words) else frozenset()


@lru_cache(1)
def polite_words() -> frozenset[str]:
    """The words that are a courtesy by themselves («سلام», «مرسی»), folded and without half-spaces."""
    words = {bare(word) for line in _lines() for place in line.split() for word in place.removesuffix("?").split("/")}
    return frozenset(word for word in words if _phrases().fullmatch(f"{word} "))


def _lines() -> list[str]:
    return [line for line in read(__file__, TABLE).splitlines() if line and not line.startswith("#")]


@lru_cache(1)
def _phrases() -> re.Pattern[str]:
    one = f"(?:{'|'.join(sorted(map(_phrase, _lines()), key=len, reverse=True))})"
    return re.compile(rf"(?<!\S){one}(?:(?:{bare('و')} )?{one})*")


def _phrase(line: str) -> str:
    """The expression of one line of the table; each of its words has a space behind it."""
    found = ""
    for place in line.split():
        spellings = dict.fromkeys(re.escape(bare(word)) for word in place.removesuffix("?").split("/"))
        found += f"(?:(?:{'|'.join(spellings)}) ){'?' if place.endswith('?') else ''}"
    return found
