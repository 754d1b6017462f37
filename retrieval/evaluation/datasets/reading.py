"""The files that a user names → one collection."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate
from pathlib import Path

from retrieval.corpus.articles import read_corpus
from retrieval.errors import CorpusError
from retrieval.evaluation.datasets import question_rows, squad, trec
from retrieval.evaluation.datasets.judged import Collection, Judged, Span
from retrieval.types import Article

_SEPARATOR = "\0"
"""A character that no article has: the readers of a corpus replace it."""


def read(files: Sequence[Path], corpus: Path | None = None, qrels: Path | None = None) -> Collection:
    """All questions of `files`, on one collection.

    Args:
        files: SQuAD (`.json`), question rows (`.jsonl`), or TREC topics (any other ending).
        corpus: what is searched; by default all paragraphs of the SQuAD files.
        qrels: the judgements of the topics.

    Raises:
        CorpusError: a file cannot be read or is malformed, or lacks the corpus or the judgements that it needs.
    """
    stems = Counter(file.stem for file in files)
    found = read_corpus(corpus) if corpus else None
    articles = found.articles if found else ()
    parts: list[Collection] = []
    for file in files:
        name = file.stem if stems[file.stem] == 1 else file.as_posix()
        if file.suffix.lower() == ".json":
            part = squad.read(file, name)
            parts.append(_placed(part, articles, file) if found else part)
        elif found is None:
            raise CorpusError(file, "its questions come without articles", "name them with --corpus DIR")
        elif file.suffix.lower() == ".jsonl":
            parts.append(question_rows.read(file, articles, name))
        elif qrels is None:
            raise CorpusError(file, "its topics come without judgements", "name them with --qrels FILE")
        else:
            parts.append(trec.read(file, qrels, articles, name))
    questions = tuple(question for part in parts for question in part.questions)
    taken = [key for key, times in Counter(question.id for question in questions).items() if times > 1]
    if taken:
        raise CorpusError(files[-1], f"the question id «{taken[0]}» is taken", "give each question its own id")
    problems = (*(found.problems if found else ()), *(problem for part in parts for problem in part.problems))
    return Collection(articles or tuple(article for part in parts for article in part.articles), questions, problems)


def _placed(part: Collection, articles: Sequence[Article], file: Path) -> Collection:
    """A SQuAD file's questions, moved to a corpus that holds its paragraphs.

    A question on a paragraph that the corpus lacks becomes one without an answer.
    """
    texts = part.texts
    whole = _SEPARATOR.join(article.text for article in articles)
    starts = list(accumulate((len(article.text) + 1 for article in articles), initial=0))
    places: dict[Span, Span | None] = {}
    for passage in {passage for judged in part.questions for passage in judged.passages}:
        start = whole.find(texts.get(passage.article, "")[passage.start : passage.end].strip() or _SEPARATOR * 2)
        number = bisect_right(starts, start) - 1
        offset = start - starts[number]
        places[passage] = (
            Span(articles[number].id, offset, offset + passage.end - passage.start) if start >= 0 else None
        )
    missing = sum(place is None for place in places.values())
    reason = f"{missing} of its {len(places)} paragraphs are not in the corpus"
    note = CorpusError(file, reason, "their questions count as questions without an answer")
    questions = tuple(_moved(judged, places) for judged in part.questions)
    return Collection(tuple(articles), questions, (*part.problems, note) if missing else part.problems)


def _moved(judged: Judged, places: dict[Span, Span | None]) -> Judged:
    (old,) = judged.passages
    new = places[old]
    if new is None:
        return replace(judged, passages=(), answers=(), answerable=False)
    shift = new.start - old.start
    answers = tuple(Span(new.article, answer.start + shift, answer.end + shift) for answer in judged.answers)
    return replace(judged, passages=(new,), answers=answers)
