"""Dialogues about articles, asked in their order, each in a chat of its own.

The file is JSONL, a dialogue a line: `id`, `title` and `text` of an article, and `questions`, each with its `answers`:
what people quoted from the article, [] where it has no answer. All articles are one corpus.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from retrieval.corpus.encoding import read_text
from retrieval.errors import CorpusError
from retrieval.evaluation.answering.chats import Answered, NewChat
from retrieval.evaluation.answering.outcomes import Judgement, Outcome, without_claim
from retrieval.evaluation.answering.rows import ENDING, first_object
from retrieval.evaluation.datasets.judged import NAME_A_FILE
from retrieval.evaluation.datasets.question_rows import squeeze
from retrieval.text.safe import printable
from retrieval.types import Article

_REMEDY = 'write an object with "id", "title", "text" and "questions", each of these with "question" and "answers"'

FIRST, LATER = "first questions", "later questions"
_TURNS = ((3, "turns 2 and 3"), (6, "turns 4 to 6"), (10, "turns 7 to 10"))
_LAST_TURNS = "turns 11 and later"


class Asked(NamedTuple):
    """A question of a dialogue, and what answers it; () where the article does not."""

    question: str
    answers: tuple[str, ...]


class Dialogue(NamedTuple):
    """An article, and what was asked about it, one question after the other."""

    article: Article
    questions: tuple[Asked, ...]


def is_dialogues(path: Path) -> bool:
    """Whether a file is of this form, as far as its first line tells."""
    return path.suffix.lower() == ENDING and "questions" in first_object(path)


def read(path: Path) -> tuple[Dialogue, ...]:
    """The dialogues of a file.

    Raises:
        CorpusError: the file cannot be read, has no dialogue, or a line of it is of another form.
    """
    lines = enumerate(read_text(path, NAME_A_FILE).split("\n"), start=1)
    found = tuple(_dialogue(line, path, number) for number, line in lines if line.strip())
    if not found:
        raise CorpusError(path, "it has no dialogue", _REMEDY)
    return found


def _dialogue(line: str, path: Path, number: int) -> Dialogue:
    try:
        row = json.loads(line)
        article = Article(str(row["id"]), str(row["title"]), str(row["text"]))
        questions = tuple(Asked(printable(str(one["question"])), _texts(one["answers"])) for one in row["questions"])
    except (ValueError, LookupError, TypeError, RecursionError):
        raise CorpusError(path, "it is no dialogue", _REMEDY, number) from None
    return Dialogue(article, questions)


def _texts(answers: Sequence[object]) -> tuple[str, ...]:
    if not all(isinstance(answer, str) and squeeze(answer) for answer in answers):
        raise TypeError
    return tuple(map(str, answers))


def ask(new_chat: NewChat, dialogue: Dialogue) -> Iterator[Judgement]:
    """What becomes of each question of a dialogue, one after the other."""
    chat, article = new_chat(), dialogue.article.id
    for turn, asked in enumerate(dialogue.questions, start=1):
        answer = chat(asked.question, None)
        outcome = judge(answer, article, asked.answers)
        part = _turns(turn) if turn > 1 and asked.answers else ""
        yield Judgement(
            FIRST if turn == 1 else LATER, part, article, bool(asked.answers), outcome, bool(answer.get("in_part"))
        )


def _turns(turn: int) -> str:
    return next((name for last, name in _TURNS if turn <= last), _LAST_TURNS)


def judge(answer: Answered, article: str, wanted: Iterable[str]) -> Outcome:
    """What became of a question: right where the first claim quotes the article and `is_right`.

    Args:
        answer: what was told.
        article: the id of the article that was asked about.
        wanted: what people quoted.
    """
    wanted = tuple(wanted)
    if not answer["claims"]:
        return without_claim(answer) if wanted else Outcome.RIGHT
    first, cited = answer["claims"][0], answer["citations"][0]
    holds = is_right(squeeze(first["quote"]), map(squeeze, wanted))
    return Outcome.RIGHT if holds and cited["article"] == article else Outcome.WRONG


def is_right(quote: str, wanted: Iterable[str]) -> bool:
    """Whether a quotation holds an answer, or is a part of one; both as `squeeze` spells them."""
    return bool(quote) and any(found in quote or quote in found for found in wanted)
