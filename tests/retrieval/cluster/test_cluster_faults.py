"""Nodes are killed or hang while questions are asked and articles written."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.dialogue.conversation import Conversation
from bot.rendering.plain import plain_text
from bot.wording import texts
from retrieval import Analyzer
from retrieval.engines.cluster.settings import PREFIX
from retrieval.errors import ClusterError
from tests.retrieval.cluster.asking import Asker
from tests.retrieval.cluster.machines import Machine, fill, put
from tests.retrieval.cluster.server import Server

pytestmark = pytest.mark.cluster


@pytest.fixture(params=[1])
def machine(
    request: pytest.FixtureRequest, cluster: Server, tmp_path: Path, analyzer: Analyzer, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Machine]:
    monkeypatch.setenv(f"{PREFIX}REPLICAS", str(request.param))
    machine = Machine(tmp_path / "corpus", tmp_path / "machine", analyzer)
    machine.questions = fill(machine.corpus, 400)
    machine.index.refresh()
    cluster.wait(3)
    cluster.ask("PUT", "/pasokh-*/_settings", {"index.unassigned.node_left.delayed_timeout": "2s"})
    yield machine
    cluster.wait(3, "red")
    cluster.forget()


def test_a_killed_node_costs_no_answer_and_no_article(machine: Machine, cluster: Server) -> None:
    asker = Asker(machine, machine.questions)
    time.sleep(2)
    written = 0
    for place in (cluster.manager(), 0, 1):
        cluster.kill(place)
        for _ in range(3):
            written += 1
            put(machine.corpus, f"new{written}", f"تونل تازهٔ شمارهٔ {written} گشوده شد.")
            machine.index.refresh()
        cluster.start(place)
        cluster.wait(3)
    asked = asker.stop()
    assert [one for one in asked if one.error or not one.right] == []
    assert sum(one.in_part for one in asked) <= 1  # a shard may take too long twice where the machine has much to do
    assert sum(one.seconds > 2 for one in asked) <= 0.01 * len(asked) + 1
    assert len(asked) > 50
    assert machine.index.check().articles == 400 + written


def test_a_node_that_hangs_is_asked_no_more(machine: Machine, cluster: Server) -> None:
    asker = Asker(machine, machine.questions)
    time.sleep(2)
    cluster.hang(1)
    hung = time.monotonic()
    time.sleep(15)
    cluster.go_on(1)
    time.sleep(3)
    asked = asker.stop()
    assert [one for one in asked if one.error or not one.right or one.in_part] == []
    later = [one.seconds for one in asked if one.at > hung + 4]
    assert len(later) > 20
    assert max(later) < 1.0
    assert sum(one.seconds > 0.5 for one in asked) <= 5


@pytest.mark.parametrize("machine", [0], indirect=True)
def test_articles_that_cannot_be_searched_are_told(machine: Machine, cluster: Server) -> None:
    conversation = Conversation(machine.retriever())
    assert not conversation.ask(machine.questions[0][0]).in_part
    cluster.kill(2)
    time.sleep(3)
    answers = [conversation.ask(question) for question, _ in machine.questions[1:21]]
    assert all(answer.in_part for answer in answers)
    assert any(answer.claims for answer in answers)
    assert any(not answer.claims for answer in answers)
    assert all(texts.IN_PART in plain_text(answer) for answer in answers)
    cluster.start(2)
    cluster.wait(3)
    deadline = time.monotonic() + 30  # a node that was silent is asked again every other second, and has just begun
    while conversation.ask(machine.questions[0][0]).in_part and time.monotonic() < deadline:
        time.sleep(0.5)
    again = [conversation.ask(question) for question, _ in machine.questions[1:21]]
    assert not any(answer.in_part for answer in again)
    assert all(answer.claims for answer in again)


def test_a_check_tells_of_copies_that_are_not_in_use(machine: Machine, cluster: Server) -> None:
    assert machine.index.check().articles == 400
    cluster.ask("PUT", "/pasokh-*/_settings", {"index.unassigned.node_left.delayed_timeout": "5m"})
    cluster.kill(0)
    cluster.wait(2, "yellow")
    with pytest.raises(ClusterError, match=r"^[^\n]*copies of shards are not in use; [^\n]*restart [^\n]*node[12]"):
        machine.index.check()
    cluster.start(0)
    cluster.wait(3)
    assert machine.index.check().articles == 400
