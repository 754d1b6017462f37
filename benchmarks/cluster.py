"""A cluster beside tantivy in the same run: the same first answers, round trips, times, building and disk.

    python -m benchmarks.cluster [--sentences N] [--questions N] [--judged FILE...] [--clients N]

Three nodes are started on this machine, on loopback, and ended at the end; see `tests.retrieval.cluster.server`.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.synthetic import Collection
from retrieval import Retriever
from retrieval.corpus.folder import Folder
from retrieval.corpus.source import listed
from retrieval.engines import CLUSTER
from retrieval.engines.cluster.settings import PREFIX
from retrieval.evaluation.datasets import reading
from retrieval.evaluation.datasets.judged import is_gold_sentence
from retrieval.evaluation.measuring.runs import question_of
from retrieval.index.cluster_store import ClusterStore
from retrieval.system.processes import ForkedPool
from tests.retrieval.cluster.server import Server

ENGINES = ("tantivy", CLUSTER)
WARM = 40
"""Questions that are asked before the clock starts."""


def report(name: str, value: str) -> None:
    """Print one line of the table."""
    print(f"{name:64} {value}", flush=True)


@dataclass
class Run:
    """What came of questions.

    Args:
        firsts: the first sentence for each, "" for none.
        seconds: of each, sorted.
        processor: own processor time of one, in milliseconds.
        trips: requests to the cluster for one.
        in_part: how many could not search all articles.
    """

    firsts: list[str]
    seconds: list[float]
    processor: float
    trips: float
    in_part: int

    def told(self) -> str:
        """As a line."""
        count = len(self.seconds)
        p50, p99 = (1000 * self.seconds[int(count * share)] for share in (0.5, 0.99))
        return (
            f"p50 {p50:.1f} ms, p99 {p99:.1f} ms, own processor {self.processor:.1f} ms, {self.trips:.2f} round trips,"
            f" {self.in_part} in part"
        )


def ask(retriever: Retriever, questions: Sequence[str]) -> Run:
    """Ask one question after the other."""
    for question in questions[:WARM]:
        retriever.search(question, 5)
    store = retriever.index.store
    cluster = store.cluster if isinstance(store, ClusterStore) else None
    firsts, seconds, before = [], [], (cluster.requests if cluster else 0, retriever.index.in_part)
    began = time.process_time()
    for question in questions[WARM:]:
        start = time.perf_counter()
        hits = retriever.search(question, 5)
        firsts.append(hits[0].sentence.text if hits else "")
        seconds.append(time.perf_counter() - start)
    count = len(seconds)
    trips = (cluster.requests if cluster else 0) - before[0]
    own = 1000 * (time.process_time() - began) / count
    return Run(firsts, sorted(seconds), own, trips / count, retriever.index.in_part - before[1])


def same(one: Run, other: Run) -> float:
    """The share of questions whose first sentence is the same."""
    return sum(a == b for a, b in zip(one.firsts, other.firsts, strict=True)) / len(one.firsts)


def processor_seconds() -> float:
    """The processor time of this process and of its children that have ended."""
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in spent)


def synthetic(sentences: int, count: int, clients: int, folder: Path, server: Server) -> None:
    """Build a synthetic collection over both engines, and ask it."""
    collection = Collection(sentences, form="jsonl")
    collection.write(folder / "corpus")
    opened = {}
    for engine in ENGINES:
        began, used, nodes = time.perf_counter(), processor_seconds(), server.processor_seconds()
        opened[engine] = Retriever.over(Folder(folder / "corpus"), engine, data=folder / engine)
        took = time.perf_counter() - began
        own, nodes = processor_seconds() - used, server.processor_seconds() - nodes
        report(
            f"{sentences:,} sentences, {engine}: build",
            f"{sentences / took:,.0f} sentences/s, own processor {own:.0f} s, nodes' {nodes:.0f} s",
        )
    stats = server.ask("GET", "/pasokh-*/_stats/store")["_all"]
    report("disk of the cluster, one copy", f"{stats['primaries']['store']['size_in_bytes'] / 1e6:,.0f} MB")
    for kind in ("plain", "typo", "absent"):
        asked = [one.text for one in collection.questions(5 * count) if one.kind == kind][: count + WARM]
        runs = {engine: ask(opened[engine], asked) for engine in ENGINES}
        for engine in ENGINES:
            report(f"{kind}, {len(asked) - WARM} questions, {engine}", runs[engine].told())
        report(f"{kind}: the same first sentence", f"{same(*runs.values()):.3f}")
    asked = [one.text for one in collection.questions(6 * count) if one.kind == "plain"]
    for engine in ENGINES:
        for number in (1, clients):
            report(f"{engine}, {number} clients at once", at_once(opened[engine], asked, number, server))
    report("memory of the nodes", ", ".join(f"{size / 1e6:,.0f} MB" for size in server.resident_bytes()))
    report("load of this machine", ", ".join(f"{one:.1f}" for one in os.getloadavg()))


def at_once(retriever: Retriever, questions: Sequence[str], clients: int, server: Server) -> str:
    """Let some clients, a process each, ask questions; says how fast, and what that costs the nodes."""
    with ForkedPool(clients, lambda: retriever) as pool:
        list(pool.map(seconds_for, questions[: WARM * clients], 1))
        began, before = time.perf_counter(), server.processor_seconds()
        seconds = sorted(pool.map(seconds_for, questions, 5))
        took, used = time.perf_counter() - began, server.processor_seconds() - before
    p50, p99 = (1000 * seconds[int(len(seconds) * share)] for share in (0.5, 0.99))
    nodes = f"nodes' processor {1000 * used / len(seconds):.1f} ms each"
    return f"{len(seconds) / took:,.0f} answers/s, p50 {p50:.1f} ms, p99 {p99:.1f} ms, {nodes}"


def seconds_for(retriever: Retriever, question: str) -> float:
    """How long an answer takes."""
    began = time.perf_counter()
    retriever.search(question, 5)
    return time.perf_counter() - began


def judged(files: Sequence[Path], folder: Path) -> None:
    """Ask judged questions over both engines."""
    for file in files:
        collection = reading.read([file])
        os.environ[f"{PREFIX}NAME"] = f"pasokh-{file.stem.replace('_', '-').lower()}"
        firsts, right, in_part = [], [], 0
        for engine in ENGINES:
            retriever = Retriever.over(listed(collection.articles), engine, data=folder / f"{engine}-{file.stem}")
            hits = [next(iter(retriever.search(question_of(retriever, one), 5)), None) for one in collection.questions]
            firsts.append([hit and (hit.article.id, hit.sentence.start) for hit in hits])
            gold = zip(hits, collection.questions, strict=True)
            right.append(sum(hit is not None and is_gold_sentence(hit.sentence, one) for hit, one in gold))
            in_part += retriever.index.in_part
        count = len(collection.questions)
        alike = sum(one == other for one, other in zip(*firsts, strict=True)) / count
        report(f"{file.stem}, {count} questions: the same first sentence", f"{alike:.4f} ({in_part} in part)")
        report("right first sentences, " + " and ".join(ENGINES), " and ".join(f"{one / count:.4f}" for one in right))


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sentences", type=int, default=100_000)
    parser.add_argument("--questions", type=int, default=300)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--judged", type=Path, nargs="*", default=())
    options = parser.parse_args()
    server = Server(3)
    try:
        os.environ |= {f"{PREFIX}HOSTS": ",".join(server.hosts), f"{PREFIX}SHARDS": "3"}
        with tempfile.TemporaryDirectory(prefix="pasokh-cluster-") as folder:
            judged(options.judged, Path(folder))
            if options.sentences:
                os.environ[f"{PREFIX}NAME"] = "pasokh-synthetic"
                synthetic(options.sentences, options.questions, options.clients, Path(folder), server)
    finally:
        server.remove()
    return 0


if __name__ == "__main__":
    sys.exit(main())
