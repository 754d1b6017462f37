"""Whether the letters of a PDF are its text: scans have none, and some producers write others than they draw."""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.corpus.pdf.process import Line
from retrieval.corpus.readers.record import FaultError
from retrieval.text.function_words import STOP_WORDS
from retrieval.text.orthography import bare

MIN_LETTERS = 40
"""Letters that a page of text has on average; a scan has a stamp or a page number."""
MIN_WORDS, MIN_LINE = 100, 5
"""Persian words of a text whose quality can be judged, and of a line of it: lists of names have no function words."""
MIN_FUNCTION_WORDS = 0.12
"""The share of the words of a Persian text that are function words such as «و» and «از»; mostly it is about .3. Where
letters are wrong, words torn or in the wrong order, hardly any is left."""

_WORD = re.compile("[\u0620-\u065f\u066e-\u06d3\u200c]+")
_REMEDY = "give the document that it was made of (.docx), or run OCR on it, such as `ocrmypdf --force-ocr -l fas`"


def check(pages: Sequence[Sequence[Line]]) -> None:
    """Refuse a file whose letters are not its text.

    Raises:
        FaultError: it is a scan, or its text is garbled.
    """
    text = " ".join(line.text for page in pages for line in page)
    if sum(map(str.isalnum, text)) < min(MIN_LETTERS * len(pages), MIN_LETTERS * 10):
        raise FaultError("its pages are pictures without text, as scans are", _REMEDY.replace("--force-ocr ", ""))
    prose = (line.text for page in pages for line in page if len(line.cells) == 1)
    words = [word for line in prose if len(found := _WORD.findall(line)) >= MIN_LINE for word in found]
    known = sum(bare(word) in STOP_WORDS for word in words)
    if len(words) >= MIN_WORDS and known < MIN_FUNCTION_WORDS * len(words):
        raise FaultError("its letters are stored wrongly, so its text is garbled", _REMEDY)
