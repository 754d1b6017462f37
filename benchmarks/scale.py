"""Speed, memory and disk at growing sizes, the project's engines and their peers by turns: `make bench-scale`.

    python -m benchmarks.scale 1000 10000 100000 [--engine NAME]… [--peer NAME]… [--again] [--publish]

Every measurement is a process of its own (`benchmarks.measuring`). What has been measured is kept in
FOLDER/results.json and not measured again, so that a run can be continued, and the table and the plots drawn anew at
once. --publish merges the figures into docs/performance.json and draws docs/performance.md and its plots from them.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from benchmarks import scale_report
from benchmarks.peers import PEERS
from benchmarks.place import Figures, Place
from benchmarks.scale_report import Results
from retrieval import DEFAULT_ENGINE

ROOT = Path(__file__).resolve().parents[1]

ENGINE_FIGURES, PEER_FIGURES = ("build", "answers", "start", "add"), ("build", "answers", "start")
"""What is measured, in order; without an index there is nothing more to measure."""

SINGLE = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"), "1")
"""Libraries that would start threads beside the one core."""

Tell = Callable[[str], None]


POLL = 0.5
"""Seconds between looks at the memory of what is measured."""


def measured(what: str, place: Place, limit: float, memory: int = 8 << 30) -> Figures | str:
    """The figures of one measurement, or why there are none.

    Args:
        what: one of `benchmarks.measuring`.
        place: who is measured, and where.
        limit: seconds that it may take.
        memory: bytes that it may take, with the processes that it starts.

    Raises:
        RuntimeError: it failed for another reason.
    """
    command = [sys.executable, "-m", "benchmarks.measuring", what, json.dumps(asdict(place))]
    environment, began = os.environ | SINGLE, time.monotonic()
    # A session of its own, so that what takes too much ends with all that it has started.
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    ) as process:
        while True:
            try:
                output, complaints = process.communicate(timeout=POLL)
                break
            except subprocess.TimeoutExpired:
                late, large = time.monotonic() - began > limit, memory_of(process.pid) > memory
                if late or large:
                    os.killpg(process.pid, signal.SIGKILL)
                    return f"over {memory / (1 << 30):.0f} GB" if large else f"over {limit / 60:.0f} min"
    if process.returncode:
        told = complaints.decode("utf-8", "replace").strip()
        raise RuntimeError(f"{what} of {place.system or 'the collection'} at {place.sentences:,}: {told}")
    figures: Figures = json.loads(output)
    return figures


def memory_of(group: int) -> int:
    """The bytes that the processes of a group have in memory."""
    pages = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it has ended
            # Behind the name, which may hold anything: the state, the parent, the group, …
            fields = stat.read_text("utf-8", "replace").rpartition(")")[2].split()
            pages += int(fields[21]) if int(fields[2]) == group else 0
    return pages * resource.getpagesize()


class Run:
    """One run over all sizes.

    Args:
        folder: where collections, indexes and results are kept.
        again: whether what is known is measured anew.
        limit: seconds that a measurement may take.
        memory: bytes that a process may take.
        starts: how many whole processes are started for a cold start.
        tell: told what is being measured.
    """

    def __init__(self, folder: Path, *, again: bool, limit: float, memory: int, starts: int, tell: Tell) -> None:
        self.folder, self.again, self.limit, self.tell = folder, again, limit, tell
        self.memory, self.starts = memory, starts
        self.file = folder / "results.json"
        self.results: Results = json.loads(self.file.read_text("utf-8")) if self.file.exists() else {}

    def size(self, sentences: int, engines: Sequence[str], peers: Sequence[str]) -> None:
        """Measure everything at one size."""
        folder = self.folder / str(sentences)
        folder.mkdir(parents=True, exist_ok=True)
        row = self.results.setdefault(str(sentences), {})
        if self.again or "collection" not in row or not (folder / "questions.json").exists():
            self.tell(f"{sentences:,} sentences: writing them")
            figures = measured("prepare", Place(str(folder), sentences), self.limit)
            if isinstance(figures, str):
                raise RuntimeError(f"the collection of {sentences:,} sentences takes {figures}")
            row["collection"] = {**figures}
        for system in (*engines, *peers):
            if system not in row or self.again:
                place = Place(str(folder), sentences, system, system in engines, starts=self.starts)
                row[system] = self._system(place)
                self._keep()

    def _system(self, place: Place) -> dict[str, float | str]:
        found: dict[str, float | str] = {"engine": float(place.engine), "load": 0.0}
        for what in ENGINE_FIGURES if place.engine else PEER_FIGURES:
            self.tell(f"{place.sentences:,} sentences: {place.system}: {what}")
            figures = measured(what, place, self.limit, self.memory)
            found["load"] = max(float(found["load"]), os.getloadavg()[0])
            if isinstance(figures, str):
                return found | {"failed": figures}
            found |= figures
        return found

    def _keep(self) -> None:
        self.file.write_text(json.dumps(self.results, ensure_ascii=False, indent=1) + "\n", "utf-8")


def machine() -> str:
    """The processor, cores, memory and Python of this machine."""
    lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown")
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / (1 << 30)
    return f"{model}, {os.cpu_count()} cores, {memory:.0f} GB, Python {platform.python_version()}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what is not known yet; print the table."""
    parser = argparse.ArgumentParser(description="Measure speed, memory and disk at growing sizes.")
    parser.add_argument("sizes", nargs="*", type=int, default=[1000, 10_000, 100_000], help="numbers of sentences")
    parser.add_argument(
        "--engine",
        action="append",
        dest="engines",
        metavar="NAME",
        help=f"an engine or none (default: {DEFAULT_ENGINE})",
    )
    parser.add_argument("--peer", action="append", dest="peers", choices=[*PEERS, "none"], help="default: all")
    parser.add_argument("--folder", type=Path, default=ROOT / "build" / "scale", help="default: build/scale")
    parser.add_argument("--again", action="store_true", help="measure again what is known")
    parser.add_argument("--limit", type=float, default=3600, help="seconds that a measurement may take (default: 3600)")
    parser.add_argument("--memory", type=float, default=8, help="GB that a process may take (default: 8)")
    parser.add_argument("--starts", type=int, default=5, help="processes started for a cold start (default: 5)")
    parser.add_argument("--publish", action="store_true", help="merge the figures into docs/ and draw them")
    options = parser.parse_args(arguments)
    run = Run(
        options.folder.resolve(),
        again=options.again,
        limit=options.limit,
        memory=int(options.memory * (1 << 30)),
        starts=options.starts,
        tell=lambda line: print(line, file=sys.stderr, flush=True),
    )
    engines = [engine for engine in options.engines or [DEFAULT_ENGINE] if engine != "none"]
    peers = [peer for peer in options.peers or PEERS if peer != "none"]
    for sentences in sorted(options.sizes):
        run.size(sentences, engines, peers)
    print(scale_report.tables(run.results))
    if options.publish:
        scale_report.publish(run.results, machine(), ROOT / "docs")
    return 0


if __name__ == "__main__":
    sys.exit(main())
