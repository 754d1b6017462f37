"""Several machines build an index: one writes it, and the others analyse batches of records for it.

    writer: batch ── offered ──→ index NAME-work ── claimed, analysed ──→ result ──→ writer, in the order of the batches

A claim is a lease on one batch. What nobody has claimed when its turn comes the writer analyses itself, and so it does
with what was claimed by a machine that is silent. So any machine may come and go at any time.
"""

from __future__ import annotations

import time
import uuid
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from functools import cached_property, partial
from typing import Any

from retrieval.engines.cluster import writing
from retrieval.engines.cluster.client import Cluster
from retrieval.engines.cluster.mappings import STATE, WORK
from retrieval.engines.cluster.refusals import ConflictError
from retrieval.errors import ClusterError, IndexStoreError, PasokhError
from retrieval.indexing.analysts import BatchAnalyzer, begin_analyst, usable_cores
from retrieval.indexing.batch_format import BatchPacker, pack_tasks, unpack_batch
from retrieval.indexing.batches import Batch, Task
from retrieval.system.processes import ForkedPool
from retrieval.text.analyzer import Analyzer

CLAIM_SECONDS = 30
"""How long a claim of a batch holds. A batch is work for a fraction of a second."""

PRESENT_SECONDS = 15
"""How long a machine counts as present after it was heard of last."""

LOOK_SECONDS = 1.0
"""How often the writer looks who is present, and the others whether it still writes."""

POLL_SECONDS = 0.05
"""How often a result, or something to do, is looked for."""

BATCHES_A_PROCESS = 2
"""Batches that are on their way for each process of another machine."""


class Board:
    """The documents by which machines share work: offers, claims and results.

    Args:
        cluster: where.
    """

    def __init__(self, cluster: Cluster) -> None:
        self._cluster, self._index, self._state = cluster, cluster.index(WORK), cluster.index(STATE)
        self._machine = str(uuid.uuid4())

    def create(self) -> None:
        """Make the index of the work anew; a writer that was killed may have left one."""
        self.remove()
        writing.create(self._cluster, WORK, self._index)

    def remove(self) -> None:
        """Remove it with all that is on it."""
        self._cluster.tell("DELETE", f"/{self._index}", ignore=(404,))

    def put(self, name: str, kept: dict[str, Any], **condition: Any) -> None:
        """Write a document."""
        self._cluster.tell("PUT", f"/{self._index}/_doc/{name}", {"kept": kept}, **condition)

    def read(self, name: str) -> dict[str, Any] | None:
        """A document; None where there is none."""
        found = self._cluster.document(self._index, name)
        return found["_source"]["kept"] if found else None

    def drop(self, *names: str) -> None:
        """Remove documents."""
        writing.write(self._cluster, self._index, ((name, 0, None) for name in names))

    def claim(self, name: str) -> bool:
        """Claim a batch; False where another machine has done so, and is not silent."""
        found = self._cluster.document(self._index, f"claim-{name}")
        if found is None:
            condition: dict[str, Any] = {"op_type": "create"}
        elif found["_source"]["kept"]["until"] > time.time():
            return False
        else:
            condition = {"if_seq_no": found["_seq_no"], "if_primary_term": found["_primary_term"]}
        with suppress(ConflictError):
            self.put(f"claim-{name}", {"by": self._machine, "until": time.time() + CLAIM_SECONDS}, **condition)
            return True
        return False

    def be_present(self, processes: int) -> None:
        """Tell the writer of this machine and its processes."""
        with suppress(ConflictError):  # another machine has told of itself just now; this one is told of a moment later
            found = self._cluster.document(self._state, "present")
            listed = found["_source"]["kept"] if found else {}
            kept = {one: its for one, its in listed.items() if its["until"] > time.time()}
            kept[self._machine] = {"until": time.time() + PRESENT_SECONDS, "processes": processes}
            seen = {"if_seq_no": found["_seq_no"], "if_primary_term": found["_primary_term"]} if found else {}
            body = {"kept": kept}
            self._cluster.tell("PUT", f"/{self._state}/_doc/present", body, **(seen or {"op_type": "create"}))

    def present(self) -> int:
        """How many processes of other machines are present."""
        found = self._cluster.document(self._state, "present")
        listed = found["_source"]["kept"] if found else {}
        return sum(its["processes"] for its in listed.values() if its["until"] > time.time())


class OfferedWork:
    """What a writer offers to other machines; see `Elsewhere`.

    Args:
        board: where.
        analyzer: text → terms.
        version: of the analysis.
    """

    def __init__(self, board: Board, analyzer: Analyzer, version: str) -> None:
        self._board, self._analyzer, self._version = board, analyzer, version
        self._build, self._next, self._looked, self._places = "", 0, 0.0, 0

    @contextmanager
    def offering(self) -> Iterator[None]:
        """Remove what was offered in the body of the `with` statement at its end."""
        self._build, self._next = uuid.uuid4().hex[:12], 0
        try:
            yield
        finally:
            if self._next:
                with suppress(PasokhError):
                    self._board.remove()

    def places(self) -> int:
        """See `Elsewhere.places`."""
        if time.monotonic() - self._looked > LOOK_SECONDS:
            self._looked, self._places = time.monotonic(), BATCHES_A_PROCESS * self._board.present()
        return self._places

    def offer(self, tasks: Sequence[Task]) -> Callable[[], Batch]:
        """See `Elsewhere.offer`."""
        if not self._next:
            self._board.create()
        number, self._next = self._next, self._next + 1
        name = f"{self._build}-{number}"
        packed = pack_tasks(tasks)
        self._board.put(f"tasks-{name}", {"packed": b64encode(packed).decode()})
        self._board.put("offered", {"build": self._build, "next": self._next, "version": self._version})
        return partial(self._result, name, packed)

    @cached_property
    def _own(self) -> BatchPacker:
        return BatchPacker(BatchAnalyzer(self._analyzer))

    def _result(self, name: str, tasks: bytes) -> Batch:
        while not (found := self._board.read(f"result-{name}")):
            if self._board.claim(name):  # nobody has done it yet
                packed = self._own.packed(tasks)
                break
            time.sleep(POLL_SECONDS)
        else:
            packed = b64decode(found["packed"])
        self._board.drop(f"tasks-{name}", f"result-{name}")
        return unpack_batch(packed)


def assist(cluster: Cluster, analyzer: Analyzer, version: str, goes_on: Callable[[], bool]) -> int:
    """Analyse what a writer offers, on all cores, until it offers nothing any more.

    Args:
        cluster: where.
        analyzer: text → terms.
        version: of the analysis.
        goes_on: whether the writer still writes.

    Returns:
        How many batches were analysed.

    Raises:
        IndexStoreError: the writer is of another version.
        ClusterError: the cluster cannot be reached.
    """
    cores = usable_cores()
    with ForkedPool(cores, lambda: BatchPacker(begin_analyst(analyzer))) as pool:
        bench, looked, well = _Bench(Board(cluster), version), 0.0, time.monotonic()
        while True:
            try:
                if time.monotonic() - looked > LOOK_SECONDS:
                    if not goes_on():
                        return bench.done
                    bench.board.be_present(cores)
                    looked = time.monotonic()
                bench.work(pool, BATCHES_A_PROCESS * cores)
                well = time.monotonic()
            except ClusterError:  # what was claimed is done by others then
                if time.monotonic() - well > CLAIM_SECONDS:
                    raise
            time.sleep(POLL_SECONDS)


class _Bench:
    """What a machine has claimed, and which of the offered batches it looks at next."""

    def __init__(self, board: Board, version: str) -> None:
        self.board, self._version = board, version
        self._build, self._next = "", 0
        self._running: dict[str, Future[bytes]] = {}
        self.done = 0

    def work(self, pool: ForkedPool[BatchPacker], places: int) -> None:
        """Give back what is done, and begin what can be claimed, so that so many batches are in work."""
        for name in [name for name, future in self._running.items() if future.done()]:
            packed = self._running.pop(name).result()
            self.board.put(f"result-{name}", {"packed": b64encode(packed).decode()})
            self.done += 1
        while len(self._running) < places and (claimed := self._claimed()):
            name, tasks = claimed
            self._running[name] = pool.submit(BatchPacker.packed, tasks)

    def _claimed(self) -> tuple[str, bytes] | None:
        """The next batch that nobody has claimed, with its tasks; None where there is none."""
        offered = self.board.read("offered")
        if offered is None:
            return None
        if offered["version"] != self._version:
            raise IndexStoreError(
                f"the writer is of another version ({offered['version']}); update this machine, or the writer"
            )
        if offered["build"] != self._build:
            self._build, self._next = offered["build"], 0
        while self._next < offered["next"]:
            name, self._next = f"{self._build}-{self._next}", self._next + 1
            if (tasks := self.board.read(f"tasks-{name}")) and self.board.claim(name):
                return name, b64decode(tasks["packed"])
        return None
