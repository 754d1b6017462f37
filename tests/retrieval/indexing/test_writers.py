"""Writers that meet, and writers that die: there is always the state before or the state after."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from retrieval import Analyzer, IndexStoreError
from retrieval.engines import ENGINES
from retrieval.index import database
from retrieval.index.store import Store
from tests.conftest import CORPUS, ROOT, Run, data_folder
from tests.indexes import Opener, contents, same, write_small_corpus

pytestmark = pytest.mark.usefixtures("analyzer")  # the word tables are compiled before the first process starts

QUESTION = "انار ساوه چگونه است؟"


@pytest.fixture(params=sorted(ENGINES))
def opener(request: pytest.FixtureRequest, tmp_path: Path, data: Path, analyzer: Analyzer) -> Opener:
    corpus = write_small_corpus(tmp_path / "corpus")
    return Opener(corpus, data_folder(tmp_path, data), analyzer, request.param)


def edit(corpus: Path) -> None:
    (corpus / "c.txt").write_text("انار ساوه بسیار نامدار است.", encoding="utf-8")


@contextmanager
def written_by_another(store: Path) -> Iterator[None]:
    """Another process's transaction, as the store sees it."""
    with closing(sqlite3.connect(store, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def test_the_second_writer_gets_one_line_and_the_old_state_answers(opener: Opener, run: Run) -> None:
    index = ("index", "--corpus", str(opener.corpus), "--data", str(opener.folder), "--engine", opener.engine)
    ask = ("ask", "--corpus", str(opener.corpus), QUESTION)
    assert run("retrieval", *index).returncode == 0
    edit(opener.corpus)
    with written_by_another(opener.store), ThreadPoolExecutor() as pool:
        indexing = pool.submit(run, "retrieval", *index)
        asking = pool.submit(run, "bot", *ask, env={"PASOKH_ENGINE": opener.engine})
        indexed, asked = indexing.result(), asking.result()
    assert (indexed.returncode, indexed.stdout) == (2, "")
    (line,) = indexed.stderr.splitlines()
    assert line.startswith("retrieval: ")
    assert "cannot be written (another process is writing it)" in line
    assert "انار ساوه نامدار است" in asked.stdout
    told = [line for line in asked.stderr.splitlines() if "left out" not in line]
    assert (asked.returncode, len(told)) == (0, 1)
    assert "another process is writing it" in told[0]
    assert told[0].endswith("is not in it yet.")
    assert run("retrieval", *index).returncode == 0
    assert "بسیار نامدار است" in run("bot", *ask, env={"PASOKH_ENGINE": opener.engine}).stdout


def test_many_that_make_the_same_store_at_once_all_find_it_whole(tmp_path: Path) -> None:
    """Twenty new stores, each opened by eight at the same moment; each reads the table that is made last."""

    def opened(path: Path, together: threading.Barrier) -> int:
        together.wait()
        with closing(Store(path)) as store:
            return len([*store.all_passages()])

    for number in range(20):
        path, together = tmp_path / f"{number}.db", threading.Barrier(8)
        with ThreadPoolExecutor(8) as pool:
            assert [*pool.map(lambda _: opened(path, together), range(8))] == [0] * 8  # noqa: B023


def test_an_index_that_is_up_to_date_is_opened_and_checked_while_another_writes(opener: Opener) -> None:
    before = opener()
    with written_by_another(opener.store):
        assert same(before, opener())
        assert opener.told == []
        assert opener.check() == before.totals


def test_a_first_index_beside_another_writer_costs_only_time(opener: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "LOCK_TIMEOUT", 0.1)
    opener()
    with closing(sqlite3.connect(opener.store)) as other, other:
        other.execute("DELETE FROM meta")
    with written_by_another(opener.store):
        assert same(opener(), opener.fresh())
        assert "another process is writing it" in opener.told[-1]
        with pytest.raises(IndexStoreError, match="another process is writing it"):
            opener.refresh()


class Killing:
    """A corpus with two states, and an index of it whose updates are killed.

    Args:
        opener: of an empty corpus folder.
    """

    def __init__(self, opener: Opener) -> None:
        self.opener = opener
        self._texts = [file.read_text(encoding="utf-8") for file in sorted(CORPUS.glob("*.md"))]
        self.write(0)
        opener.refresh()
        self.states = [contents(opener())]
        self.write(1)
        self.states.append(contents(opener.fresh()))

    def write(self, state: int) -> None:
        """Of state 1 some articles are new, some lost, some changed."""
        rows = [
            {"id": str(number), "text": f"{self._texts[number % len(self._texts)]} {number}."} for number in range(60)
        ]
        changed = [{"id": row["id"], "text": f"{row['text']} انار."} for row in rows[10:50]]
        lines = map(json.dumps, changed + rows[50:] if state else rows[:55])
        (self.opener.corpus / "rows.jsonl").write_text("\n".join(lines), encoding="utf-8")

    def update(self, patience: float | None) -> float:
        """Run `retrieval index`, and kill it after some seconds; returns how many it took."""
        command = [sys.executable, "-m", "retrieval", "index", "--corpus", str(self.opener.corpus)]
        command += ["--data", str(self.opener.folder), "--engine", self.opener.engine]
        began = time.monotonic()
        null = subprocess.DEVNULL
        process = subprocess.Popen(
            command, cwd=ROOT, stdout=null, stderr=null, env=os.environ | {"PYTHONPATH": str(ROOT)}
        )
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
        return time.monotonic() - began


def check_kills(opener: Opener, kills: int, seed: int) -> None:
    """Each kill leaves one state or the other, whole; the next update completes and leaves no rubbish."""
    killing = Killing(opener)
    whole = killing.update(None)
    chance = random.Random(seed)
    state, survived = 1, 0
    for _ in range(kills):
        wanted = 1 - state
        killing.write(wanted)
        killing.update(whole * chance.uniform(0.3, 1.1))
        totals = opener.check()
        assert opener.told == []
        assert totals.sentences in {sum(len(one.spans) for one in content) for content in killing.states}
        survived += totals.sentences == sum(len(one.spans) for one in killing.states[wanted])
        index = opener()
        assert contents(index) == killing.states[wanted]
        assert same(index, opener.fresh(), changed=True)
        assert opener.check() == index.totals
        state = wanted
        assert len(opener.generations) <= 2
        assert not [name for name in opener.generations if name.endswith(".new")]
    assert kills < 10 or 0 < survived < kills, "some kills came in time and some too late"


@pytest.fixture
def large(opener: Opener) -> Opener:
    for file in opener.corpus.iterdir():
        file.unlink()
    return opener


def test_a_writer_may_be_killed_at_any_moment(large: Opener) -> None:
    check_kills(large, 3, seed=1)


@pytest.mark.slow
def test_a_writer_may_be_killed_fifty_times(large: Opener) -> None:
    check_kills(large, 50, seed=2)


def test_what_a_killed_writer_leaves_is_never_taken_for_a_generation(opener: Opener, analyzer: Analyzer) -> None:
    """A folder whose change was never committed, and then a change by either engine."""
    stored = Opener(opener.corpus, opener.folder, analyzer, "tantivy")
    stored()
    (whole,) = stored.generations
    name, generation = whole.split("-")
    (opener.home / whole).rename(opener.home / f"{name}-{int(generation) + 1}")
    (opener.home / f"{name}-{int(generation) + 1}.new").mkdir()
    edit(opener.corpus)
    opener.refresh()
    assert same(stored(), stored.fresh(), changed=True)
    assert stored.told == []
    assert not [name for name in stored.generations if name.endswith(".new")]
