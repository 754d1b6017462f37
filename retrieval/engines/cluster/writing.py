"""What changes a cluster: indices are made, named and dropped, documents written many at once."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from retrieval.engines.cluster.client import Cluster
from retrieval.engines.cluster.mappings import ARTICLES, JOURNAL, PASSAGES, definition
from retrieval.engines.cluster.refusals import refusal
from retrieval.errors import ClusterError

BULK_BYTES = 4_000_000
"""Bytes of documents that are sent together."""

BUSY_SECONDS = 0.5
"""How long a writer waits before it sends again what a busy cluster has refused; twice as long each time."""

ATTEMPTS = 6
"""How often it is sent."""


def create(cluster: Cluster, kind: str, index: str) -> None:
    """Create an index of a kind (see `mappings`) unless it is there.

    Raises:
        ClusterError: it cannot be created, or its shards do not start.
    """
    body = definition(kind, cluster.settings.shards, cluster.settings.replicas)
    try:
        cluster.tell("PUT", f"/{index}", body, wait_for_active_shards=1)
    except ClusterError as error:
        if "already exists" not in str(error):
            raise


def refresh(cluster: Cluster, *indices: str) -> None:
    """Let readers see what was written."""
    cluster.tell("POST", f"/{','.join(indices)}/_refresh")


def write(cluster: Cluster, index: str, documents: Iterable[tuple[str, int, Mapping[str, Any] | None]]) -> None:
    """Write or delete documents, many at once. What is written again is the same again.

    Args:
        cluster: where.
        index: in which index of it.
        documents: of each the id, the number by which its shard is chosen, and its content; None to delete it.

    Raises:
        ClusterError: a document is refused.
    """
    for lines in _batches(documents):
        _send(cluster, index, lines)


def name_current(cluster: Cluster, index: str, kinds: Iterable[str]) -> None:
    """Let the aliases NAME-KIND stand for the indices that are in force, and for no others, in one step."""
    actions: list[dict[str, Any]] = []
    for kind in kinds:
        alias = cluster.index(kind)
        actions += [
            {"remove": {"index": cluster.index("*"), "alias": alias, "must_exist": False}},
            {"add": {"index": f"{index}-{kind}", "alias": alias}},
        ]
    cluster.tell("POST", "/_aliases", {"actions": actions})


def drop(cluster: Cluster, index: str) -> None:
    """Remove the indices whose names begin with that of an index."""
    for kind in (PASSAGES, ARTICLES, JOURNAL):
        cluster.tell("DELETE", f"/{index}-{kind}", ignore=(404,))


def remove(cluster: Cluster) -> None:
    """Remove all indices of the collection whose name the cluster's settings have."""
    for index in cluster.tell("GET", f"/{cluster.index('*')}", filter_path="*.settings.index.uuid"):
        cluster.tell("DELETE", f"/{index}", ignore=(404,))


def _send(cluster: Cluster, index: str, lines: Sequence[str]) -> None:
    """Send one batch, and again what is refused for want of room in a queue."""
    wait = BUSY_SECONDS
    for attempt in range(ATTEMPTS):
        items = cluster.tell("POST", f"/{index}/_bulk", "".join(lines)).get("items", [])
        results = [next(iter(item.values())) for item in items]
        refused = [one for one in results if one["status"] >= 300 and one["status"] != 404]
        if not refused:
            return
        if attempt + 1 == ATTEMPTS or any(one["status"] not in {429, 503} for one in refused):
            raise refusal(cluster.place, refused[0]["status"], refused[0].get("error", {}))
        time.sleep(wait)
        wait *= 2


def _batches(documents: Iterable[tuple[str, int, Mapping[str, Any] | None]]) -> Iterator[list[str]]:
    """The lines of requests that write documents, each of some `BULK_BYTES`."""
    lines: list[str] = []
    size = 0
    for name, routing, content in documents:
        action = {"delete" if content is None else "index": {"_id": name, "routing": str(routing)}}
        written = "" if content is None else json.dumps(content, ensure_ascii=False) + "\n"
        lines += [json.dumps(action), "\n", written]
        size += len(written)
        if size > BULK_BYTES:
            yield lines
            lines, size = [], 0
    if lines:
        yield lines
