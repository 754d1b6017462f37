"""Files → figures of what a chat tells."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import TypeVar

from retrieval.errors import PasokhError
from retrieval.evaluation.answering import dialogues, rows
from retrieval.evaluation.answering.chats import NewChat, registered
from retrieval.evaluation.answering.figures import Told, told
from retrieval.evaluation.answering.outcomes import Judgement
from retrieval.evaluation.measuring.runs import Progress, retriever_over
from retrieval.ranking.answerability import Caution
from retrieval.retriever import DEFAULT_ENGINE, Retriever

Over = Callable[[Retriever], NewChat]
"""Chats over a retriever."""

_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True)
class ChatPlan:
    """What is asked in chats, and how.

    Args:
        corpus: the folder of articles that rows are asked of; dialogues bring their own.
        engine: the engine's name.
        caution: how sure an answer must be.
        today: what «امروز» means in the rows; None for the day it is.
        seed: of the intervals.
        limit: how many dialogues or rows of each file, drawn at random; None for all.
    """

    corpus: Path | None = None
    engine: str = DEFAULT_ENGINE
    caution: Caution = Caution.BALANCED
    today: datetime.date | None = None
    seed: int = 1
    limit: int | None = None


def evaluate(files: Sequence[Path], plan: ChatPlan, show: Callable[[str], Progress]) -> list[Told]:
    """The figures of each file; see `dialogues` and `rows` for their forms.

    Args:
        files: dialogues or question rows.
        plan: how they are asked.
        show: makes progress bars.

    Raises:
        PasokhError: a file or the corpus cannot be read, or no front end is there to answer.
    """
    chats = registered()
    if chats is None:
        raise PasokhError("nothing that answers in a chat is installed; run `pip install pasokh`")

    def over(retriever: Retriever) -> NewChat:
        return chats(retriever, plan.caution)

    found: list[Told] = []
    for file in files:
        judge = _dialogues if dialogues.is_dialogues(file) else _rows
        found += told(file.stem, judge(file, plan, over, show("in chats")), plan.seed)
    return found


def _drawn(items: Sequence[_Item], plan: ChatPlan) -> Sequence[_Item]:
    """As many as the plan asks for, in their order."""
    if plan.limit is None or plan.limit >= len(items):
        return items
    drawn = Random(plan.seed).sample(range(len(items)), plan.limit)  # noqa: S311  # no secret
    return [items[place] for place in sorted(drawn)]


def _dialogues(file: Path, plan: ChatPlan, over: Over, progress: Progress) -> Iterator[Judgement]:
    asked = _drawn(dialogues.read(file), plan)
    new_chat = over(retriever_over([one.article for one in asked], plan.engine))
    for found in progress((list(dialogues.ask(new_chat, one)) for one in asked), len(asked)):
        yield from found


def _rows(file: Path, plan: ChatPlan, over: Over, progress: Progress) -> Iterator[Judgement]:
    """The rows of a file, by the folders that they are asked of."""
    if plan.corpus is None:
        raise PasokhError(f"{file}: its questions come without articles; name them with --corpus DIR")
    folders: dict[Path, list[rows.Row]] = {}
    for row in _drawn(rows.read(file), plan):
        folder = plan.corpus / row.folder
        folders.setdefault(folder if folder.is_dir() else plan.corpus, []).append(row)

    def asked() -> Iterator[Judgement]:
        for folder, some in folders.items():
            yield from rows.ask(over(Retriever.from_corpus(folder, plan.engine)), some, plan.today)

    yield from progress(asked(), sum(map(len, folders.values())))
