"""The processes that answer: what dies is replaced, and none outlives the bot."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import pickle
import signal
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from bot.console.display import announce
from bot.dialogue.conversation import Conversation
from bot.rendering.markup import Rich
from bot.service.library import Library
from bot.service.opening import open_conversation
from bot.service.workers import ProcessDiedError, WorkerPool, end_all
from bot.settings import Settings
from retrieval import PasokhError, read_corpus, refresh_stored
from tests.bot.telegram.harness import ROOT, data_folder, until

SOUVENIR = "سوغات لار چیست؟"


def opening(corpus: Path, folder: Path) -> Callable[[], Conversation]:
    """What opens a corpus whose index is in a folder."""
    return partial(open_conversation, Settings(corpus, folder), announce)


@pytest.fixture
def answering(tmp_path: Path, data: Path, analyzer: object) -> Iterator[WorkerPool]:  # noqa: ARG001
    yield WorkerPool(opening(ROOT / "corpus", data_folder(tmp_path, data)), 2)
    end_all()


async def test_an_answer_comes_ready_to_be_sent(answering: WorkerPool) -> None:
    reply = await answering.run(Library.reply, SOUVENIR, ())
    article, start, quotation = reply.citations[0]
    text = next(one.text for one in read_corpus(ROOT / "corpus").articles if one.id == article)
    assert text[start : start + len(quotation)] == quotation
    assert (reply.lent, reply.following) == ((), (SOUVENIR,))
    assert (await answering.run(Library.reply, "و کجاست؟", reply.following)).lent == (SOUVENIR,)
    shown, last = await answering.run(Library.further, SOUVENIR, (), reply.citations, 0)
    assert quotation not in shown.text
    assert (await answering.run(Library.further, SOUVENIR, (), reply.citations, last + 1))[0] == Rich()
    assert await answering.run(Library.snippets, "قیمت دلار چند است؟") == []


async def test_what_dies_is_replaced_and_its_questions_asked_again(answering: WorkerPool) -> None:
    for process in multiprocessing.active_children():
        os.kill(process.pid or 0, signal.SIGKILL)
    replies = await asyncio.gather(*(answering.run(Library.reply, SOUVENIR, ()) for _ in range(9)))
    assert {reply.citations for reply in replies} == {replies[0].citations}
    assert replies[0].citations != ()


def _dies(_: Library) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _sleeps(_: Library, seconds: float) -> int:
    time.sleep(seconds)
    return os.getpid()


def _waits_for(_: Library, file: Path) -> None:
    while not file.exists():
        time.sleep(0.01)


class _UnspeakableError(Exception):
    """Cannot be made again from what it says."""

    def __init__(self, one: str, other: str) -> None:
        super().__init__(one + other)


def _fails(_: Library, how: str) -> None:
    raise {"plainly": KeyError(how), "unspeakably": _UnspeakableError("a", "b")}[how]


async def test_what_kills_every_process_harms_no_other_question(answering: WorkerPool) -> None:
    with pytest.raises(ProcessDiedError):
        await answering.run(_dies)
    assert (await answering.run(Library.reply, SOUVENIR, ())).citations != ()


async def test_an_error_reaches_whoever_asked_and_the_process_lives(answering: WorkerPool) -> None:
    with pytest.raises(KeyError, match="plainly"):
        await answering.run(_fails, "plainly")
    with pytest.raises(TypeError):
        await answering.run(_fails, "unspeakably")
    with pytest.raises((AttributeError, pickle.PicklingError)):
        await answering.run(lambda _: None)
    assert len({await answering.run(_sleeps, 0) for _ in range(5)}) == 1


async def test_what_takes_long_leaves_a_process_to_others_and_may_be_given_up(
    answering: WorkerPool, tmp_path: Path
) -> None:
    end = tmp_path / "end"
    long = asyncio.create_task(answering.run(_waits_for, end))
    assert (await answering.run(Library.reply, SOUVENIR, ())).citations != ()
    assert not long.done()
    long.cancel()
    end.touch()
    both = await asyncio.gather(answering.run(_sleeps, 1.0), answering.run(_sleeps, 1.0))
    assert len(set(both)) == 2  # the one that was given up is free again


async def test_what_is_at_hand_is_finished_before_the_processes_end(answering: WorkerPool) -> None:
    asked = [asyncio.create_task(answering.run(_sleeps, 0.2)) for _ in range(5)]
    await asyncio.sleep(0)
    await answering.close()
    assert all(task.done() for task in asked)
    await until(lambda: not multiprocessing.active_children())


def test_a_corpus_that_cannot_be_read_is_told_here(tmp_path: Path) -> None:
    with pytest.raises(PasokhError, match="no such corpus"):
        WorkerPool(opening(tmp_path / "nowhere", tmp_path), 1)


async def test_each_process_takes_a_change_over(tmp_path: Path, data: Path, analyzer: object) -> None:  # noqa: ARG001
    folder, corpus = data_folder(tmp_path, data), tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "a.txt").write_text("انار ساوه نامدار است.", encoding="utf-8")
    answering = WorkerPool(opening(corpus, folder), 2)
    try:
        (corpus / "b.txt").write_text("گلابی نطنز شیرین است.", encoding="utf-8")
        assert refresh_stored(corpus, Settings().engine, folder).changed
        question = "گلابی نطنز چگونه است؟"
        assert (await answering.run(Library.reply, question, ())).citations == ()
        await answering.renew()
        replies = await asyncio.gather(*(answering.run(Library.reply, f"{question} {n}", ()) for n in range(20)))
        assert {reply.citations for reply in replies} == {(("b.txt", 0, "گلابی نطنز شیرین است."),)}
        assert answering.catalogue.articles == 2
    finally:
        end_all()
