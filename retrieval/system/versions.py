"""Every version of what is stored between two runs.

A stored index is built anew where `analysis` differs, the word tables are compiled anew where `LEXICON` or
`HAZM_TABLES` does. The golden digests of the tests fail where a version should have been raised and was not.
"""

from __future__ import annotations

INDEX = 24
"""Raised when the same files may give other articles, passages, sentences, traits or packed rows."""

TERMS = 6
"""Raised when the same text may give other terms."""

LEXICON = 20
"""Raised when the same tables of hazm and wordfreq may be compiled to others."""

TABLES = 1
"""Raised when the same table of synonyms or everyday verbs may be compiled to others."""

HAZM_TABLES = "0.10.0"
"""The hazm whose word tables are compiled. Later ones, to 0.12.1, ship the same, which give the same bytes."""

STORE = "store-8.db"
"""The file name of a store; its number is raised when the SQLite tables change. Files of other numbers are removed."""


def analysis(lexicon: str) -> str:
    """What a stored index is compared by.

    Args:
        lexicon: the fingerprint of the compiled word tables.
    """
    return f"index {INDEX}, terms {TERMS}, lexicon {lexicon}"
