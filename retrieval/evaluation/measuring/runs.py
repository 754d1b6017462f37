"""A collection's questions → findings: what the product finds for each of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

from retrieval.corpus.source import listed
from retrieval.evaluation.datasets.judged import Judged, Span, is_gold_sentence
from retrieval.indexing.spec import Announce, Track, untracked
from retrieval.query.question import Question
from retrieval.ranking.answerability import answer_probability
from retrieval.ranking.hits import Hit
from retrieval.retriever import Retriever
from retrieval.system.processes import ForkedPool, can_fork
from retrieval.types import Article

RUN_DEPTH = 20
"""Sentences of each question that are judged."""

QUESTIONS_A_CHUNK = 50
"""Questions that a process takes at a time."""

PARALLEL_QUESTIONS = 400
"""Questions from which on further processes save more time than their start takes."""

Item = TypeVar("Item")


class Progress(Protocol):
    """Passes items on while they are made, and shows how many of the total are done."""

    def __call__(self, items: Iterable[Item], total: int, /) -> Iterable[Item]:
        """The items."""
        ...


@dataclass(frozen=True, slots=True)
class FoundSentence:
    """A sentence that was found.

    Args:
        sentence: its span.
        passage: the span of its passage.
        score: the ranking's score.
        shares: what each feature adds to the score; only for the first sentence and the first gold one.
    """

    sentence: Span
    passage: Span
    score: float
    shares: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found for a question.

    Args:
        judged: the question.
        seeks: the kind of answer that the product takes it to ask for.
        hits: the sentences found, at most `RUN_DEPTH`, best first.
        quotation: the span of the first claim; None if nothing was found.
        confidence: the probability that the claims of an answer hold the answer; 0 if nothing was found.
        in_part: whether a part of the articles could not be searched.
    """

    judged: Judged
    seeks: str
    hits: tuple[FoundSentence, ...]
    quotation: Span | None
    confidence: float
    in_part: bool = False


def retriever_over(
    articles: Sequence[Article],
    engine: str,
    *,
    synonyms: Path | None = None,
    announce: Announce = lambda _: None,
    track: Track = untracked,
) -> Retriever:
    """The product's own retriever over `articles`.

    Args:
        articles: what is searched.
        engine: the engine's name.
        synonyms: the file of the corpus's own synonyms.
        announce: see `Retriever.over`.
        track: see `Retriever.over`.

    Raises:
        CorpusError, EngineError, LexiconError: see `Retriever.over`.
    """
    return Retriever.over(listed(articles, synonyms), engine, announce=announce, track=track)


def question_of(retriever: Retriever, judged: Judged) -> Question:
    """A judged question as the product reads it, completed by the question before it."""
    question = retriever.read(judged.question)
    return question.following(retriever.read(judged.after)) if judged.after else question


def finding_of(retriever: Retriever, judged: Judged) -> Finding:
    """What is found for a question, asked as the front ends ask it."""
    before = retriever.index.in_part
    question = question_of(retriever, judged)
    hits = retriever.search(question, RUN_DEPTH, explain=True)
    gold = next((hit for hit in hits if is_gold_sentence(hit.sentence, judged)), None)
    return Finding(
        judged,
        question.seeks.value,
        tuple(_found(hit, explained=hit is hits[0] or hit is gold) for hit in hits),
        Span(hits[0].article.id, *hits[0].quotation) if hits else None,
        answer_probability(hits),
        in_part=retriever.index.in_part != before,
    )


def _found(hit: Hit, *, explained: bool) -> FoundSentence:
    article, sentence, passage = hit.article.id, hit.sentence, hit.sentence.passage
    return FoundSentence(
        Span(article, sentence.start, sentence.end),
        Span(article, passage.start, passage.end),
        float(hit.score),
        {name: float(share) for name, share in hit.shares.items()} if explained else {},
    )


def _unshown(items: Iterable[Item], _: int) -> Iterable[Item]:
    return items


def run(
    retriever: Retriever, questions: Sequence[Judged], *, jobs: int = 1, progress: Progress = _unshown
) -> list[Finding]:
    """Ask all questions, in their order.

    Args:
        retriever: the product over the collection's articles.
        questions: what is asked.
        jobs: processes at the most, which share the index. Fewer than `PARALLEL_QUESTIONS` questions take one.
        progress: shows how far it is.
    """
    if jobs > 1 and len(questions) >= PARALLEL_QUESTIONS and can_fork():
        with ForkedPool(jobs, lambda: retriever) as pool:
            findings = pool.map(finding_of, questions, QUESTIONS_A_CHUNK)
            return list(progress(findings, len(questions)))
    return list(progress((finding_of(retriever, judged) for judged in questions), len(questions)))
