"""Dialogues → their later questions, with what is known of the sentences of their articles."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.dialogue.conversation import Conversation
from bot.dialogue.turn import MAX_TOPIC_QUESTIONS, remember
from bot.history import Answered, History
from retrieval import Question, Retriever
from retrieval.evaluation.answering.dialogues import Dialogue, is_right
from retrieval.evaluation.datasets.question_rows import squeeze
from retrieval.ranking.evidence import Evidence
from retrieval.ranking.features import matrix
from retrieval.ranking.following import compared
from retrieval.ranking.places import places
from retrieval.ranking.sentence_view import SentenceView
from retrieval.system.arrays import Floats

FOLDS = 5
STRANGE_EVERY = 8
"""Of how many questions one more is asked of an article that it does not go on with: a chat moves on now and then."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A later question of a dialogue.

    Args:
        fold: the fold of its article.
        follows_right: whether the answers before it were the gold ones, or else the bot's own.
        answers: the gold answers; () where the article has none.
        evidence: the sentences that are compared.
        features, places: of each of them.
        gold: whether each of them holds a gold answer, or is a part of one.
    """

    fold: int
    follows_right: bool
    answers: tuple[str, ...]
    evidence: Evidence
    features: Floats
    places: Floats
    gold: NDArray[np.bool_]


def follow_ups(retriever: Retriever, dialogues: Sequence[Dialogue]) -> Iterator[FollowUp]:
    """The later questions of some dialogues that come after one with an answer.

    Each comes behind the gold answers, as a reader follows what is right, and behind the bot's own, as it is in a chat
    where some were wrong.
    """
    conversation = Conversation(retriever)
    for number, dialogue in enumerate(dialogues):
        article = dialogue.article
        lines = retriever.lines(article.id)
        right: History = ()
        own: History = ()
        for asked in dialogue.questions:
            wanted = tuple(map(squeeze, asked.answers))
            gold = {line.number: is_right(squeeze(article.text[slice(*line.span)]), wanted) for line in lines}
            for history, follows_right in ((right, True), (own, False)):
                if not history or history[-1].article != article.id:
                    continue
                question = conversation.read(asked.question, history).completed
                near, *quoted = _quoted(retriever, history)
                found = _asked(question, retriever, near, quoted, gold)
                if found:
                    yield FollowUp(number % FOLDS, follows_right, wanted, *found)
            turn = conversation.read(asked.question, own)
            own = remember(turn, conversation.answer(turn))
            answered = next((line for line in lines if gold[line.number]), None)
            if answered:
                right = (*right, Answered(asked.question, article.id, answered.span[0]))[-MAX_TOPIC_QUESTIONS:]


def _quoted(retriever: Retriever, history: History) -> list[int]:
    """The numbers of the sentences that answered, the last first, as far as they are of the last one's article."""
    found = (
        retriever.sentence_at(one.article, one.start) for one in reversed(history) if one.article == history[-1].article
    )
    return [number for number in found if number is not None]


def _asked(
    question: Question, retriever: Retriever, near: int, quoted: Collection[int], gold: Mapping[int, bool]
) -> tuple[Evidence, Floats, Floats, NDArray[np.bool_]] | None:
    """Evidence, features, places and gold sentences of a question; None where it has no terms."""
    evidence = compared(question, retriever.index, near)
    if evidence is None:
        return None
    features = matrix(SentenceView(evidence, np.arange(len(evidence.numbers))))
    holds = np.array([gold.get(one, False) for one in evidence.numbers.tolist()])
    return evidence, features, places(evidence, near, quoted), holds


def strangers(asked: Sequence[FollowUp], retriever: Retriever) -> Iterator[FollowUp]:
    """Some of the questions, asked of the article of a later one, which does not answer them."""
    for one, other in zip(asked, asked[STRANGE_EVERY * FOLDS :: STRANGE_EVERY], strict=False):
        near = int(other.evidence.numbers[0])
        found = _asked(one.evidence.question, retriever, near, (), {})
        if found and found[0].sentence(0).article != one.evidence.sentence(0).article:
            yield FollowUp(other.fold, other.follows_right, (), *found)
