"""Questions for the Telegram bot's load: thousands that differ, and the few that many people ask.

Distinct ones are asked about runs of words that stand together in the corpus's sentences; every fourth has a typing
error. None comes twice, so that nothing which remembers answers gains by them. Recurring ones are drawn from some of
these by Zipf's law (frequency ∝ 1/rank), as the queries of real traffic are spread.
"""

from __future__ import annotations

import random
import re
from itertools import accumulate
from pathlib import Path

from retrieval import read_corpus
from retrieval.evaluation.perturbing.edits import apply
from retrieval.evaluation.perturbing.misspelling import typing_errors

SEED = 7
POPULAR = 2_000
"""Questions among which the recurring ones are drawn."""

_TEMPLATES = (
    "{} چیست؟",
    "{} کدام‌اند؟",
    "دربارهٔ {} چه می‌دانید",
    "{} چه زمانی بود؟",
    "چه کسی از {} گفت؟",
    "چرا {} اهمیت دارد؟",
    "{} چند تاست",
    "{} کجا بود؟",
    "هدف از {} چه بود؟",
    "نتیجه {} چه شد",
)
_WORD = re.compile(r"\w[\w\u200c]*")
_TYPING_ERROR_EVERY = 4


def distinct(corpus: Path, count: int) -> list[str]:
    """`count` questions about a corpus, all different, the same ones each time."""
    chance = random.Random(SEED)
    sentences = [
        words
        for article in read_corpus(corpus).articles
        for line in re.split(r"[.؟!\n]", article.text)
        if len(words := _WORD.findall(line)) > 1
    ]
    found: dict[str, None] = {}
    while len(found) < count:
        words = chance.choice(sentences)
        start = chance.randrange(len(words) - 1)
        text = chance.choice(_TEMPLATES).format(" ".join(words[start : start + chance.randint(2, 4)]))
        if len(found) % _TYPING_ERROR_EVERY == 0:
            text = apply(text, typing_errors(text, 1, chance)).text
        found[text] = None
    return list(found)


def recurring(corpus: Path, count: int) -> list[str]:
    """`count` questions as they recur in traffic."""
    popular = distinct(corpus, POPULAR)
    weights = list(accumulate(1 / rank for rank in range(1, len(popular) + 1)))
    return random.Random(SEED).choices(popular, cum_weights=weights, k=count)
