"""The closed classes of Persian: words that carry grammar rather than content, and the spoken forms of questions."""

from __future__ import annotations

from retrieval.text.orthography import fold
from retrieval.text.word_tables import entries, read, sections, word_set

_SETS = sections(read(__file__, "function_words.txt"))

QUESTION_WORDS = word_set(_SETS["question words"])
COPULAS = word_set(_SETS["copulas"])
STOP_WORDS = QUESTION_WORDS | COPULAS | word_set(_SETS["other stop words"])
STOP_LEMMAS = word_set(_SETS["stop lemmas"])
"""Past stems of verbs whose forms are all stop words."""

SPOKEN_WORDS = {
    fold(spoken): fold(written[0]) if written else ""
    for forms, written in entries(read(__file__, "spoken.txt"))
    for spoken in forms
}
"""Spoken form → written word, "" for one that only begs or sighs. Read on the question's side alone."""
