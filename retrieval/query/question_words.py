"""The words that questions are made of, from `data/kinds.txt` and `data/question_words.txt`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum
from itertools import product

from retrieval.text.function_words import QUESTION_WORDS, SPOKEN_WORDS
from retrieval.text.orthography import bare
from retrieval.text.word_tables import entries, read, sections, word_set

Phrase = tuple[str, ...]
"""Words, folded and without half-spaces."""


class Seeks(Enum):
    """The kind of answer that a question asks for."""

    PERSON = "person"
    TIME = "time"
    QUANTITY = "quantity"
    PLACE = "place"
    REASON = "reason"
    MANNER = "manner"
    DEFINITION = "definition"
    LIST = "list"
    ONE_OF = "one of"
    ANYTHING = "anything"


def _phrases(text: str) -> Iterator[Phrase]:
    """The phrases of some lines; of one with a colon, each that joins a member before it to one behind it."""
    for left, right in entries(text):
        yield from (tuple(map(bare, f"{one} {other}".split())) for one, other in product(left, right or [""]))


_THAT = bare("که")
_SPOKEN = {spoken for spoken, written in SPOKEN_WORDS.items() if bare(written) in QUESTION_WORDS}
_ASKING = (QUESTION_WORDS | _SPOKEN) - {_THAT}
_KINDS = {Seeks(name): frozenset(_phrases(text)) for name, text in sections(read(__file__, "kinds.txt")).items()}
_TELLING = frozenset[Phrase]().union(*_KINDS.values())
_SIZES: dict[str, set[int]] = {}
"""For each word the sizes of the phrases that begin with it."""
for _phrase in _TELLING:
    _SIZES.setdefault(_phrase[0], set()).add(len(_phrase))
_TABLES = sections(read(__file__, "question_words.txt"))
_SEVERAL = tuple(" " + " ".join(phrase) for phrase in _phrases(_TABLES["several"]))

WHICH = word_set(_TABLES["which"])
"""The words before the noun for the kind of thing that is asked for."""

ONE_OF = word_set(_TABLES["one of"])
"""The words that may stand between `WHICH` and the noun."""

KIND_NOUNS = word_set(_TABLES["kind nouns"])
"""The nouns that only say what kind of answer is wanted."""

FRAMING_NOUNS = word_set(_TABLES["framing nouns"])
"""The words that say what is to be told of a topic, or when; an answer may say it otherwise."""

RATES = word_set(_TABLES["rates"])
"""The words for how much of a thing a price is for, which stand before one of `HOW_MUCH`."""

HOW_MUCH = word_set("چند چقدر")
"""The words that ask how much."""

ASKED_ATTRIBUTES = {"کجا": "نشانی", "کجاست": "نشانی", "چند": "قیمت", "چقدر": "قیمت"}
"""The attribute that a question word asks for where the question names none."""

MEANING = word_set("یعنی منظور مقصود تعریف معنی معنای معنا مفهوم")
"""The words that ask what a word means, not only what something is."""

_POSTS = sections(read(__file__, "posts.txt"))

POSTS = word_set(_POSTS["posts"])
"""The nouns for a post that one person holds at a time."""

APPOINTING = " ".join(sorted(word_set(_POSTS["appointing"])))
"""Words by which an article tells who took a post."""

ONLY_ASKING = frozenset(_phrases(_TABLES["only asking"]))
"""Pairs of words that ask, or only join."""


def asks(word: str) -> bool:
    """Whether a word, folded and without half-spaces, asks: a question word, as it is written or spoken."""
    return word in _ASKING


def is_predicate(word: str) -> bool:
    """Whether a question word has its verb with it («کیست», «چیه»), so that a question may end there."""
    return bare(SPOKEN_WORDS.get(word) or word).endswith(("ست", "ستند"))


def kind(words: Sequence[str]) -> Seeks | None:
    """The kind of answer that the words of a question tell, folded and without half-spaces; None where none does.

    Of several kinds the first in the table counts.
    """
    said = {
        tuple(words[start : start + size])
        for start, word in enumerate(words)
        if word in _SIZES
        for size in _SIZES[word]
    }
    return next((seeks for seeks, phrases in _KINDS.items() if not phrases.isdisjoint(said)), None)


def asks_for_several(words: Sequence[str]) -> bool:
    """Whether some words of a question tell that several things are asked for («کدام‌اند»)."""
    plain = " " + " ".join(words)
    return any(telling in plain for telling in _SEVERAL)
