"""Whether all copies of the shards of a collection are in use, and what to do where they are not."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any, NamedTuple

from retrieval.engines.cluster.client import Cluster
from retrieval.errors import ClusterError

_IN_USE = {"STARTED", "RELOCATING"}

_PATIENCE_SECONDS = 20.0
"""How long a copy may take to come into use: right after an index was made or a node came back, it is being filled."""

_PAUSE_SECONDS = 0.2

_SHARDS = "routing_table.indices.*.shards.*"
_PARTS = ",".join(["nodes.*.name", *(f"{_SHARDS}.{part}" for part in ("state", "primary", "node"))])


class _Copy(NamedTuple):
    """A copy of a shard: its index and number, its state, and the name of the node that has it."""

    shard: tuple[str, str]
    is_first: bool
    state: str
    node: str


def check_copies(cluster: Cluster, indices: Sequence[str]) -> None:
    """See that every copy of every shard of some indices is in use, or comes into use soon.

    After several nodes were killed at once, a shard may be found by searches but take no writes: its first copy waits
    for ever to bring up the others (OpenSearch 2.19). It is told by copies that do not come into use, and cured by
    restarting the node of the first copy.

    Raises:
        ClusterError: a copy does not come into use. It names the nodes to restart if that stays so.
    """
    until = time.monotonic() + _PATIENCE_SECONDS
    while True:
        copies = _copies(cluster, indices)
        missing = [copy for copy in copies if copy.state not in _IN_USE]
        if not missing:
            return
        if time.monotonic() > until:
            raise ClusterError(f"{cluster.place}: {_told(copies, missing)}; see docs/cluster.md")
        time.sleep(_PAUSE_SECONDS)


def _told(copies: Sequence[_Copy], missing: Sequence[_Copy]) -> str:
    """Which copies are missing, and what to do."""
    shards = {copy.shard for copy in missing}
    firsts = [copy for copy in copies if copy.is_first and copy.shard in shards and copy.state in _IN_USE]
    lost = shards - {copy.shard for copy in firsts}
    told = f"{len(missing)} of {len(copies)} copies of shards are not in use"
    if lost:
        told += f", of {len(lost)} shards there is none; start the nodes that had them"
    elif firsts:
        told += f"; where that stays so while all nodes run, restart {', '.join(sorted({one.node for one in firsts}))}"
    return told


def _copies(cluster: Cluster, indices: Sequence[str]) -> list[_Copy]:
    names = ",".join(indices)
    told: dict[str, Any] = cluster.tell("GET", f"/_cluster/state/routing_table,nodes/{names}", filter_path=_PARTS)
    nodes = {node: its["name"] for node, its in told.get("nodes", {}).items()}
    found = told.get("routing_table", {}).get("indices", {})
    return [
        _Copy((index, shard), copy["primary"], copy["state"], nodes.get(copy.get("node"), ""))
        for index, its in found.items()
        for shard, copies in its["shards"].items()
        for copy in copies
    ]
