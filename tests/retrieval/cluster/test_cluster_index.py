"""A collection in a cluster: incremental, followed by other machines, written by one, checked, rebuilt."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from retrieval import Analyzer, IndexStoreError
from retrieval.engines.cluster.settings import PREFIX
from retrieval.errors import ClusterError, DamagedError
from retrieval.index.documents import passage_documents
from retrieval.indexing import journal, publishing
from retrieval.indexing.cluster_index import ClusterIndex
from retrieval.system import versions
from tests.retrieval.cluster.machines import Machine, put
from tests.retrieval.cluster.server import Server

pytestmark = pytest.mark.cluster

ONE_LINE = r"^[^\n]+$"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    put(folder, "pears", "گلابی نطنز شیرین است. باغ‌های نطنز بزرگ‌اند.")
    put(folder, "dates", "خرمای بم نرم است.")
    return folder


@pytest.fixture
def writer(cluster: Server, corpus: Path, tmp_path: Path, analyzer: Analyzer) -> Iterator[Machine]:
    yield Machine(corpus, tmp_path / "writer", analyzer)
    cluster.forget()


@pytest.fixture
def reader(writer: Machine, tmp_path: Path) -> Machine:
    return Machine(writer.corpus, tmp_path / "reader", writer.analyzer)


def same(machine: Machine) -> bool:
    """Whether the collection is what the articles are now, word by word, as another machine sees it."""
    index, fresh = machine.index.snapshot(), machine.in_memory()
    index.check()
    mine, theirs = (
        sorted((one.store.article(document.owner).id, document.terms) for document in passage_documents(one.store))
        for one in (index, fresh)
    )
    return mine == theirs and index.totals == fresh.totals


def test_what_came_changed_and_went_is_seen_elsewhere(
    writer: Machine, reader: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer.index.refresh()
    before = reader.retriever()
    assert same(reader)
    monkeypatch.setattr(publishing, "STAY_SECONDS", -1)
    for number in range(4):
        put(writer.corpus, f"new{number}", f"انار ساوه در بستهٔ {number} فرستاده شد.")
        put(writer.corpus, "dates", f"خرمای جیرفت در سال {1390 + number} فراوان بود.")
        began = time.monotonic()
        refreshed = writer.index.refresh()
        assert refreshed.generation == number + 2
        assert f"new{number}" in reader.found(f"بستهٔ {number} انار ساوه")
        assert time.monotonic() - began < 10
        assert reader.found("خرمای بم") == ["dates"]
        assert same(reader)
    (writer.corpus / "pears.jsonl").unlink()
    writer.index.refresh()
    assert reader.found("گلابی نطنز") == []
    assert same(reader)
    # Who opened it before goes on with what there was, as long as its documents stay.
    assert before.index.totals.articles == 2
    assert [article.id for article in before.articles] == ["dates", "pears"] or len(before.articles) == 2


def test_nothing_is_written_where_nothing_has_changed(writer: Machine) -> None:
    first = writer.index.refresh()
    assert writer.index.refresh().generation == first.generation == 1
    put(writer.corpus, "dates", "خرمای بم نرم است.")
    assert writer.index.refresh().generation == first.generation + 1 or not writer.index.refresh().change


def test_many_changes_are_replaced_by_a_whole_one(
    writer: Machine, reader: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publishing, "MAX_CHANGES_SHARE", 0)
    writer.index.refresh()
    put(writer.corpus, "figs", "انجیر استهبان خشک می‌شود.")
    writer.index.refresh()
    assert same(reader)
    put(writer.corpus, "figs", "انجیر نی‌ریز خشک می‌شود.")
    writer.index.refresh()
    assert same(reader)
    assert reader.found("انجیر نی‌ریز") == ["figs"]


def test_a_change_that_was_cut_off_is_made_again(writer: Machine, reader: Machine) -> None:
    writer.index.refresh()
    put(writer.corpus, "figs", "انجیر استهبان خشک می‌شود.")
    (writer.corpus / "dates.jsonl").unlink()

    def cut_off(*_: object) -> None:
        raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(journal.Journal, "put", cut_off)
        with pytest.raises(KeyboardInterrupt):
            writer.index.refresh()
    assert reader.found("خرمای بم") == ["dates"]
    writer.index.refresh()
    assert same(reader)


def test_one_machine_writes_at_a_time_and_another_takes_over(
    writer: Machine, reader: Machine, cluster: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer.index.refresh()
    with pytest.raises(ClusterError, match=ONE_LINE):
        reader.index.refresh()
    assert reader.index.follow().generation == 1
    monkeypatch.setattr(journal, "LEASE_SECONDS", -1)
    writer.index.refresh()  # its lease has run out when it ends
    old = writer.index.snapshot()
    put(writer.corpus, "figs", "انجیر استهبان خشک می‌شود.")
    assert reader.index.refresh().generation == 2
    assert same(reader)
    assert writer.found("انجیر استهبان") == ["figs"]
    assert [article.id for article in old.articles] != []
    aliases = cluster.ask("GET", "/_cat/aliases/pasokh-*?format=json&h=alias,index")
    assert {one["alias"] for one in aliases} == {f"pasokh-{kind}" for kind in ("passages", "articles", "journal")}
    assert len({one["index"] for one in aliases}) == 3


def test_a_rebuild_takes_the_place_of_the_old_index_at_once(writer: Machine, reader: Machine, cluster: Server) -> None:
    writer.index.refresh()
    open_before = reader.retriever()
    for _ in range(2):
        writer.index.refresh(anew=True)
    assert same(reader)
    indices = [one["index"] for one in cluster.ask("GET", "/_cat/indices/pasokh-*-passages?format=json")]
    assert len(indices) == 2
    assert open_before.index.totals.articles == 2


def test_who_may_not_write_only_reads(writer: Machine, reader: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"{PREFIX}WRITER", "false")
    with pytest.raises(ClusterError, match=r"^[^\n]*retrieval index[^\n]*$"):
        reader.index.open()
    monkeypatch.delenv(f"{PREFIX}WRITER")
    writer.index.refresh()
    monkeypatch.setenv(f"{PREFIX}WRITER", "false")
    put(writer.corpus, "figs", "انجیر استهبان خشک می‌شود.")
    assert reader.index.open().totals.articles == 2


def test_another_version_is_told(writer: Machine, reader: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    writer.index.refresh()
    monkeypatch.setattr(versions, "INDEX", versions.INDEX + 1)
    with pytest.raises(ClusterError, match=r"^[^\n]*another version[^\n]*$"):
        reader.index.snapshot()
    writer.index.refresh()
    assert same(reader)


def test_a_check_finds_what_is_missing_or_wrong(writer: Machine, reader: Machine, cluster: Server) -> None:
    writer.index.refresh()
    assert reader.index.check().articles == 2
    (index,) = [one["index"] for one in cluster.ask("GET", "/_cat/indices/pasokh-*-passages?format=json")]
    (hit,) = cluster.ask("POST", f"/{index}/_search", {"query": {"term": {"terms": "بم"}}})["hits"]["hits"]
    cluster.ask("DELETE", f"/{index}/_doc/{hit['_id']}?routing={hit['_routing']}&refresh=true")
    with pytest.raises(DamagedError, match=ONE_LINE):
        reader.index.check()


def test_full_disks_are_told_with_the_remedy(writer: Machine, cluster: Server) -> None:
    writer.index.refresh()
    put(writer.corpus, "figs", "انجیر استهبان خشک می‌شود.")
    cluster.ask("PUT", "/pasokh-*/_settings", {"index.blocks.read_only_allow_delete": True})
    with pytest.raises(ClusterError, match=r"^[^\n]*free some space[^\n]*$"):
        writer.index.refresh()
    cluster.ask("PUT", "/pasokh-*/_settings", {"index.blocks.read_only_allow_delete": None})
    writer.index.refresh()
    assert writer.found("انجیر استهبان") == ["figs"]


def test_what_cannot_be_reached_is_told_with_the_remedy(writer: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"{PREFIX}HOSTS", "http://127.0.0.1:1")
    with pytest.raises(ClusterError, match=r"^[^\n]*start it, or set PASOKH_OPENSEARCH_HOSTS$"):
        writer.index.open()
    with pytest.raises(IndexStoreError):
        ClusterIndex.snapshot(writer.index)
