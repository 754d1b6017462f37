"""The scale benchmark measures real processes, and its tables and page say what was measured."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from benchmarks.peers import PEERS, asked_terms
from benchmarks.place import Place
from benchmarks.scale import main, measured
from benchmarks.scale_report import BEGIN, END, Results, plots, publish, tables
from benchmarks.synthetic import Collection
from retrieval import DEFAULT_ENGINE, Analyzer
from retrieval.engines.base import K1, B, Document, Group
from retrieval.engines.memory import MemoryEngine

pytestmark = pytest.mark.usefixtures("analyzer")

SENTENCES = 300
FTS5 = "SQLite FTS5"


def written_terms(path: Path, analyzer: Analyzer) -> list[list[str]]:
    """The terms of a collection's sentences, and `path` with one of them a line."""
    terms = [analyzer.terms(sentence) for article in Collection(SENTENCES) for sentence in article.sentences]
    path.write_text("".join(f"{' '.join(some)}\n" for some in terms), encoding="utf-8")
    return terms


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[pytest.mark.slow] if name == "bm25s" else []) for name in PEERS]
)
def test_a_peer_finds_what_the_engine_finds(tmp_path: Path, analyzer: Analyzer, name: str) -> None:
    path = tmp_path / "terms"
    documents = [Document(number, 0, " ".join(terms)) for number, terms in enumerate(written_terms(path, analyzer))]
    engine = MemoryEngine.build(documents, k1=K1, b=B)
    PEERS[name].build(path, tmp_path)
    peer = PEERS[name].open(path, tmp_path)
    for question in Collection(SENTENCES).questions(20, typos=0, absent=0):
        terms = asked_terms(analyzer, question.text)
        best = engine.search([Group((term,)) for term in terms], 1)[0].document
        assert peer.search(terms)[0] == best == question.number
        assert len(peer.search(terms)) <= 10


@pytest.mark.parametrize("name", [FTS5, "rank-bm25 (plain)"])
def test_unknown_terms_are_no_error_to_a_peer(tmp_path: Path, analyzer: Analyzer, name: str) -> None:
    path = tmp_path / "terms"
    written_terms(path, analyzer)
    PEERS[name].build(path, tmp_path)
    assert len(PEERS[name].open(path, tmp_path).search(["نیستدرجهان"])) <= 10


def test_a_small_run_measures_and_a_second_measures_nothing_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = [str(SENTENCES), "--folder", str(tmp_path), "--peer", FTS5, "--starts", "1"]
    assert main(arguments) == 0
    first = capsys.readouterr()
    results: Results = json.loads((tmp_path / "results.json").read_text("utf-8"))
    found = results[str(SENTENCES)]
    ours, theirs = found[DEFAULT_ENGINE], found[FTS5]
    assert set(ours) > {"build", "disk", "open", "answers", "cpu", "p50", "p99", "memory", "start", "add", "first"}
    assert "add" not in theirs
    assert float(ours["first"]) > 0.9
    assert float(ours["not found"]) > 0.8
    assert float(theirs["first"]) > 0.9
    assert 0 < float(ours["p50"]) <= float(ours["p99"])
    assert float(ours["memory"]) > 20 << 20
    assert float(found["collection"]["bytes"]) > 100 * SENTENCES
    assert not (tmp_path / str(SENTENCES) / "corpus" / "added.txt").exists()
    assert main(arguments) == 0
    second = capsys.readouterr()
    assert second.out == first.out
    assert "build" in first.err
    assert not second.err


def test_what_takes_too_much_is_told_and_is_no_error(tmp_path: Path) -> None:
    place = Place(str(tmp_path), SENTENCES)
    assert measured("prepare", place, limit=0.01) == "over 0 min"
    assert measured("prepare", place, limit=60, memory=1 << 20) == "over 0 GB"


def test_another_failure_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="answers of SQLite FTS5"):
        measured("answers", Place(str(tmp_path / "nothing"), SENTENCES, FTS5, engine=False), limit=60)


def row(engine: float, **figures: float | str) -> dict[str, float | str]:
    return {"engine": engine, **figures}


FULL = {"build": 2.0, "answers": 100.0, "cpu": 0.01, "p50": 0.01, "p99": 0.05, "memory": 64 << 20, "disk": 500.0}
RESULTS: Results = {
    "1000": {
        "collection": {"articles": 60, "bytes": 1000, "analysis": 1.0},
        "ours": row(1, **FULL, start=0.5, add=3.0, first=0.985),
        "theirs": row(0, **(FULL | {"answers": 25.0}), start=1.0, first=1.0),
    },
    "10000": {
        "collection": {"articles": 600, "bytes": 10_000, "analysis": 10.0},
        "ours": row(1, failed="over 8 GB"),
        "theirs": row(0, build=4.0, failed="over 60 min"),
    },
}


def test_the_tables_say_what_was_measured() -> None:
    lines = [[cell.strip() for cell in line.split("|")[1:-1]] for line in tables(RESULTS).splitlines() if line]
    ours, theirs = lines[2], lines[3]
    assert ours == ["1,000", "**ours**", "500", "3.0", "0.50", "100", "10.00", "10.0", "50.0", "64", "0.50", "98.5 %"]
    assert theirs[:4] == ["1,000", "theirs", "333", "–"]
    assert lines[4][2:] == ["over 8 GB"] * 10
    assert lines[5][2] == "714"
    ratio = next(line for line in lines if line[1] == "ours / theirs")
    assert ratio[2:5] == ["1.5", "0.5", "4"]


@pytest.fixture(scope="module")
def drawn() -> str:
    return plots(RESULTS)


def test_the_plots_are_the_same_bytes_each_time(drawn: str) -> None:
    assert plots(RESULTS) == drawn
    assert "theirs" in drawn


def test_publishing_keeps_the_page_around_the_figures_and_what_was_measured_before(drawn: str, tmp_path: Path) -> None:
    page = tmp_path / "performance.md"
    page.write_text(f"before\n{BEGIN}\nwhat stood here\n{END}\nafter\n", encoding="utf-8")
    publish({"1000": RESULTS["1000"]}, "a machine", tmp_path)
    publish({"10000": RESULTS["10000"]}, "a machine", tmp_path)
    text = page.read_text("utf-8")
    assert text.startswith(f"before\n{BEGIN}")
    assert text.endswith(f"{END}\nafter\n")
    assert "what stood here" not in text
    assert tables(RESULTS) in text
    assert (tmp_path / "performance.svg").read_text("utf-8") == drawn
    publish({}, "a machine", tmp_path)
    assert page.read_text("utf-8") == text


def test_every_measured_share_is_one(tmp_path: Path) -> None:
    place = Place(str(tmp_path), SENTENCES, FTS5, engine=False, budget=0.0)
    assert not isinstance(measured("prepare", place, 60), str)
    assert not isinstance(measured("build", place, 60), str)
    figures = measured("answers", place, 60)
    assert isinstance(figures, dict)
    assert figures["asked"] == 1
    assert np.isfinite(list(figures.values())).all()
