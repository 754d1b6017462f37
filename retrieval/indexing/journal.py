"""What a cluster knows of a collection as a whole: which index is in force, its changes, and who may write.

Two documents of one index hold this, `collection` and `lease`; another index holds the changes, in parts. A document is
written only if nobody has written it since it was read, so that of two writers one is refused.
"""

from __future__ import annotations

import hashlib
import socket
import threading
import time
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any

from retrieval.engines.cluster import writing
from retrieval.engines.cluster.client import Cluster
from retrieval.engines.cluster.mappings import JOURNAL, STATE
from retrieval.engines.cluster.settings import ClusterSettings
from retrieval.errors import ClusterError, DamagedError
from retrieval.index.compression import compress, decompress

LEASE_SECONDS = 300.0
"""Another machine may write once nothing was heard of the last writer for so long."""

PART_BYTES = 4_000_000
"""Bytes of a change in one document, compressed."""


class WriterElsewhereError(ClusterError):
    """Another machine writes the index."""


@dataclass(frozen=True, slots=True)
class Published:
    """Which index is in force; the defaults are those of a cluster without one.

    Args:
        index: how the names of its indices begin.
        origin: the store that it was made from.
        version: of the analysis.
        generation: how often the collection has changed; it grows when the index is made anew, too.
        base: the generation of the change that has all rows.
        bytes: of the changes since then, and of that one.
        previous: the index before it, which some reader may still have open; "" where it has been removed.
        revision: which state of the document this is.
    """

    index: str = ""
    origin: str = ""
    version: str = ""
    generation: int = 0
    base: int = 0
    bytes: tuple[int, int] = (0, 0)
    previous: str = ""
    revision: tuple[int, int] | None = None


class Journal:
    """The documents of a collection.

    Args:
        cluster: where they are.
    """

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster
        self._state = cluster.index(STATE)

    def collection(self) -> Published:
        """What is in force now."""
        found = self._cluster.document(self._state, "collection")
        if found is None:
            return Published()
        kept = found["_source"]["kept"]
        return Published(**{**kept, "bytes": tuple(kept["bytes"])}, revision=_revision(found))

    def put(self, collection: Published) -> None:
        """Let another state of the collection be in force.

        Args:
            collection: that; its `revision` is that of the state before.

        Raises:
            ConflictError: another one is in force meanwhile.
        """
        kept = asdict(collection)
        del kept["revision"]
        self._put("collection", kept, collection.revision)

    @contextmanager
    def claimed(self, writer: str) -> Iterator[None]:
        """Be the writer while the body of the `with` statement runs, and for `LEASE_SECONDS` more.

        Args:
            writer: what the machine is known by.

        Raises:
            WriterElsewhereError: another machine is the writer.
        """
        self._claim(writer)
        ended = threading.Event()

        def remain() -> None:
            while not ended.wait(LEASE_SECONDS / 3):
                with suppress(ClusterError):  # what is written then tells whether another has taken over
                    self._claim(writer)

        thread = threading.Thread(target=remain, name="lease", daemon=True)
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()
            with suppress(ClusterError):
                self._claim(writer, busy=False)

    def is_busy(self) -> bool:
        """Whether some machine writes just now."""
        found = self._cluster.document(self._state, "lease")
        lease = found["_source"]["kept"] if found else {}
        return bool(lease.get("busy")) and lease["until"] > time.time()

    def _claim(self, writer: str, *, busy: bool = True) -> None:
        """Become the writer, or remain it. The clocks of machines may differ by some seconds.

        Args:
            writer: what the machine is known by.
            busy: whether it writes just now.

        Raises:
            ClusterError: another machine is the writer.
        """
        writing.create(self._cluster, STATE, self._state)
        found = self._cluster.document(self._state, "lease")
        lease = found["_source"]["kept"] if found else {}
        left = lease.get("until", 0) - time.time()
        if lease.get("writer") != writer and left > 0:
            when = f"for {left:.0f} s more, or until it is heard of no longer"
            raise WriterElsewhereError(
                f"{self._cluster.place}: {lease['host']} writes the index {when}; index there, or wait"
            )
        until = int(time.time() + LEASE_SECONDS)
        wanted = {"writer": writer, "host": socket.gethostname(), "until": until, "busy": busy}
        self._put("lease", wanted, _revision(found) if found else None)

    def write_change(self, index: str, generation: int, content: bytes, *, whole: bool = False) -> int:
        """Write a change.

        Args:
            index: how the names of the indices begin.
            generation: the one that it leads to.
            content: the bytes of its database.
            whole: whether it has all rows.

        Returns:
            How many bytes it takes.
        """
        packed, name = compress(content), _name(generation, whole=whole)
        starts = range(0, len(packed), PART_BYTES)
        parts = (b64encode(packed[start : start + PART_BYTES]).decode() for start in starts)
        named = ((f"{name}-{place}", {"parts": len(starts), "part": part}) for place, part in enumerate(parts))
        documents = ((its, 0, {"number": generation, "kept": {"name": its, **part}}) for its, part in named)
        writing.write(self._cluster, f"{index}-{JOURNAL}", documents)
        return len(packed)

    def read_change(self, index: str, generation: int, *, whole: bool = False) -> bytes | None:
        """A change that was written; None where it is not kept any more. For the arguments see `write_change`.

        Raises:
            DamagedError: a part of it is missing or damaged.
        """
        name = _name(generation, whole=whole)
        packed = b"".join(self._parts(index, name))
        try:
            return decompress(packed) if packed else None
        except ValueError as error:
            raise DamagedError(f"{index}: change {name} is damaged ({error})") from error

    def drop_changes(self, index: str, before: int) -> None:
        """Remove the changes that led to earlier generations than one with all rows."""
        changes = f"{index}-{JOURNAL}"
        writing.refresh(self._cluster, changes)
        old = self._cluster.all(changes, {"range": {"number": {"lt": before}}}, ["number", "kept.name"])
        writing.write(self._cluster, changes, [(one["kept"]["name"], 0, None) for one in old])

    def _parts(self, index: str, name: str) -> Iterator[bytes]:
        place, parts = 0, 1
        while place < parts:
            found = self._cluster.document(f"{index}-{JOURNAL}", f"{name}-{place}", routing=0)
            if found is None:
                if place:
                    raise DamagedError(f"{index}: a part of change {name} is missing")
                return
            kept = found["_source"]["kept"]
            parts = kept["parts"]
            yield b64decode(kept["part"])
            place += 1

    def _put(self, name: str, kept: dict[str, Any], revision: tuple[int, int] | None) -> None:
        if revision is None:
            condition: dict[str, Any] = {"op_type": "create"}
        else:
            condition = {"if_seq_no": revision[0], "if_primary_term": revision[1]}
        self._cluster.tell("PUT", f"/{self._state}/_doc/{name}", {"kept": kept}, **condition)


def generation() -> int:
    """How often the collection that the environment names has changed; 0 where there is none."""
    return _watched().collection().generation


@lru_cache(1)
def _watched() -> Journal:
    return Journal(Cluster(ClusterSettings.from_environment()))


def _name(generation: int, *, whole: bool) -> str:
    return f"base-{generation}" if whole else str(generation)


def _revision(document: dict[str, Any]) -> tuple[int, int]:
    return document["_seq_no"], document["_primary_term"]


def index_name(cluster: Cluster, origin: str, version: str) -> str:
    """How the names of the indices begin that are made from a store, in a version of the analysis."""
    return cluster.index(hashlib.blake2b(f"{origin} {version}".encode(), digest_size=4).hexdigest())
