"""The day that an article states of itself, in a line of its head or its foot.

    تاریخ: ۱۴۰۳/۰۲/۱۲    شماره: ۷۱ تاریخ: ۱۴۰۳/۰۲/۱۲    شنبه ۱۴ اسفند ۱۳۸۹ - ۱۰:۴۰    به‌روزرسانی: ۱۸ خرداد ۱۴۰۳

A day in a sentence, or behind another label («زادروز: …»), is of what the article tells.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence

from retrieval.corpus.readers.dates import day_in, day_of
from retrieval.text.headings import SENTENCE_END
from retrieval.types import Block, Kind

MAX_DATE_LINE, MAX_HEAD = 80, 8
"""Code points of a line that states a day, and lines of the head of an article."""

_DAY = r"(?P<{}>\d{{2,4}}\s?[/.-]\s?\d{{1,2}}\s?[/.-]\s?\d{{2,4}}|\d{{1,2}} [^\W\d]{{2,12}}(?: ماه)? (?:سال )?\d{{4}})"
_LABEL = (
    r"(?:تاریخ(?:\s(?:انتشار|درج|نشر|خبر|نامه|صدور|تنظیم|به[\u200c\s]?روزرسانی))?|مورخه?|زمان انتشار|انتشار"
    r"|(?:آخرین )?به[\u200c\s]?روزرسانی|ویرایش|date)"
)
_WEEKDAY = r"(?:(?:یک|دو|سه|چهار|پنج)?[\u200c\s]?شنبه|جمعه|آدینه)\s?[،,]?\s"
_PLACE = r"[^\W\d][^\d:،؛.\-–—]{1,24}\s[-–—]\s"
"""Where a dispatch comes from, and of whom: «محلات - ایرنا - ۱۲ اسفند ۱۴۰۲»."""
_TIME = r"(?:\s*[-–—|،,]?\s*(?:ساعت\s?)?\d{1,2}:\d{2}(?::\d{2})?)"
_STATED = re.compile(
    rf"(?:.*\b)?{_LABEL}\s*:?\s*(?:{_WEEKDAY})?{_DAY.format('named')}(?!\d).*"
    rf"|(?:{_PLACE}){{0,3}}[(\[]?(?:{_WEEKDAY})?{_DAY.format('alone')}{_TIME}?[)\]]?",
    re.IGNORECASE,
)

_ARABIC = str.maketrans("يىك", "ییک")
_LABELLED = re.compile(r"[^:\d]+:\s")


def stated_day(lines: Iterable[str]) -> datetime.date | None:
    """The first day that a short line states, as the head of a letter does: it has nothing else, or a label before."""
    short = (line.strip().translate(_ARABIC) for line in lines if len(line) <= MAX_DATE_LINE)
    stated = (_STATED.fullmatch(line) for line in short if not SENTENCE_END.search(line))
    return next((day for match in stated if match and (day := day_of(match["named"] or match["alone"]))), None)


def day_among(text: str, blocks: Sequence[Block]) -> datetime.date | None:
    """The day that the blocks of a text state: at its head, in a label, or at its foot; else in its title or byline.

    Args:
        text: what holds them.
        blocks: in order.
    """
    head, foot = list(blocks[:MAX_HEAD]), list(blocks[-1:])
    pairs = [block for block in blocks[MAX_HEAD:-1] if block.kind is Kind.PAIR]
    if stated := stated_day(text[block.start : block.end] for block in (*head, *pairs, *foot)):
        return stated
    title = [block for block in head[:1] if block.kind is not Kind.PAIR]
    around = (text[start:end] for _, start, end, _ in (*title, *foot) if end - start <= MAX_DATE_LINE)
    return next((day for line in around if not _is_told(line) and (day := day_in(line))), None)


def _is_told(line: str) -> bool:
    """Whether a line tells something, in a sentence or behind a label."""
    return SENTENCE_END.search(line) is not None or _LABELLED.match(line) is not None
