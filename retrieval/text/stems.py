"""Coarse stems: what words of one family share, good for weak evidence only."""

from __future__ import annotations

from functools import lru_cache

STEM_LENGTH = 5
"""Letters by which two terms are taken for relatives: «هنر» and «هنرمندی», «انقلاب» and «انقلابی»."""

_ENDINGS = "هایشان هایی های ها گانه گان گری گر مندی مند انه ان ات ین یت ی ه گی ش م ت".split()
_BY_LAST_LETTER = {
    letter: [ending for ending in _ENDINGS if ending[-1] == letter] for letter in {ending[-1] for ending in _ENDINGS}
}


@lru_cache(maxsize=1 << 17)
def stem(term: str) -> str:
    """What a term shares with its relatives: its first letters, at most `STEM_LENGTH`, without an ending.

    Numbers and terms of less than four letters are their own stems.
    """
    if len(term) < 4 or term.isdigit():
        return term
    for ending in _BY_LAST_LETTER.get(term[-1], ()):
        if term.endswith(ending) and len(term) - len(ending) >= 3:
            return term[: -len(ending)][:STEM_LENGTH]
    return term[:STEM_LENGTH]
