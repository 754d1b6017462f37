"""Several machines build an index at once, each a process of its own; one of them is killed."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from retrieval import Analyzer
from tests.conftest import ROOT, with_tables
from tests.retrieval.cluster.machines import Machine, fill
from tests.retrieval.cluster.server import Server

pytestmark = pytest.mark.cluster

ARTICLES = 8_000
"""So many that the first machine has not analysed all of them before another has begun."""

SCRIPT = """
import contextlib, sys, time
from pathlib import Path
from retrieval.__main__ import main
from retrieval.engines.cluster.client import Cluster
from retrieval.engines.cluster.settings import ClusterSettings
from retrieval.errors import ClusterError
from retrieval.indexing import analysts, sharing
from retrieval.indexing.journal import Journal
from retrieval.text import lexicon
corpus, data, waits = sys.argv[1:]
analysts.PARALLEL_BYTES, analysts.BATCH_BYTES, sharing.CLAIM_SECONDS = 50_000, 10_000, 5
lexicon.load(Path(data), print)
journal = Journal(Cluster(ClusterSettings.from_environment()))
print("ready", flush=True)
while waits == "yes":
    with contextlib.suppress(ClusterError):  # its index is just being made
        if journal.is_busy():
            break
    time.sleep(0.02)
sys.exit(main(["index", "--engine", "opensearch", "--corpus", corpus, "--data", data]))
"""
"""A machine that indexes. One that waits begins when another has begun."""


@pytest.fixture
def machine(cluster: Server, tmp_path: Path, analyzer: Analyzer) -> Iterator[Machine]:
    machine = Machine(tmp_path / "corpus", tmp_path / "reader", analyzer)
    fill(machine.corpus, ARTICLES)
    yield machine
    cluster.forget()


def started(machine: Machine, data: Path, *, waits: bool) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", SCRIPT, str(machine.corpus), str(data), "yes" if waits else "no"]
    process = subprocess.Popen(
        command, cwd=ROOT, env=os.environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    while process.stdout.readline() != "ready\n":
        assert process.poll() is None, process.communicate()
    return process


def test_one_machine_writes_and_others_analyse_for_it(
    machine: Machine, cluster: Server, tmp_path: Path, data: Path
) -> None:
    others = [started(machine, with_tables(tmp_path / f"other{place}", data), waits=True) for place in range(2)]
    writer = started(machine, with_tables(tmp_path / "writer", data), waits=False)
    while cluster.ask("GET", "/pasokh-work/_doc/offered").get("found") is not True and writer.poll() is None:
        time.sleep(0.05)
    others[1].kill()
    others[1].communicate()
    told, written = others[0].communicate(), writer.communicate()
    assert writer.returncode == 0, written
    assert others[0].returncode == 0, told
    assert f"{ARTICLES} articles" in written[0]
    assert f"{ARTICLES} articles" in told[0]
    assert re.search(r"\b[1-9]\d* batches of articles were analysed for another machine", told[1]), told
    index = machine.index.snapshot()
    index.check()
    fresh = machine.in_memory()
    assert index.totals == fresh.totals
    assert machine.found("پل شهرک‌77 در چه سالی ساخته شد؟")[0] == "a77"
    assert "error" in cluster.ask("GET", "/pasokh-work/_doc/offered"), "what was offered is removed"
