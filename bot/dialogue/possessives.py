"""Possessive endings, in every spelling: «هزینه‌اش», «هزینش», «مدارکش», «قیمتشون»."""

from __future__ import annotations

from retrieval import Analyzer
from retrieval.text import bare, word_set

_ENDINGS = tuple(map(bare, ("شان", "شون", "اش", "ش")))
_ALONE = word_set("ش اش شان شون")
_SILENT, _PLURAL = bare("ه"), bare("ان")
MIN_STEM = 2
"""Letters of a noun before such an ending."""


def is_possessive(word: str, analyzer: Analyzer) -> bool:
    """Whether a word, folded and without half-spaces, ends with a possessive «ش» or «شان».

    «سمتش» does, and so does «هزینش», which lost the «ه» of «هزینه»; «آتش» does not.
    """
    return bool(possessed(word, analyzer)) or word in _ALONE


def possessed(word: str, analyzer: Analyzer) -> str:
    """The noun that a possessive ending stands at; "" where there is none."""
    if not word.endswith(_ENDINGS):
        return ""
    for ending in _ENDINGS:
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < MIN_STEM:
            continue
        if analyzer.terms(word) == analyzer.terms(stem) != []:
            return stem
        if word not in analyzer.lexicon and stem not in analyzer.lexicon and stem + _SILENT in analyzer.lexicon:
            return stem + _SILENT
        if word not in analyzer.lexicon and (stem in analyzer.lexicon or _singular(stem) in analyzer.lexicon):
            return stem
        return ""
    return ""


def _singular(noun: str) -> str:
    """A noun without «ان» of the plural: «فرزندان»; "" where too little is left."""
    stem = noun.removesuffix(_PLURAL)
    return stem if stem != noun and len(stem) > MIN_STEM else ""
