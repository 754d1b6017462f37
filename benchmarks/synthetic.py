"""A synthetic collection of any number of sentences, and questions whose gold sentences are known.

    python -m benchmarks.synthetic 100000 FOLDER [--form txt|md|jsonl] [--seed N] [--questions N]

The lengths are those of an agency's dispatch (16 sentences of 44 ± 18 words in 14 paragraphs). An article depends on
the seed and its number alone: the same seed gives the same bytes, a smaller collection is the beginning of a larger.
"""

from __future__ import annotations

import argparse
import datetime
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from random import Random

import numpy as np
from numpy.random import default_rng
from numpy.typing import NDArray

from benchmarks.vocabulary import FUNCTION_WORDS, VERBS, Integers, words
from retrieval.evaluation.perturbing.edits import apply
from retrieval.evaluation.perturbing.misspelling import typing_errors

FORMS = ("txt", "md", "jsonl")

LENGTH, SPREAD, SHORTEST, LONGEST = 3.70, 0.42, 6, 120
"""Words of a sentence: mean and standard deviation of their logarithm, and where it is cut off."""

MEAN_ARTICLE, FEWEST, MOST = 16, 10, 50
"""Sentences of an article."""

GOES_ON, COMMA = 1 / 8, 0.07
"""How often a paragraph goes on after a sentence, and a comma follows a word."""

TOPIC, ON_TOPIC = 40, 0.2
"""Words of an article's topic, and the share of its words that are drawn from them: articles repeat their words."""

FOLDER, LINES = 250, 10_000
"""Articles in a folder, and in a .jsonl file."""

RARE = 1000
"""The rank from which on a word tells sentences apart."""

_FIRST_DAY, _DAYS = datetime.date(2015, 1, 1), 4000
_SOURCES = ("روزنامهٔ بامداد", "خبرگزاری کرانه", "هفته‌نامهٔ راه", "پایگاه خبری افق", "ماهنامهٔ دانش")
_FRAMES = ("کدام {} است؟", "{} چیست؟", "چرا {} شد؟", "{} در چه سالی بود؟", "دربارهٔ {} چه گفتند؟", "{} کجاست؟")


@dataclass(frozen=True)
class Composed:
    """An article as it was drawn.

    Args:
        id: its path below the corpus folder.
        title, date, source: its front matter.
        ranks: the rank of each word; a verb's place in `VERBS` where a sentence ends.
        ends: for each sentence the number of its last word, the verb.
        commas: for each word whether a comma follows.
        breaks: for each sentence whether a paragraph ends with it.
    """

    id: str
    title: str
    date: datetime.date
    source: str
    ranks: Integers
    ends: Integers
    commas: NDArray[np.bool_]
    breaks: NDArray[np.bool_]

    @cached_property
    def sentences(self) -> list[str]:
        """The sentences in order."""
        ranked = words().ranked
        pieces = [ranked[rank] for rank in self.ranks.tolist()]
        for place in np.flatnonzero(self.commas).tolist():
            pieces[place] += "،"
        starts = [0, *(self.ends[:-1] + 1).tolist()]
        ends = self.ends.tolist()
        verbs = [VERBS[verb] for verb in self.ranks[self.ends].tolist()]
        return [f"{' '.join(pieces[start:end])} {verb}." for start, end, verb in zip(starts, ends, verbs, strict=True)]

    @property
    def text(self) -> str:
        """The paragraphs, with blank lines between them."""
        gaps = ["\n\n" if ends else " " for ends in self.breaks[:-1].tolist()]
        return "".join(piece for pair in zip(self.sentences, [*gaps, "\n"], strict=True) for piece in pair)


@dataclass(frozen=True, slots=True)
class Question:
    """A question of a collection.

    Args:
        text: as it is asked.
        kind: `plain`, `typo` (with a typing error) or `absent` (asks for names that stand nowhere).
        article: the id of the gold sentence's article, or "".
        gold: the gold sentence, verbatim, or "".
        number: the gold sentence's number in the collection, or -1.
    """

    text: str
    kind: str
    article: str
    gold: str
    number: int

    def row(self) -> dict[str, object]:
        """The question as `retrieval evaluate` reads it."""
        status, must = ("answered", [self.gold]) if self.gold else ("not_found", [])
        return {"question": self.text, "status": status, "must": must} | asdict(self)


class Collection:
    """`sentences` sentences; articles are composed when they are asked for.

    Args:
        sentences: how many there are.
        seed: the same seed gives the same articles.
        form: the ending of the files, one of `FORMS`.
    """

    def __init__(self, sentences: int, seed: int = 1, form: str = "txt") -> None:
        self.seed, self.form = seed, form
        drawn = default_rng(seed).lognormal(np.log(MEAN_ARTICLE), 0.3, sentences // FEWEST + 1)
        ends = np.cumsum(np.clip(drawn.round().astype(np.int64), FEWEST, MOST))
        self._bounds = np.unique(np.concatenate(([0], np.minimum(ends, sentences))))

    def __len__(self) -> int:
        """How many articles there are."""
        return len(self._bounds) - 1

    def __iter__(self) -> Iterator[Composed]:
        return map(self.article, range(len(self)))

    def article(self, number: int) -> Composed:
        """The article of a number."""
        random, known = default_rng([self.seed, number]), words()
        count = int(self._bounds[number + 1] - self._bounds[number])
        lengths = np.clip(random.lognormal(LENGTH, SPREAD, MOST)[:count].round().astype(np.int64), SHORTEST, LONGEST)
        ends = np.cumsum(lengths) - 1
        topic = known.draw(random, TOPIC, len(FUNCTION_WORDS))
        day, source = int(random.integers(_DAYS)), _SOURCES[int(random.integers(len(_SOURCES)))]
        total = int(lengths.sum())
        ranks = known.draw(random, total)
        ranks = np.where(random.random(total) < ON_TOPIC, topic[random.integers(TOPIC, size=total)], ranks)
        commas = random.random(total) < COMMA
        ranks[ends], commas[ends], commas[ends - 1] = known.draw_verbs(random, count), False, False
        breaks = random.random(count) >= GOES_ON
        title = " ".join(known.ranked[rank] for rank in topic[:4].tolist())
        date = _FIRST_DAY + datetime.timedelta(days=day)
        return Composed(self._id(number), title, date, source, ranks, ends, commas, breaks)

    def _id(self, number: int) -> str:
        return f"{number // FOLDER:04}/{number:06}.{self.form}" if self.form != "jsonl" else f"{number:06}"

    def write(self, folder: Path) -> None:
        """Write the articles into `folder`: sub-folders of files with front matter, or .jsonl files."""
        folder.mkdir(parents=True, exist_ok=True)
        for start in range(0, len(self), LINES):
            some = range(start, min(start + LINES, len(self)))
            if self.form == "jsonl":
                lines = (_line(self.article(number)) for number in some)
                (folder / f"{start // LINES:04}.jsonl").write_text("".join(lines), encoding="utf-8")
                continue
            for number in some:
                article = self.article(number)
                path = folder / article.id
                if number % FOLDER == 0:
                    path.parent.mkdir(exist_ok=True)
                path.write_text(with_front_matter(article), encoding="utf-8")

    def questions(self, count: int, *, typos: float = 0.2, absent: float = 0.2) -> list[Question]:
        """`count` questions in random order.

        Args:
            count: how many.
            typos: the share with a typing error.
            absent: the share without an answer.
        """
        random = Random(f"{self.seed}/questions")
        few, none = round(count * typos), round(count * absent)
        kinds = ["typo"] * few + ["absent"] * none + ["plain"] * (count - few - none)
        random.shuffle(kinds)
        return [self._question(kind, random) for kind in kinds]

    def _question(self, kind: str, random: Random) -> Question:
        ranked, frame = words().ranked, random.choice(_FRAMES)
        if kind == "absent":
            asked = [*random.sample(words().unused, 2), ranked[random.randrange(len(FUNCTION_WORDS), RARE)]]
            return Question(frame.format(" ".join(asked)), kind, "", "", -1)
        place = random.randrange(len(self))
        article = self.article(place)
        number = random.randrange(len(article.ends))
        start = article.ends[number - 1] + 1 if number else 0
        asked = [ranked[rank] for rank in _telling(article.ranks[start : article.ends[number]].tolist(), random)]
        text = frame.format(" ".join(asked))
        if kind == "typo":
            text = apply(text, typing_errors(text, 1, random)).text
        return Question(text, kind, article.id, article.sentences[number], int(self._bounds[place]) + number)


def _telling(ranks: list[int], random: Random) -> list[int]:
    """Up to three rare and two common words of a sentence, in its order; function words where it has no others."""
    distinct = list(dict.fromkeys(ranks))
    rare = [rank for rank in distinct if rank >= RARE]
    common = [rank for rank in distinct if len(FUNCTION_WORDS) <= rank < RARE]
    chosen = {*random.sample(rare, min(3, len(rare))), *random.sample(common, min(2, len(common)))}
    return [rank for rank in distinct if rank in chosen] or distinct[:5]


def with_front_matter(article: Composed) -> str:
    """An article as a file of text or Markdown."""
    return f'---\ntitle: "{article.title}"\ndate: {article.date}\nsource: {article.source}\n---\n\n{article.text}'


def _line(article: Composed) -> str:
    row = {"id": article.id, "title": article.title, "date": str(article.date), "source": article.source}
    return json.dumps(row | {"text": article.text}, ensure_ascii=False) + "\n"


def main() -> int:
    """Write a collection, and its questions beside it."""
    parser = argparse.ArgumentParser(description="Write a synthetic collection.")
    parser.add_argument("sentences", type=int, help="how many sentences")
    parser.add_argument("folder", type=Path, help="where the articles go; questions go into FOLDER.questions.jsonl")
    parser.add_argument("--form", choices=FORMS, default="txt", help="default: txt")
    parser.add_argument("--seed", type=int, default=1, help="default: 1")
    parser.add_argument("--questions", type=int, default=1000, help="default: 1000")
    options = parser.parse_args()
    collection = Collection(options.sentences, options.seed, options.form)
    collection.write(options.folder)
    rows = (json.dumps(question.row(), ensure_ascii=False) for question in collection.questions(options.questions))
    options.folder.with_suffix(".questions.jsonl").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
