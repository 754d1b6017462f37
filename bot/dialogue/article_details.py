"""Questions about an article itself («این خبر در چه تاریخی منتشر شده است؟»), answered from its front matter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from bot.dates import jalali
from retrieval import Article, Question, Seeks
from retrieval.text import word_set

Detail = Callable[[Article], str]


_THIS = word_set("این همین")
_ARTICLE = word_set("خبر گزارش مقاله مطلب متن نوشته یادداشت نوشتار خبری گزارشی خبرها گزارش‌ها مقاله‌ها مطلب‌ها")
_REPORTER = word_set("خبرنگار گزارشگر خبرنگارش گزارشگرش")
_PUBLISHED = word_set("منتشر انتشار نشر")
_WROTE = word_set("نوشت نوشته نوشتند نوشته‌اند")
_GRAMMAR = _WROTE | word_set("روز زمان زمانی سال کسی نام اسم شخصی تهیه کرده رو بده بدهید بگو بگویید")

_DETAILS: tuple[tuple[frozenset[str], Detail], ...] = (
    (_REPORTER | word_set("نویسنده نویسندهٔ نگارنده"), lambda article: article.author),
    (word_set("منبع رسانه رسانه‌ای خبرگزاری ناشر روزنامه سایت"), lambda article: article.source),
    (word_set("عنوان تیتر"), lambda article: article.title),
    (word_set("لینک پیوند نشانی آدرس"), lambda article: article.url),
    (_PUBLISHED | word_set("تاریخ تاریخی"), lambda article: jalali(article.date) if article.date else ""),
)
"""The words that ask for each detail. A question with words of several asks for the first of these."""

_BY_KIND: dict[Seeks, Detail] = {Seeks.PERSON: _DETAILS[0][1], Seeks.TIME: _DETAILS[-1][1]}


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A question about an article itself.

    Args:
        detail: from an article to the detail asked for, written as a reader expects it; "" where the article lacks it.
        topic: the words that say which article is meant; "" for «this» one.
    """

    detail: Detail
    topic: str


def inquiry(question: Question) -> Inquiry | None:
    """The inquiry about an article that a question makes; None where it asks about something else."""
    words = [token.bare for token in question.tokens]
    pairs = list(pairwise(words))
    about_this = any(one in _THIS and other in _ARTICLE for one, other in pairs)
    telling = not _REPORTER.isdisjoint(words) or not (_PUBLISHED.isdisjoint(words) or _ARTICLE.isdisjoint(words))
    named = next(((keys, detail) for keys, detail in _DETAILS if not keys.isdisjoint(words)), None)
    if named is None and about_this and question.seeks in _BY_KIND:
        # In spoken «این خبر را کی نوشته» the word «کی» asks for a person. In «این نوشته» the verb form is the article.
        wrote = any(other in _WROTE and one not in _THIS for one, other in pairs)
        named = (frozenset(), _BY_KIND[Seeks.PERSON if wrote else question.seeks])
    if named is None:
        return None
    about_this = about_this or any(one in named[0] and other in _ARTICLE for one, other in pairs)
    if not (about_this or telling):
        return None
    about = _ARTICLE | _PUBLISHED | _GRAMMAR | named[0]
    topic = [token.bare for token in question.tokens if token.terms and token.bare not in about]
    if topic and not telling:
        return None
    return Inquiry(named[1], " ".join(topic))
