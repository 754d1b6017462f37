"""Questions about an article itself («خبر سیل مال چه تاریخیه؟»), answered from its front matter, else its own lines.

Such a question has a noun for an article («خبر», «مصاحبه») where the question begins or behind what is asked of it
(«منبع خبر …»), and a word for the detail.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from bot.dialogue.topics import ARTICLE_NOUNS, ONE_ARTICLE, is_frame, is_plural
from bot.wording.dates import jalali
from retrieval import Article, Question, Seeks, asks, when
from retrieval.text import bare, word_set

MAX_MARGIN_LINE = 90
"""Code points of a line above or below an article that may tell who wrote it, and when."""
LINES_ABOVE, LINES_BELOW = 6, 4
"""How many lines are looked at for that."""

Lines = Callable[[str], bool]


class Detail(NamedTuple):
    """What may be asked of an article.

    Args:
        words: those that ask for it.
        told: the detail as the front matter has it, written as a reader expects it; "" where it has none.
        is_line: whether a line above or below an article tells it.
    """

    words: frozenset[str]
    told: Callable[[Article], str]
    is_line: Lines


_THIS = word_set("این همین")
_AS = bare("به")
_WHO = word_set("کیست کیستند")
_PUBLISHED = word_set("منتشر انتشار نشر چاپ")
_WROTE = word_set("نوشت نوشته نوشتند نوشته‌اند نوشتن تهیه تنظیم")
_OF = word_set("مال برای واسه")
_GRAMMAR = (
    _WROTE | _PUBLISHED | _OF
    | word_set("روز زمان زمانی سال کسی نام اسم شخصی کرده کرد کردن رو را بده بدهید بگو بگویید شده شد زده زد کار")
)  # fmt: skip
_OUTLETS = word_set(
    "خبرگزاری روزنامه سایت نشریه مجله ماهنامه هفته‌نامه فصلنامه گاهنامه دوهفته‌نامه پایگاه وب‌سایت وبسایت وبلاگ تارنما "
    "کانال"
)
_BYLINE = re.compile(
    r"(?:نوشته|نویسنده|نگارنده|خبرنگار|گزارشگر|به قلم|به‌قلم|گزارش از|گفت[‌\s]?وگو از|گفتگو از|تهیه و تنظیم)\b"
)


def _is_dated(line: str) -> bool:
    period = when(bare(line).replace("،", " ").replace("/", " ").split()).period
    return period is not None and period.first == period.last


_AUTHOR = Detail(
    word_set("خبرنگار گزارشگر خبرنگارش گزارشگرش نویسنده نویسندهٔ نویسنده‌اش نویسندش نگارنده"),
    lambda article: article.author,
    lambda line: bool(_BYLINE.search(line)),
)
_DATE = Detail(
    _PUBLISHED | word_set("تاریخ تاریخی تاریخیه تاریخش"),
    lambda article: jalali(article.date) if article.date else "",
    _is_dated,
)
_DETAILS = (
    _AUTHOR,
    Detail(
        _OUTLETS | word_set("منبع منبعش رسانه رسانه‌ای ناشر"),
        lambda article: article.source,
        lambda line: not _OUTLETS.isdisjoint(bare(line).split()),
    ),
    Detail(word_set("عنوان تیتر عنوانش تیترش"), lambda article: article.title, lambda _: False),
    Detail(word_set("لینک پیوند نشانی آدرس لینکش"), lambda article: article.url, lambda line: "://" in line),
    _DATE,
)
"""What can be asked. A question with words of several asks for the first of these."""


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A question about an article itself.

    Args:
        detail: what is asked.
        topic: the words that say which article is meant; "" for «this» one.
    """

    detail: Detail
    topic: str


def inquiry(question: Question) -> Inquiry | None:
    """The inquiry about an article that a question makes; None where it asks about something else."""
    words = [token.bare for token in question.tokens]
    if ARTICLE_NOUNS.isdisjoint(words):
        return None
    # «به نوشتهٔ …» and «به گزارش …» say who says it, not which article is meant.
    nouns = {
        place
        for place, word in enumerate(words)
        if (word in ONE_ARTICLE or is_plural(words, place)) and words[place - 1 : place] != [_AS]
    }
    is_this = any(one in _THIS and place in nouns for place, one in enumerate(words[:-1], start=1))
    detail = next((detail for detail in _DETAILS if not detail.words.isdisjoint(words)), None)
    wrote = any(other in _WROTE and one not in _THIS for one, other in pairwise(words))
    if detail is None or (detail is _DATE and wrote and _DATE.words.isdisjoint(words)):
        detail = _by_kind(question, words, is_this=is_this, wrote=wrote)
    if detail is None:
        return None
    heads = _PUBLISHED | detail.words
    opening = next((place for place, word in enumerate(words) if not is_frame(word) and word not in heads), len(words))
    if not (is_this or opening in nouns):
        return None
    left_out = _GRAMMAR | detail.words | _THIS
    topic = [
        token.bare
        for place, token in enumerate(question.tokens)
        if token.terms and place not in nouns and token.bare not in left_out and not asks(token.bare)
    ]
    return Inquiry(detail, " ".join(topic))


def _by_kind(question: Question, words: list[str], *, is_this: bool, wrote: bool) -> Detail | None:
    """The detail that is asked for without its name: «… رو کی نوشته», «این خبر مال کیه»."""
    asked = any(map(asks, words)) or question.seeks in (Seeks.PERSON, Seeks.TIME)
    if wrote and asked:
        return _AUTHOR
    if is_this and (question.seeks is Seeks.PERSON or not _WHO.isdisjoint(words)):
        return _AUTHOR
    is_of = not _OF.isdisjoint(words)
    return _DATE if question.seeks is Seeks.TIME and (is_this or is_of) else None


def told_line(article: Article, is_line: Lines) -> tuple[int, int] | None:
    """The span of a line above or below an article's text that tells a detail; None where none does."""
    return next((span for span in _margins(article.text) if is_line(article.text[slice(*span)])), None)


_CELLS = re.compile(r"[|\t]")
"""Finds what parts the cells of a row: the names of columns tell nothing of their article."""


def _margins(text: str) -> Iterator[tuple[int, int]]:
    """The spans of the short lines that an article begins and ends with."""
    spans = [
        (match.start(), match.end()) for match in re.finditer(r"\S[^\n]*\S", text) if not match[0].endswith((".", "؟"))
    ]
    for start, end in dict.fromkeys([*spans[:LINES_ABOVE], *spans[-LINES_BELOW:]]):
        if end - start <= MAX_MARGIN_LINE and not _CELLS.search(text, start, end):
            yield start, end
