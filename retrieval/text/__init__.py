"""Persian text → sentences and terms, for articles and questions alike, and the tables of words behind that.

text ── sentences ──→ spans ── analyzer ──→ terms, and units with their traits
├─ orthography, endings: letters and endings
├─ function_words, traits ←─ word_tables ←─ data/
└─ lexicon ←─ lexicon_compiler ←─ hazm
many texts ── pieces ──→ the same as arrays, each different piece analysed once
a plain text's lines ── layout ──→ blocks; headings and furniture help to tell them

Besides, stems gives coarse stems, vocabulary and bloom hold sets of words, keyboard tells which letters lie side by
side, jalali has the calendar, and safe makes text fit to be shown.
"""

from retrieval.text.headings import SENTENCE_END
from retrieval.text.jalali import JALALI_MONTHS, WEEKDAYS, JalaliDay
from retrieval.text.orthography import bare, undrawn
from retrieval.text.safe import for_message, for_terminal, printable
from retrieval.text.word_tables import entries, read, sections, word_set

__all__ = [
    "JALALI_MONTHS",
    "SENTENCE_END",
    "WEEKDAYS",
    "JalaliDay",
    "bare",
    "entries",
    "for_message",
    "for_terminal",
    "printable",
    "read",
    "sections",
    "undrawn",
    "word_set",
]
