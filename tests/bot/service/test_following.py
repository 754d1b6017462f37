"""A running bot follows its articles: real files, the operating system's notices, a real second process."""

from __future__ import annotations

import multiprocessing
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.dialogue.conversation import Conversation
from bot.service.following import following
from retrieval import PasokhError, Retriever
from tests.conftest import data_folder

TIMEOUT_SECONDS = 30.0


def until(condition: Callable[[], object]) -> None:
    """Wait for something to become true."""
    end = time.monotonic() + TIMEOUT_SECONDS
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)


@pytest.fixture(params=["rank-bm25", "tantivy"])
def conversation(tmp_path: Path, data: Path, request: pytest.FixtureRequest) -> Conversation:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "pomegranate.txt").write_text("انار ساوه نامدار است.", encoding="utf-8")
    return Conversation(Retriever.from_corpus(corpus, request.param, data=data_folder(tmp_path, data)))


@contextmanager
def followed(conversation: Conversation) -> Iterator[list[str]]:
    """Follow, once the second process is ready; gives what is told."""
    told: list[str] = []
    with following(conversation, told.append):
        yield told


def quotes(conversation: Conversation, question: str) -> list[str]:
    return [claim.quote for claim in conversation.ask(question).claims]


def test_an_addition_an_edit_and_a_deletion_are_answered_from(conversation: Conversation) -> None:
    corpus = conversation.retriever.corpus
    with followed(conversation) as told:
        (corpus / "pear.txt").write_text("گلابی نطنز شیرین است.", encoding="utf-8")
        until(lambda: quotes(conversation, "گلابی نطنز چگونه است؟") == ["گلابی نطنز شیرین است."])
        (corpus / "pear.txt").write_text("گلابی نطنز ترش است.", encoding="utf-8")
        until(lambda: quotes(conversation, "گلابی نطنز چگونه است؟") == ["گلابی نطنز ترش است."])
        (corpus / "pear.txt").unlink()
        until(lambda: quotes(conversation, "گلابی نطنز چگونه است؟") == [])
        assert quotes(conversation, "انار ساوه چگونه است؟") == ["انار ساوه نامدار است."]
    assert told == []


def test_a_corpus_named_from_here_is_followed_as_well(
    tmp_path: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("corpus").mkdir()
    Path("corpus/pomegranate.txt").write_text("انار ساوه نامدار است.", encoding="utf-8")
    conversation = Conversation(Retriever.from_corpus("corpus", data=data_folder(tmp_path, data)))
    with followed(conversation):
        time.sleep(2)  # the first look, which would find it too, is over
        Path("corpus/pear.txt").write_text("گلابی نطنز شیرین است.", encoding="utf-8")
        until(lambda: quotes(conversation, "گلابی نطنز چگونه است؟"))


def test_what_cannot_be_read_is_told_once_and_the_rest_is_answered(conversation: Conversation) -> None:
    corpus = conversation.retriever.corpus
    with followed(conversation) as told:
        (corpus / "broken.jsonl").write_text("{\n", encoding="utf-8")
        until(lambda: told)
        (corpus / "pear.txt").write_text("گلابی نطنز شیرین است.", encoding="utf-8")
        until(lambda: quotes(conversation, "گلابی نطنز چگونه است؟"))
    (line,) = told
    assert "broken.jsonl" in line


def test_a_folder_that_empties_leaves_the_old_state_answering(conversation: Conversation) -> None:
    corpus = conversation.retriever.corpus
    with followed(conversation) as told:
        (corpus / "pomegranate.txt").unlink()
        until(lambda: told)
        assert "has no articles" in told[0]
        assert told[0].endswith("answered from as they were.")
        assert quotes(conversation, "انار ساوه چگونه است؟") == ["انار ساوه نامدار است."]


def test_the_process_that_follows_may_die(conversation: Conversation) -> None:
    corpus = conversation.retriever.corpus
    with followed(conversation) as told:
        (corpus / "pear.txt").write_text("گلابی نطنز شیرین است.", encoding="utf-8")
        until(lambda: quotes(conversation, "گلابی نطنز چگونه است؟"))
        for child in multiprocessing.active_children():
            child.kill()
        (corpus / "peach.txt").write_text("هلوی مشهد آبدار است.", encoding="utf-8")
        until(lambda: quotes(conversation, "هلوی مشهد چگونه است؟"))
        assert "died" in told[0]


def test_hidden_files_and_other_folders_are_none_of_it(conversation: Conversation, tmp_path: Path) -> None:
    corpus = conversation.retriever.corpus
    before = conversation.retriever
    with followed(conversation):
        (corpus / ".draft.txt").write_text("گلابی نطنز شیرین است.", encoding="utf-8")
        shutil.copytree(corpus, tmp_path / "elsewhere")
        time.sleep(1)
        assert conversation.retriever is before


def test_an_index_that_is_not_stored_cannot_follow() -> None:
    retriever = Retriever.from_corpus(Path("corpus"))
    with pytest.raises(PasokhError, match="stored"), following(Conversation(retriever), print):
        pass


def test_where_the_system_tells_of_nothing_the_articles_are_looked_at_by_the_clock(
    conversation: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> Iterator[None]:
        raise OSError("OS file watch limit reached")

    monkeypatch.setattr("bot.service.following.watch", full)
    monkeypatch.setattr("bot.service.following.CHECK_SECONDS", 0.1)
    with followed(conversation) as told:
        (conversation.retriever.corpus / "pear.txt").write_text("گلابی نطنز شیرین است.", encoding="utf-8")
        until(lambda: quotes(conversation, "گلابی نطنز چگونه است؟") == ["گلابی نطنز شیرین است."])
        assert ["limit reached" in line for line in told] == [True]
