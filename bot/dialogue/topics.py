"""Messages that ask for articles rather than for a sentence: «خبرهای آبان», «چه خبر از سیل», «خلاصهٔ خبر سیل».

Such a message is a frame of grammar («خبرهای …», «… رو خلاصه کن») around a topic, a time, or both. It is told by the
frame alone: words for articles in the plural, for a summary, or for what something is about.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from itertools import pairwise
from typing import NamedTuple

from retrieval import Question, Token, asks
from retrieval.text import bare, word_set

ONE_ARTICLE = word_set(
    "خبر خبری گزارش گزارشی مقاله مقاله‌ای مطلب مطلبی متن نوشته یادداشت نوشتار مصاحبه گفتگو گفت‌وگو خبرنامه اطلاعیه"
)
"""The nouns for an article, in the singular."""

_ENDINGS = word_set("ها های هایی هاي")
_PLURALS = word_set("اخبار مطالب مقالات گزارشات گزارشها") | {
    noun + ending for noun in ONE_ARTICLE for ending in (*_ENDINGS, bare("ا"), bare("ای"))
}
ARTICLE_NOUNS = ONE_ARTICLE | _PLURALS
"""The nouns for articles, in either number."""

_SUMMARY = word_set("خلاصه خلاصه‌ای خلاصهٔ خلاصش خلاصه‌ش خلاصشو خلاصه‌شو چکیده چکیدهٔ گزیده گزیدهٔ")

Phrases = Mapping[str, Sequence[tuple[str, ...]]]
"""Phrases by their first words."""


def _phrases(phrases: str) -> Phrases:
    """Phrases that are separated by «|»."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases.split("|"):
        words = tuple(map(bare, phrase.split()))
        found.setdefault(words[0], []).append(words)
    return found


_IN_SHORT = _phrases("در یک نگاه|تو یک نگاه|تو یه نگاه|در چند خط|تو چند خط|در چند جمله|تو چند جمله|به طور خلاصه")
_ABOUT = _phrases(
    "درباره|دربارهٔ|درباره‌ی|درباره ی|راجع به|راجب|راجب به|در مورد|درمورد|مربوط به|پیرامون|در خصوص|درخصوص|در رابطه با"
)
_WHAT = word_set("چه چی چیا")
_NEWS = word_set("خبر خبری خبرها خبرهایی خبرایی خبرا")
_HAVE = word_set("دارید دارین داری هست هستند منتشر چاپ")
_COUNT = word_set("چند چندتا")
_FRAME = (
    _WHAT | _COUNT | _HAVE | _SUMMARY
    | word_set(
        "همه همهٔ همهی تمام تمامی کل رو را برام برایم برا برای بیار بیارید بیارین بده بدید بدین بدهید بگو بگید بگین بگی "
        "بگویید بنویس بنویسید نشون نشان کن کنید کنین کرده شده شد بوده بود بودن است اند چیه چیست چین میگه می‌گوید گفته "
        "میخوام می‌خواهم میخواستم میدونی میدونید می‌دانید بدونم بدانم ببینم بخونم بخوانم یه یک تا دیگه لطفا انتشار "
        "میشه می‌شود لیست فهرست چاپ توضیح به از در تو توی با ی آخرین جدید جدیدترین تازه تازه‌ترین نوشته‌اند نوشتند "
        "نوشتن موجود زندگی زندگینامه ماجرا ماجرای قضیه قضیهٔ جریان موضوع"
    )
)  # fmt: skip
"""Words that may stand around a topic and are no part of it."""
_AROUND = _FRAME | _ENDINGS
_TELLING = _SUMMARY | _NEWS | ARTICLE_NOUNS
"""Words of which, or of `_IN_SHORT` and `_ABOUT`, a message has one that asks for articles and has a question word."""


class Wanted(Enum):
    """What a message wants of the articles of a topic."""

    LISTING = "listing"
    SUMMARY = "summary"
    OVERVIEW = "overview"
    """What they say, or which they are: «دربارهٔ سیل», «پل زنبق»."""


class TopicRequest(NamedTuple):
    """A message that asks for articles.

    Args:
        wanted: what it wants of them.
        topic: the message without its frame; it has no groups where a time alone is named.
        is_certain: whether the frame can be of nothing else, so that nothing but articles answers it.
    """

    wanted: Wanted
    topic: Question
    is_certain: bool


def topic_request(question: Question) -> TopicRequest | None:
    """What a message asks of the articles of a topic; None where it asks for something else."""
    tokens = question.tokens
    words = [token.bare for token in tokens]
    in_short, about = _places_of(words, _IN_SHORT), _places_of(words, _ABOUT)
    if not (in_short or about or not _TELLING.isdisjoint(words)) and any(map(asks, words)):
        return None
    framed, is_about = in_short | about, bool(about)
    is_summary = not _SUMMARY.isdisjoint(words) or bool(in_short)
    several = {place for place in range(len(words)) if is_plural(words, place)}
    single = {place for place, word in enumerate(words) if word in ONE_ARTICLE}
    timed = question.when.places | {place for place, word in enumerate(words) if word in question.when.years}
    left_out = framed | several | single | timed
    rest = [place for place, word in enumerate(words) if place not in left_out and word not in _AROUND]
    if any(asks(words[place]) for place in rest) or _asks_more(words, several | single, framed):
        return None
    topic = _topic(question, rest)
    if is_summary:
        return TopicRequest(Wanted.SUMMARY, topic, is_certain=True)
    what_news = any(one in _WHAT and other in _NEWS for one, other in pairwise(words))
    opens = bool(several) and min(several) <= min(rest, default=len(words))
    has = not _HAVE.isdisjoint(words) or is_about
    offered = bool(single) and has and not (_WHAT | _COUNT).isdisjoint(words)
    if (what_news or opens or offered) and (topic.asked or question.when.period):
        return TopicRequest(Wanted.LISTING, topic, is_certain=opens)
    if not topic.asked or (any(asks(word) for word in words) and not is_about):
        return None
    return TopicRequest(Wanted.OVERVIEW, topic, is_certain=is_about)


def is_frame(word: str) -> bool:
    """Whether a word, folded and without half-spaces, may stand around a topic and is no part of it."""
    return word in _FRAME


def is_plural(words: Sequence[str], place: int) -> bool:
    """Whether the word at a place is a noun for articles in the plural: «خبرهای», «مطالب», «گزارش های»."""
    word, following = words[place], words[place + 1 : place + 2]
    return word in _PLURALS or (word in ONE_ARTICLE and not _ENDINGS.isdisjoint(following))


def _asks_more(words: Sequence[str], nouns: set[int], framed: set[int]) -> bool:
    """Whether «چند» or «چه» asks for something else than articles.

    It asks for articles before a noun for them («چند مقاله»), and «چه» where the frame alone follows («چی دارید»).
    """
    for place, word in enumerate(words):
        ends = word not in _COUNT and all(other in _FRAME for other in words[place:])
        if word in _WHAT | _COUNT and not (place + 1 in nouns or place in framed or ends):
            return True
    return False


def _places_of(words: Sequence[str], phrases: Phrases) -> set[int]:
    """The places of the words that make one of some phrases."""
    return {
        place
        for start, word in enumerate(words)
        for phrase in phrases.get(word, ())
        if phrase == tuple(words[start : start + len(phrase)])
        for place in range(start, start + len(phrase))
    }


def _topic(question: Question, places: Sequence[int]) -> Question:
    """The question with the groups of some of its words alone."""
    kept = {term for place in places for term in question.tokens[place].terms}
    others = {term for place, token in enumerate(question.tokens) if place not in places for term in _all(token)}
    return question.without(others - kept)


def _all(token: Token) -> tuple[str, ...]:
    return (*token.terms, token.bare)
