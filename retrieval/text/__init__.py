"""Persian text → sentences and terms, for articles and questions alike; the tables of words behind that.

text ── sentences ──→ spans ── analyzer ──→ terms and what else a word tells
├─ orthography, endings, function_words, traits (their lists: word_tables, data/)
└─ lexicon ←─ lexicon_compiler ←─ hazm
many texts ── pieces ──→ the same, each different word looked at once

Besides: stems (coarse, for relatives), keyboard (which letters lie side by side), safe (what may be shown), vocabulary
and bloom (sets of words).
"""

from retrieval.text.orthography import bare
from retrieval.text.safe import for_message, for_terminal, printable
from retrieval.text.word_tables import word_set

__all__ = ["bare", "for_message", "for_terminal", "printable", "word_set"]
