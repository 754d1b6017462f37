"""The words one typing error away from a typed word.

Of the some six hundred spellings one error away, those are kept that are a word of the collection, alone or in the
plural, or a word of the language with any of the endings that the analysis takes off. In plain form, each spelling is
cut at each place, and head and tail are looked up; that takes over two milliseconds a word. So all spellings are
first asked for at once, by hashes and Bloom filters, and only those that pass are looked up. The result is the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from retrieval.query.slips import LETTERS, slips
from retrieval.text.bloom import BloomFilters, powers
from retrieval.text.endings import PLURALS, TAILS, WITHOUT_HE
from retrieval.text.vocabulary import Vocabulary

MAX_WORD_LETTERS = 30
"""Letters of the longest word whose neighbours are looked for."""

_PLURAL_TAILS = frozenset(("", *PLURALS))
_TAILS_WITHOUT_HE = tuple(WITHOUT_HE)
_TAIL_SETS = BloomFilters(list(TAILS), list(_PLURAL_TAILS), _TAILS_WITHOUT_HE)
_IN_PLURAL_TAILS, _IN_WITHOUT_HE = 1 << 1, 1 << 2
"""The bits that `_TAIL_SETS` gives for its second and third set; the others are part of the first."""

_POWERS, _INVERSE_POWERS = powers(MAX_WORD_LETTERS + 2), powers(MAX_WORD_LETTERS + 2, inverse=True)
_HE = np.uint32(ord("ه"))


class NearWords:
    """The words of a collection and of the language, by their distance from a typed word.

    Args:
        collection: the words of the articles.
        language: the words of the dictionary.
    """

    def __init__(self, collection: Vocabulary, language: Vocabulary) -> None:
        self._collection, self._language = collection, language

    def has(self, spelling: str) -> bool:
        """Whether `spelling` is a word of the collection, alone or in the plural, or of the language with an ending."""
        return (
            any(spelling[len(word) :] in _PLURAL_TAILS for word in self._collection.within(spelling))
            or any(spelling[len(word) :] in TAILS for word in self._language.within(spelling))
            or any(word in self._language for word in _with_he(spelling))
        )

    def near(self, word: str) -> dict[str, float]:
        """The spellings one typing error away from `word` that `has` knows, with the cost of the cheapest such error.

        Args:
            word: at most `MAX_WORD_LETTERS` of `slips.LETTERS`.
        """
        errors, spelt = slips(len(word))
        letters = np.array([*map(ord, LETTERS + word), 0], dtype=np.uint32)[spelt]
        prices: dict[str, float] = {}
        for number in self._may_have(letters).tolist():
            spelling, price = errors[number].undone(word)
            prices[spelling] = min(price, prices.get(spelling, price))
        prices.pop(word, None)
        return {spelling: price for spelling, price in prices.items() if self.has(spelling)}

    def _may_have(self, letters: NDArray[np.uint32]) -> NDArray[np.intp]:
        """The columns of the spellings that `has` may know; it certainly knows none of the others.

        A spelling's hash is Σ letterᵢ · BASEⁱ. So the hashes of its heads are the partial sums, and the hash of a tail
        is the whole less the head's, divided by the power of the base at which the tail begins.

        Args:
            letters: the code points of a spelling in each column, padded with zeros, which leave a hash as it is.
        """
        width, count = letters.shape
        heads = letters * _POWERS[:width, None]
        for row, following in pairwise(heads):  # numpy's cumsum goes down each column alone
            np.add(following, row, out=following)
        tails = _TAIL_SETS.which((heads[-1] - heads) * _INVERSE_POWERS[1 : width + 1, None]).ravel()
        cuts = np.flatnonzero(tails)
        heads, tails, (last, column) = heads.ravel()[cuts], tails[cuts], np.divmod(cuts, count)
        plural, without_he = np.flatnonzero(tails & _IN_PLURAL_TAILS), np.flatnonzero(tails & _IN_WITHOUT_HE)
        with_he = heads[without_he] + _HE * _POWERS[last[without_he] + 1]
        found = np.zeros(count, dtype=bool)
        found[column[plural][self._collection.may_have(heads[plural])]] = True
        found[column[self._language.may_have(heads)]] = True
        found[column[without_he][self._language.may_have(with_he)]] = True
        return np.flatnonzero(found)


def _with_he(spelling: str) -> Iterator[str]:
    """The words that `spelling` may be a form of, if its ending has swallowed their last letter, «ه»."""
    if not spelling.endswith(_TAILS_WITHOUT_HE):
        return
    for tail in _TAILS_WITHOUT_HE:
        if spelling.endswith(tail) and spelling != tail:
            yield spelling.removesuffix(tail) + "ه"
