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
from bot.history import Answered
from bot.rendering.markup import Rich
from bot.service.library import Library
from bot.service.opening import open_conversation
from bot.service.processes import end_all
from bot.service.workers import UnansweredError, WorkerPool
from bot.settings import Settings
from retrieval import PasokhError, read_corpus
from retrieval.indexing import refresh_stored
from tests.bot.telegram.harness import ROOT, until
from tests.conftest import data_folder

SOUVENIR = "سوغات لار چیست؟"


def opening(corpus: Path, folder: Path) -> Callable[[], Conversation]:
    """What opens a corpus whose index is in a folder."""
    return partial(open_conversation, Settings(corpus, folder), announce)


@pytest.fixture
def workers(tmp_path: Path, data: Path, analyzer: object) -> Iterator[WorkerPool]:  # noqa: ARG001
    yield WorkerPool(opening(ROOT / "corpus", data_folder(tmp_path, data)), 2, 20.0)
    end_all()


async def test_an_answer_comes_ready_to_be_sent(workers: WorkerPool) -> None:
    reply = await workers.run(Library.reply, SOUVENIR, ())
    article, start, quotation = reply.citations[0]
    text = next(one.text for one in read_corpus(ROOT / "corpus").articles if one.id == article)
    assert text[start : start + len(quotation)] == quotation
    assert (reply.lent, reply.following) == ((), (Answered(SOUVENIR, article, start),))
    assert (await workers.run(Library.reply, "و کجاست؟", reply.following)).lent == reply.following
    shown, last = await workers.run(Library.further, SOUVENIR, (), reply.citations, 0)
    assert quotation not in shown.text
    assert (await workers.run(Library.further, SOUVENIR, (), reply.citations, last + 1))[0] == Rich()
    assert await workers.run(Library.snippets, "قیمت دلار چند است؟") == []


async def test_what_dies_is_replaced_and_its_questions_asked_again(workers: WorkerPool) -> None:
    for process in multiprocessing.active_children():
        os.kill(process.pid or 0, signal.SIGKILL)
    replies = await asyncio.gather(*(workers.run(Library.reply, SOUVENIR, ()) for _ in range(9)))
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


def _meets(library: Library, own: Path, other: Path) -> int:
    own.touch()
    _waits_for(library, other)
    return os.getpid()


class _UnspeakableError(Exception):
    """Cannot be made again from what it says."""

    def __init__(self, one: str, other: str) -> None:
        super().__init__(one + other)


def _fails(_: Library, how: str) -> None:
    raise {"plainly": KeyError(how), "unspeakably": _UnspeakableError("a", "b")}[how]


def _opens_unless(file: Path, opens: Callable[[], Conversation]) -> Conversation:
    if file.exists():
        raise PasokhError("the disk is full")
    return opens()


async def test_a_process_that_could_not_read_the_articles_tries_again(tmp_path: Path, data: Path) -> None:
    full = tmp_path / "full"
    load = partial(_opens_unless, full, opening(ROOT / "corpus", data_folder(tmp_path, data)))
    workers = WorkerPool(load, 1, 20.0)
    full.touch()
    for process in multiprocessing.active_children():
        os.kill(process.pid or 0, signal.SIGKILL)
    with pytest.raises(PasokhError, match="disk is full"):
        await workers.run(Library.reply, SOUVENIR, ())
    with pytest.raises(PasokhError, match="disk is full"):
        await workers.run(Library.reply, SOUVENIR, ())
    full.unlink()
    assert (await workers.run(Library.reply, SOUVENIR, ())).citations != ()
    end_all()


async def test_what_kills_every_process_harms_no_other_question(workers: WorkerPool) -> None:
    with pytest.raises(UnansweredError):
        await workers.run(_dies)
    assert (await workers.run(Library.reply, SOUVENIR, ())).citations != ()


async def test_an_error_reaches_whoever_asked_and_the_process_lives(workers: WorkerPool) -> None:
    with pytest.raises(KeyError, match="plainly"):
        await workers.run(_fails, "plainly")
    with pytest.raises(TypeError):
        await workers.run(_fails, "unspeakably")
    with pytest.raises((AttributeError, pickle.PicklingError)):
        await workers.run(lambda _: None)
    assert len({await workers.run(_sleeps, 0) for _ in range(5)}) == 1


async def test_what_takes_long_leaves_a_process_to_others_and_may_be_given_up(
    workers: WorkerPool, tmp_path: Path
) -> None:
    end = tmp_path / "end"
    long = asyncio.create_task(workers.run(_waits_for, end))
    assert (await workers.run(Library.reply, SOUVENIR, ())).citations != ()
    assert not long.done()
    long.cancel()
    end.touch()
    one, other = tmp_path / "one", tmp_path / "other"
    meeting = asyncio.gather(workers.run(_meets, one, other), workers.run(_meets, other, one))
    assert len(set(await asyncio.wait_for(meeting, 60))) == 2  # the one that was given up is free again


async def test_what_is_at_hand_is_finished_before_the_processes_end(workers: WorkerPool) -> None:
    asked = [asyncio.create_task(workers.run(_sleeps, 0.2)) for _ in range(5)]
    await asyncio.sleep(0)
    await workers.close()
    assert all(task.done() for task in asked)
    await until(lambda: not multiprocessing.active_children())


def test_a_corpus_that_cannot_be_read_is_told_here(tmp_path: Path, data: Path) -> None:
    with pytest.raises(PasokhError, match="no such corpus"):
        WorkerPool(opening(tmp_path / "nowhere", data_folder(tmp_path, data)), 1, 20.0)


async def test_each_process_takes_a_change_over(tmp_path: Path, data: Path, analyzer: object) -> None:  # noqa: ARG001
    folder, corpus = data_folder(tmp_path, data), tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "a.txt").write_text("انار ساوه نامدار است.", encoding="utf-8")
    workers = WorkerPool(opening(corpus, folder), 2, 20.0)
    one, other = tmp_path / "one", tmp_path / "other"
    try:
        # Both are there: a process that starts now would bring the index up to date itself.
        await asyncio.gather(workers.run(_meets, one, other), workers.run(_meets, other, one))
        (corpus / "b.txt").write_text("گلابی نطنز شیرین است.", encoding="utf-8")
        assert refresh_stored(corpus, Settings().engine, folder).changed
        question = "گلابی نطنز چگونه است؟"
        assert (await workers.run(Library.reply, question, ())).citations == ()
        await workers.renew()
        replies = await asyncio.gather(*(workers.run(Library.reply, question + "؟" * n, ()) for n in range(20)))
        assert {reply.citations for reply in replies} == {(("b.txt", 0, "گلابی نطنز شیرین است."),)}
        assert workers.catalogue.articles == 2
    finally:
        end_all()
