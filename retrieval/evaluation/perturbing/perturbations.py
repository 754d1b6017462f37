"""The same questions on the same articles, spelt otherwise: how much retrieval forgives.

A perturbation is a function from a text to edits. Those of spelling alone are made either in the questions or in the
corpus, where gold spans follow their text. Typing errors, speech and lost punctuation are made in questions only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from random import Random

from retrieval.errors import PasokhError
from retrieval.evaluation.datasets.judged import Collection
from retrieval.evaluation.perturbing.edits import Edit, apply, respell
from retrieval.evaluation.perturbing.misspelling import typing_errors
from retrieval.text.orthography import HALF_SPACE

Change = Callable[[str, Random], list[Edit]]
"""From a text and random numbers to edits in order; all choices are made by these numbers."""

QUESTION, CORPUS = "question", "corpus"


@dataclass(frozen=True, slots=True)
class Perturbation:
    """A way to spell otherwise.

    Args:
        change: from a text to edits.
        side: which texts are changed, `QUESTION` or `CORPUS`.
        about: a few words for people to read.
    """

    change: Change
    side: str
    about: str


_SPOKEN = {
    written: spoken
    for pair in """
    کدام=کدوم چیست=چیه کیست=کیه کجاست=کجاس چگونه=چجوری چطور=چطوری چقدر=چقد چند=چن برای=واسه آن=اون آنجا=اونجا
    آنها=اونا آن‌ها=اونا این‌ها=اینا اینها=اینا همان=همون هستند=هستن هست=هس نیست=نیس نیستند=نیستن یک=یه را=رو اگر=اگه
    دیگر=دیگه بودند=بودن شدند=شدن شده‌اند=شدن کردند=کردن کرده‌اند=کردن رسیدند=رسیدن رسیده‌اند=رسیدن گفتند=گفتن رفتند=رفتن
    گرفتند=گرفتن دادند=دادن داده‌اند=دادن داشتند=داشتن آمد=اومد آمدند=اومدن دارد=داره دارند=دارن ندارد=نداره ندارند=ندارن
    می‌شود=میشه می‌شوند=میشن نمی‌شود=نمیشه می‌کند=میکنه می‌کنند=میکنن می‌گوید=میگه می‌گویند=میگن می‌رود=میره می‌روند=میرن
    می‌رسد=میرسه می‌رسند=میرسن می‌دهد=میده می‌دهند=میدن می‌گیرد=میگیره می‌گیرند=میگیرن می‌خواهد=میخواد می‌خواهند=میخوان
    می‌تواند=میتونه می‌توانند=میتونن می‌داند=میدونه می‌دانند=میدونن می‌آید=میاد می‌آیند=میان می‌سازد=میسازه می‌سازند=میسازن
    می‌شد=میشد باشد=باشه باشند=باشن شود=بشه شوند=بشن می‌باشد=میباشه خانه=خونه خانهٔ=خونه نان=نون میدان=میدون جوان=جوون
    زبان=زبون آسمان=آسمون باران=بارون تابستان=تابستون زمستان=زمستون خیابان=خیابون ارزان=ارزون
    """.split()
    for written, spoken in [pair.split("=")]
}
"""Written → spoken form, of the commonest words that differ."""

_HAMZA = (
    ("مسئل", "مسأل"),
    ("هیئ", "هیأ"),
    ("جرئ", "جرأ"),
    ("نشئ", "نشأ"),
    ("ئو", "ؤو"),
    ("ئ", "ی"),
    ("أ", "ا"),
    ("إ", "ا"),
    ("ؤ", "و"),
    ("هٔ", "ه"),
    ("ۀ", "ه"),
    ("ه\u200cی", "هٔ"),
    ("ء", ""),
)
"""Spellings of the Academy → what people write instead; the first pair that fits is taken."""

_BEFORE = (
    "سلام وقت بخیر، ",
    "ببخشید یه سوال داشتم ",
    "با سلام و خسته نباشید خدمت شما، ",
    "سلام دوستان کسی میدونه ",
    "درود بر شما، میخواستم بدونم ",
    "شرمنده مزاحم میشم، ",
    "سلام، خوب هستین؟ ",
    "لطفا بفرمایید ",
)
_AFTER = (
    " ممنون",
    " مرسی از لطفتون",
    " ممنون میشم جواب بدید",
    " خیلی لازم دارم",
    " پیشاپیش تشکر میکنم",
    " دمتون گرم",
    " سپاس فراوان",
    "",
)
"""What people write before and after a question; one of each is drawn."""

_WORD = re.compile(r"[^\W\d_]+(?:\u200c[^\W\d_]+)*\u0654?")
_PUNCTUATION = re.compile(r"[؟?!.,،؛;:«»\"“”'()\[\]…–—/-]")
_EZAFE = re.compile(r"ه\u200cی(?!\w|\u200c)")


def _letters(table: Mapping[str, str], text: str, _: Random) -> list[Edit]:
    return [Edit(place, place + 1, table[letter]) for place, letter in enumerate(text) if letter in table]


def _spoken(text: str, _: Random) -> list[Edit]:
    return [Edit(*word.span(), _SPOKEN[word[0]]) for word in _WORD.finditer(text) if word[0] in _SPOKEN]


def _hamza(text: str, _: Random) -> list[Edit]:
    replacements = dict(_HAMZA)
    pattern = "|".join(_EZAFE.pattern if "\u200c" in old else re.escape(old) for old in replacements)
    return [Edit(*found.span(), replacements[found[0]]) for found in re.finditer(pattern, text)]


def _courteous(text: str, random: Random) -> list[Edit]:
    return [Edit(0, 0, random.choice(_BEFORE)), Edit(len(text), len(text), random.choice(_AFTER))]


def _unpunctuated(text: str, _: Random) -> list[Edit]:
    return [Edit(*mark.span(), "") for mark in _PUNCTUATION.finditer(text)]


_SPELLINGS: dict[str, tuple[Change, str]] = {
    "half-spaces-lost": (partial(_letters, {HALF_SPACE: ""}), "half-spaces deleted"),
    "half-spaces-spaced": (partial(_letters, {HALF_SPACE: " "}), "half-spaces turned into spaces"),
    "arabic-letters": (partial(_letters, {"ی": "ي", "ک": "ك"}), "Arabic ي and ك"),
    "arabic-digits": (
        partial(_letters, dict(zip("۰۱۲۳۴۵۶۷۸۹0123456789", "٠١٢٣٤٥٦٧٨٩" * 2, strict=True))),
        "Arabic digits",
    ),
    "hamza": (_hamza, "other forms of hamza"),
}
PERTURBATIONS: dict[str, Perturbation] = {
    f"{name}-{side}": Perturbation(change, side, f"{about}, on the {side}'s side")
    for name, (change, about) in _SPELLINGS.items()
    for side in (QUESTION, CORPUS)
} | {
    "one-typo": Perturbation(lambda text, random: typing_errors(text, 1, random), QUESTION, "one typing error"),
    "two-typos": Perturbation(lambda text, random: typing_errors(text, 2, random), QUESTION, "two typing errors"),
    "spoken": Perturbation(_spoken, QUESTION, "spoken forms"),
    "no-punctuation": Perturbation(_unpunctuated, QUESTION, "punctuation lost"),
    "courtesy": Perturbation(_courteous, QUESTION, "courtesies around the question"),
}
ALL = "all"


def chosen(names: list[str]) -> list[str]:
    """The names of perturbations that a user's names stand for.

    Args:
        names: full names; names without their side, which stand for both; or `all`.

    Raises:
        PasokhError: no perturbation has a name.
    """
    for name in names:
        if name not in {ALL, *PERTURBATIONS, *_SPELLINGS}:
            known = ", ".join([ALL, *_SPELLINGS, *(other for other in PERTURBATIONS if not _spelling(other))])
            raise PasokhError(f"no perturbation is called «{name}»; use one of: {known}")
    return [name for name in PERTURBATIONS if {ALL, name, _spelling(name)} & set(names)]


def _spelling(name: str) -> str:
    """The name of a two-sided perturbation without its side, else ""."""
    stem = name.rpartition("-")[0]
    return stem if stem in _SPELLINGS else ""


def perturb(collection: Collection, name: str, seed: int) -> Collection:
    """The collection with its questions, or its articles, spelt otherwise.

    Args:
        collection: articles and questions.
        name: the perturbation's name.
        seed: of the random numbers, with the name and the id of each question or article.
    """
    perturbation = PERTURBATIONS[name]

    def edits(text: str, key: str) -> list[Edit]:
        return perturbation.change(text, Random(f"{seed}/{name}/{key}"))  # noqa: S311  # no secret

    if perturbation.side == CORPUS:
        texts = {article.id: apply(article.text, edits(article.text, article.id)) for article in collection.articles}
        titles = {
            article.id: apply(article.title, edits(article.title, article.id)).text for article in collection.articles
        }
        return respell(collection, texts, titles)
    return replace(
        collection,
        questions=tuple(
            replace(judged, question=apply(judged.question, edits(judged.question, judged.id)).text)
            for judged in collection.questions
        ),
    )
