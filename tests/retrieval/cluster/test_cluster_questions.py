"""Questions to a cluster: how many round trips they take, and collections that go with whoever asks them."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from retrieval import Analyzer, Retriever
from retrieval.__main__ import main
from retrieval.corpus.folder import Folder
from retrieval.engines import CLUSTER
from retrieval.engines.cluster.settings import PREFIX
from retrieval.index.cluster_store import ClusterStore
from retrieval.system.processes import ForkedPool
from tests.retrieval.cluster.machines import Machine, put
from tests.retrieval.cluster.server import Server
from tests.retrieval.evaluation.judged_files import write_squad

pytestmark = pytest.mark.cluster


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    put(folder, "library", "کتابخانه مرکزی شهر هر روز باز است. مدیر کتابخانه سارا امیری است.")
    put(folder, "bridge", "پل نو ۹۰ متر درازا دارد و شهرداری آن را ساخت. پل کهنه است.", "پل نو")
    return folder


@pytest.fixture
def machine(cluster: Server, corpus: Path, tmp_path: Path, analyzer: Analyzer) -> Iterator[Machine]:
    assert cluster.hosts
    machine = Machine(corpus, tmp_path / "machine", analyzer)
    machine.index.refresh()
    yield machine
    cluster.forget()


@pytest.fixture
def trips(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], int]:
    """How many requests a question takes, of which nothing was asked before."""
    monkeypatch.setenv(f"{PREFIX}TIMEOUT", "30")  # nothing is asked twice where the machine has much else to do

    def asked(question: str) -> int:
        retriever = machine.retriever()
        store = retriever.index.store
        assert isinstance(store, ClusterStore)
        before = store.cluster.requests
        assert retriever.search(question, 5)
        return store.cluster.requests - before

    return asked


def test_a_question_takes_two_round_trips_and_one_more_for_words_that_are_lacked(trips: Callable[[str], int]) -> None:
    assert trips("مدیر کتابخانه کیست؟") == 2
    assert trips("پل نو چیست؟") == 2, "what defines it is looked for in the articles"
    assert trips("کتابخانهمرکزی شهرداریآن کجاست؟") == 3, "both words may be two"


def test_what_was_typed_together_is_found_as_in_memory(machine: Machine) -> None:
    in_memory = Retriever(machine.in_memory(), machine.spec("rank-bm25"))
    for question in ("کتابخانهمرکزی", "مدیر کتاب خانه", "شهرداریآن", "کتاب خونه"):
        assert machine.retriever().read(question) == in_memory.read(question)


def test_a_collection_that_nobody_keeps_goes_with_its_reader(corpus: Path, cluster: Server) -> None:
    def indices() -> list[str]:
        return [one["index"] for one in cluster.ask("GET", "/_cat/indices/pasokh-passing-*?format=json")]

    retriever = Retriever.over(Folder(corpus), CLUSTER)
    assert len(indices()) == 4
    assert _found_by_forks(retriever, ["مدیر کتابخانه", "پل نو"] * 8) == ["library", "bridge"] * 8
    assert _first(retriever, "پل نو") == "bridge"
    del retriever
    gc.collect()
    assert indices() == []


def _found_by_forks(retriever: Retriever, questions: Sequence[str]) -> list[str]:
    with ForkedPool(2, lambda: retriever) as pool:
        return list(pool.map(_first, questions, 1))


def _first(retriever: Retriever, question: str) -> str:
    return retriever.search(question)[0].article.id


def test_a_cluster_is_evaluated_as_any_engine(
    cluster: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    judged, earlier = write_squad(tmp_path / "village.json"), tmp_path / "earlier.json"
    assert main(["evaluate", str(judged), "--engine", "rank-bm25", "--json", str(earlier)]) == 0
    capsys.readouterr()
    assert main(["evaluate", str(judged), "--engine", CLUSTER, "--compare", str(earlier)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert any("the same first sentence" in line and "1.000" in line for line in lines), lines
    assert not any("a part of the articles" in line for line in lines)
    cluster.wait(3)
