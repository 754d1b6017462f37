"""A cluster whose nodes are killed and hang, while questions are asked and articles written.

    python -m benchmarks.cluster_faults [--kills N] [--hang SECONDS] [--both N]

Nodes are started on this machine, on loopback: three with data, and for two that are killed at once also three that
only manage. At the end every article that was confirmed is looked for, and everything is counted anew.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.cluster import report
from retrieval.engines.cluster.settings import PREFIX
from retrieval.errors import PasokhError
from retrieval.system.files import default_data_folder
from retrieval.text import lexicon
from retrieval.text.analyzer import Analyzer
from tests.retrieval.cluster.asking import Asked, Asker
from tests.retrieval.cluster.machines import Machine, fill, put
from tests.retrieval.cluster.server import Server

ARTICLES = 1_000
"""Articles that are asked about."""

LATE_SECONDS = 2.0
"""Answers that take longer are counted."""

WAIT_SECONDS = 180.0
"""How long a cluster may take to be green again by itself."""


class Writer(threading.Thread):
    """Writes one article after the other until it is stopped.

    Args:
        machine: the writer.
    """

    def __init__(self, machine: Machine) -> None:
        super().__init__(daemon=True)
        self._machine, self._stopped = machine, threading.Event()
        self.confirmed, self.refused = 0, 0
        self.start()

    def run(self) -> None:
        """Write; what the cluster refuses is tried again with the next article."""
        written = 0
        while not self._stopped.wait(0.5):
            written += 1
            put(self._machine.corpus, f"new{written}", f"تونل تازهٔ شمارهٔ {written} گشوده شد.")
            try:
                self._machine.index.refresh()
            except PasokhError:
                self.refused += 1
            else:
                self.confirmed = written

    def stop(self) -> int:
        """How many articles are confirmed in the end."""
        self._stopped.set()
        self.join()
        return self.confirmed


def told(name: str, asked: Sequence[Asked]) -> None:
    """Print what became of questions."""
    failed = [one for one in asked if one.error]
    late = sum(one.seconds > LATE_SECONDS for one in asked)
    wrong, in_part = (sum(values) for values in zip(*((not one.right, one.in_part) for one in asked), strict=True))
    slowest = max(one.seconds for one in asked)
    report(
        name,
        f"{len(asked)} questions: {len(failed)} failed, {wrong} not right, {in_part} in part, {late} later than "
        f"{LATE_SECONDS:g} s, slowest {slowest:.2f} s",
    )
    for error in sorted({one.error for one in failed})[:3]:
        report("  an error", error[:160])


def while_asked(name: str, machine: Machine, work: Callable[[], object]) -> None:
    """Do something while questions are asked and articles written, and print what became of both."""
    asker, writer = Asker(machine, machine.questions), Writer(machine)
    time.sleep(2)
    try:
        work()
        time.sleep(5)
    finally:
        confirmed = writer.stop()
        told(name, asker.stop())
    there = {article.id for article in machine.index.snapshot().articles}
    missing = [number for number in range(1, confirmed + 1) if f"new{number}" not in there]
    report("  articles", f"{confirmed} confirmed, {len(missing)} missing, {writer.refused} refusals meanwhile")


def kills(server: Server, count: int) -> list[float]:
    """Kill nodes one after the other, every second time the manager; returns how long each took until green."""
    took = []
    for place in range(count):
        node = server.manager() if place % 2 else place // 2 % 3
        server.kill(node)
        server.wait(server.count - 1, "red")  # until the others know
        server.start(node)
        took.append(server.wait(server.count))
    return took


def both(server: Server, count: int) -> None:
    """Kill two data nodes at once and start them again, several times; print how each time ends."""
    for place in range(count):
        gone = place % 3, (place + 1) % 3
        for node in gone:
            server.kill(node)
        time.sleep(5)
        for node in gone:
            server.start(node)
        try:
            report(
                f"  two nodes killed at once, {place + 1}",
                f"green after {server.wait(server.count, seconds=WAIT_SECONDS):.0f} s",
            )
        except TimeoutError:
            staying = 3 - sum(gone)
            report(f"  two nodes killed at once, {place + 1}", "not green by itself; the third one is restarted")
            server.kill(staying)
            server.start(staying)
            report("    then", f"green after {server.wait(server.count):.0f} s")


def checked(machine: Machine) -> None:
    """Print what `retrieval index --check` says."""
    try:
        report("  check", f"{machine.index.check().articles} articles, as they were written")
    except PasokhError as error:
        report("  check", str(error))


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--hang", type=float, default=30.0, metavar="SECONDS")
    parser.add_argument("--both", type=int, default=5)
    options = parser.parse_args()
    managers = 3 if options.both else 0
    server = Server(3, managers=managers, start_seconds=2 * WAIT_SECONDS)
    try:
        os.environ |= {f"{PREFIX}HOSTS": ",".join(server.hosts), f"{PREFIX}SHARDS": "3"}
        with tempfile.TemporaryDirectory(prefix="pasokh-faults-") as folder:
            analyzer = Analyzer(lexicon.load(default_data_folder()))
            machine = Machine(Path(folder) / "corpus", Path(folder) / "machine", analyzer)
            machine.questions = fill(machine.corpus, ARTICLES)
            machine.index.refresh()
            server.wait(server.count)
            server.ask("PUT", "/pasokh-*/_settings", {"index.unassigned.node_left.delayed_timeout": "5s"})
            work(server, machine, options)
    finally:
        server.remove()
    return 0


def work(server: Server, machine: Machine, options: argparse.Namespace) -> None:
    """Kill, let hang, and kill two at once."""
    if options.kills:
        took: list[float] = []
        while_asked(f"{options.kills} nodes killed in turn", machine, lambda: took.extend(kills(server, options.kills)))
        report("  green again", f"after {sorted(took)[len(took) // 2]:.0f} s, at the most {max(took):.0f} s")
        checked(machine)
    if options.hang:
        while_asked(f"a node hangs for {options.hang:g} s", machine, lambda: hang(server, options.hang))
        server.wait(server.count)
        checked(machine)
    if options.both:
        while_asked("two of three data nodes killed at once", machine, lambda: both(server, options.both))
        checked(machine)


def hang(server: Server, seconds: float) -> None:
    """Let a node hang for some time."""
    server.hang(1)
    time.sleep(seconds)
    server.go_on(1)


if __name__ == "__main__":
    sys.exit(main())
