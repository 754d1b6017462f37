"""Persian word tables, compiled once from hazm and cached, so that no question waits for hazm's imports.

A word of the language gives its terms: a verb form its lemma, a compound its parts, a hamza variant its canonical
spelling, any other word itself, a stop word none. `retrieval.text.lexicon_compiler` says how the tables are made. They
are kept as one trie, whose keys begin with a letter that says what a word is looked up as.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain
from math import exp, log
from pathlib import Path

import marisa_trie

from retrieval.errors import LexiconError
from retrieval.system import versions
from retrieval.system.files import fingerprint, kept
from retrieval.text.vocabulary import Vocabulary, pack, unpack

_WRITTEN, _SPOKEN, _FINITE_VERB, _SHARE = "w", "s", "v", "f"
"""What the keys of the trie begin with."""

RARE_SHARE, COMMON_SHARE = 1e-5, 0.03
"""The shares of sentences between which those of all terms are kept: counts say nothing sure of the rarest words, and
the commonest are common in one kind of text alone."""

_STEPS = 10
"""Steps of a byte for each e-fold of a share."""

_SHARES = tuple(exp(-byte / _STEPS) for byte in range(256))
"""The share that each byte stands for."""

_SIZE = 8
"""Bytes of the number that says how long the trie is."""


class Lexicon:
    """The compiled tables; `load` opens one. Words are folded and without half-spaces throughout.

    Args:
        trie: `marisa_trie.BytesTrie` from each key to the word's terms, separated by spaces.
        words: the written words once more, with a filter; thousands of spellings are looked up there to correct one.
        fingerprint: a digest of the tables.
    """

    def __init__(self, trie: marisa_trie.BytesTrie, words: Vocabulary, fingerprint: str) -> None:
        self._trie, self.words = trie, words
        self.fingerprint = fingerprint

    def terms(self, word: str) -> tuple[str, ...] | None:
        """The terms of a written word: () for a stop word, None for an unknown one."""
        return self._look_up(_WRITTEN + word)

    def spoken(self, word: str) -> tuple[str, ...] | None:
        """The terms of what a spoken form stands for («کدوم», «میرن»), None where it is no such form."""
        return self._look_up(_SPOKEN + word)

    def share(self, term: str) -> float:
        """The share of sentences that have a term in the language as a whole, `RARE_SHARE` to `COMMON_SHARE`."""
        found = self._trie.get(_SHARE + term)
        return _SHARES[found[0][0]] if found else RARE_SHARE

    def is_finite_verb(self, word: str) -> bool:
        """Whether `word` can end a clause: «رسیدهاند», «است», «دارد»."""
        return _FINITE_VERB + word in self._trie

    def begins(self, letters: str) -> bool:
        """Whether a word, written or spoken, begins with `letters`."""
        return any(True for kind in (_WRITTEN, _SPOKEN) for _ in self._trie.iterkeys(kind + letters))

    def __contains__(self, word: str) -> bool:
        return word in self.words

    def _look_up(self, key: str) -> tuple[str, ...] | None:
        found = self._trie.get(key)
        return tuple(found[0].decode().split()) if found else None


def load(folder: Path, announce: Callable[[str], None] = lambda _: None) -> Lexicon:
    """The lexicon cached in `folder`, compiled first where it is missing, damaged or of another version.

    Args:
        folder: where the cache lives; created if need be. One that cannot be written costs the compilation each time.
        announce: told, in one line, why the caller waits.

    Raises:
        LexiconError: hazm is not installed, or its tables are not as expected.
    """
    path = folder / f"lexicon-{versions.LEXICON}-hazm-{versions.HAZM_TABLES}.bin"

    def make() -> bytes:
        announce("Compiling the Persian word tables; this happens once and takes about ten seconds …")
        return _compile()

    def tell(error: OSError) -> None:
        announce(f"The word tables cannot be kept in {folder} ({error.strerror}); they will be compiled again.")

    content = kept(path, make, tell)
    size = int.from_bytes(content[:_SIZE], "little")
    trie = marisa_trie.BytesTrie()
    trie.frombytes(content[_SIZE : _SIZE + size])
    return Lexicon(trie, Vocabulary(unpack(content[_SIZE + size :])), fingerprint(content))


def _compile() -> bytes:
    try:
        from retrieval.text.lexicon_compiler import compile_tables  # noqa: PLC0415  # hazm takes four seconds to import

        tables = compile_tables()
    except ModuleNotFoundError as error:
        raise LexiconError(f"{error.name} is not installed, and the word tables need it; run `make setup`") from error
    except (ImportError, OSError, LookupError, ValueError) as error:
        raise LexiconError(f"hazm's word tables cannot be compiled ({error}); run `make setup` again") from error
    shares = ((_SHARE + term, _packed(share)) for term, share in tables.shares.items() if share > RARE_SHARE)
    kinds = (_WRITTEN, tables.written), (_SPOKEN, tables.spoken), (_FINITE_VERB, dict.fromkeys(tables.finite_verbs, ()))
    entries = ((kind + word, " ".join(terms).encode()) for kind, table in kinds for word, terms in table.items())
    trie: bytes = marisa_trie.BytesTrie(chain(entries, shares)).tobytes()
    return len(trie).to_bytes(_SIZE, "little") + trie + pack(tables.written)


def _packed(share: float) -> bytes:
    """A share of sentences as one byte."""
    return bytes([round(-log(min(share, COMMON_SHARE)) * _STEPS)])
