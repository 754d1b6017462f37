"""Which node of a cluster is asked next. One that is silent is avoided until it answers again, by all its shards."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from opensearchpy import OpenSearch

LOOK_SECONDS = 0.3
"""How long a node may take to say who it is, when it is asked whether it is well."""

LOOK_AGAIN_SECONDS = 2.0
"""After so long a node that was silent is asked once more."""

QUIET_SECONDS = 6.0
"""Where nothing was asked for so long, a node that was silent is asked first, since it is probably there again."""

_ANSWERING = {"STARTED", "RELOCATING"}
"""The states of a shard's copy that answers searches."""


class Route(NamedTuple):
    """Where a search goes.

    Args:
        preference: what tells it, as OpenSearch takes it; {} for anywhere.
        whole: whether it reaches all shards.
    """

    preference: dict[str, str]
    whole: bool


PLAIN = Route({}, whole=True)


class Nodes:
    """The nodes that a cluster is reached by, and which of them are silent.

    A node may hang and still be of the cluster for half a minute. Others then wait for its shards, so whoever asks them
    has to say that these are to be taken from elsewhere.

    Args:
        clients: the client of each node, by its address.
    """

    def __init__(self, clients: Mapping[str, OpenSearch]) -> None:
        self._clients = dict(clients)
        self._turn = count()
        self._lock = threading.Lock()
        self._silent: dict[str, float] = {}  # when it was silent last
        self._ids: dict[str, str] = {}  # of those that have ever answered
        self._routes: dict[tuple[str, frozenset[str | None]], tuple[float, Route]] = {}  # with when they were made

    def next(self) -> OpenSearch:
        """The client of the node to ask: one after the other, of those that answer."""
        if not self._ids:
            self.look_around()
        if self._silent:
            self._look_again()
        hosts = [host for host in self._clients if host not in self._silent] or list(self._clients)
        return self._clients[hosts[next(self._turn) % len(hosts)]]

    def route(self, index: str) -> Route:
        """How a search goes past the nodes that are silent."""
        silent = {self._ids.get(host) for host in tuple(self._silent)}
        if not silent:
            return PLAIN
        key = index, frozenset(silent)
        made, route = self._routes.get(key, (0.0, PLAIN))
        if time.monotonic() - made > LOOK_AGAIN_SECONDS:
            route = self._past(index, silent)
            self._routes = {key: (time.monotonic(), route)}
        return route

    def _past(self, index: str, silent: set[str | None]) -> Route:
        """The route to the copies of shards that are on other nodes; shards without one are left out."""
        told = _asked(self.next(), f"/{index}/_search_shards", "shards.node,shards.shard,shards.state,nodes.*.name")
        shards = [[copy for copy in copies if copy["state"] in _ANSWERING] for copies in told.get("shards", ())]
        here = [copies[0]["shard"] for copies in shards if any(copy["node"] not in silent for copy in copies)]
        nodes = ",".join(node for node in told.get("nodes", {}) if node and node not in silent)
        if not nodes or not here:
            return PLAIN
        whole = len(here) == len(shards)
        chosen = "" if whole else f"_shards:{','.join(map(str, here))}|"
        return Route({"preference": f"{chosen}_prefer_nodes:{nodes}"}, whole)

    def look_around(self) -> None:
        """Ask all nodes whether they are well, after one was silent or gone."""
        with self._lock:
            self._look(self._clients)

    def _look_again(self) -> None:
        """Ask those nodes again that were silent some time ago; beside what is asked now, but after a quiet time."""
        now = time.monotonic()
        waited = {host: now - since for host, since in self._silent.items() if now - since > LOOK_AGAIN_SECONDS}
        due = {host: self._clients[host] for host in waited}
        if not due or not self._lock.acquire(blocking=False):
            return
        if max(waited.values()) > QUIET_SECONDS:
            self._look_and_release(due)
        else:
            threading.Thread(target=self._look_and_release, args=(due,), daemon=True).start()

    def _look_and_release(self, clients: Mapping[str, OpenSearch]) -> None:
        try:
            self._look(clients)
        finally:
            self._lock.release()

    def _look(self, clients: Mapping[str, OpenSearch]) -> None:
        with ThreadPoolExecutor(len(clients)) as threads:
            found = dict(zip(clients, threads.map(_id_of, clients.values()), strict=True))
        for host, node in found.items():
            if node is None:
                self._silent[host] = time.monotonic()
            else:
                self._silent.pop(host, None)
                self._ids[host] = node


def _id_of(client: OpenSearch) -> str | None:
    """The id of a node; None where it does not answer, "" where it does not say it."""
    return next(iter(_asked(client, "/_nodes/_local", "nodes.*.name").get("nodes", {})), None)


def _asked(client: OpenSearch, path: str, parts: str) -> dict[str, Any]:
    """Parts of what a node says; {} where it says nothing in time, an id of "" where it may not say it."""
    try:
        # «local»: nobody else is asked, such as a manager that hangs.
        parameters = {"filter_path": parts} | ({"local": "true"} if path.endswith("_search_shards") else {})
        told = client.transport.perform_request("GET", path, params=parameters, timeout=LOOK_SECONDS)
    except Exception as error:  # noqa: BLE001  # whatever is wrong with it, it is not well
        return {"nodes": {"": None}} if isinstance(getattr(error, "status_code", None), int) else {}
    return dict(told)
