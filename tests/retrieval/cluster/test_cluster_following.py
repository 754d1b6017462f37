"""Running bots on two machines: one writes, the other follows it within moments."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from bot.dialogue.conversation import Conversation
from bot.service.following import following
from retrieval import Analyzer, Retriever
from retrieval.engines import CLUSTER
from tests.retrieval.cluster.machines import Machine, put
from tests.retrieval.cluster.server import Server

pytestmark = pytest.mark.cluster

SECONDS = 20
"""How long a change may take here, where processes start meanwhile; the answer itself is measured."""


def test_another_bot_answers_from_what_the_writer_has_indexed(
    cluster: Server, tmp_path: Path, analyzer: Analyzer
) -> None:
    assert cluster.hosts
    (tmp_path / "corpus").mkdir()
    (tmp_path / "copy").mkdir()
    for corpus in ("corpus", "copy"):
        put(tmp_path / corpus, "dates", "خرمای بم نرم است.")
    writer = Machine(tmp_path / "corpus", tmp_path / "writer", analyzer)
    writer.index.refresh()
    told: list[str] = []
    # The other bot's articles never change, and it may not take over: what it learns comes from the cluster.
    reader = Conversation(Retriever.from_corpus(tmp_path / "copy", CLUSTER, data=tmp_path / "reader"))
    with following(reader, told.append):
        put(tmp_path / "corpus", "figs", "انجیر استهبان در بورس کالا فروخته شد.")
        writer.index.refresh()
        end = time.monotonic() + SECONDS
        while not (answer := reader.ask("انجیر استهبان کجا فروخته شد؟")).claims and time.monotonic() < end:
            time.sleep(0.1)
    assert answer.claims[0].citation.article.id == "figs"
    assert told == []
