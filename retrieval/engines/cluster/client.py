"""Requests to a cluster of OpenSearch: one node after the other is asked, and errors are told in the project's words.

opensearch-py (https://github.com/opensearch-project/opensearch-py) carries them, OpenSearch's own client. Each node has
one here, since which node is asked next depends on more than it knows: see `Nodes`.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import opensearchpy
from opensearchpy.exceptions import ConnectionError as UnreachedError
from opensearchpy.exceptions import ConnectionTimeout, SSLError, TransportError

from retrieval.engines.cluster.nodes import Nodes, Route
from retrieval.engines.cluster.refusals import refusal, told
from retrieval.engines.cluster.settings import ClusterSettings
from retrieval.errors import ClusterError, EngineError

OLDEST, NEWEST = (2, 11), (3, 99)
"""The versions of OpenSearch whose interface this is written for."""

WAIT_SECONDS = 30.0
"""How long what is not a question waits for a node: to write, to create an index, to read an article's journal."""

SHARD_SHARE = 0.7
"""The share of a request's time after which a shard gives what it has found so far."""

_OF_SEARCHES = ",".join(
    f"responses.{part}" for part in ("error", "status", "timed_out", "_shards", "hits.hits._score", "hits.hits._source")
)

PAGE = 1_000
"""Documents that are read together when all are gone through."""

Body = Mapping[str, Any] | str | None


class Request(NamedTuple):
    """A request to a node: method and path of HTTP, what is sent, and the parameters of the address."""

    method: str
    path: str
    body: Body
    parameters: Mapping[str, Any]


logging.getLogger("opensearch").setLevel(logging.ERROR)  # what fails is told by whoever asked, in one line


class Cluster:
    """A cluster, asked one request at a time; any number of threads may ask.

    Args:
        settings: how it is reached.

    Raises:
        EngineError: its client is not installed.
    """

    def __init__(self, settings: ClusterSettings) -> None:
        self.settings = settings
        self.requests = 0
        """How many requests have been sent for questions, a second try included."""

        self._connect()

    def _connect(self) -> None:
        self._process = os.getpid()
        clients = {
            host: opensearchpy.OpenSearch(hosts=[host], **_options(self.settings, host)) for host in self.settings.hosts
        }
        self._known_nodes = Nodes(clients)

    @property
    def _nodes(self) -> Nodes:
        if self._process != os.getpid():
            self._connect()  # two processes would read each other's answers from one connection
        return self._known_nodes

    def index(self, *parts: str) -> str:
        """The name of an index of this collection."""
        return "-".join((self.settings.name, *parts))

    def search(self, index: str, bodies: Sequence[Mapping[str, Any]], seconds: float | None = None) -> list[Any]:
        """What the cluster answers to some searches, in one round trip.

        Where a node is silent or gone, the next one is asked, and those that are silent are left out: then a part of
        the documents may be missing from what comes back, which tells by its `_shards` and `timed_out`.

        Raises:
            ClusterError: no node answers in time, or the request is refused.
        """
        seconds = seconds or self.settings.timeout
        limit = {"timeout": f"{max(int(seconds * SHARD_SHARE * 1000), 1)}ms"}
        searches = [json.dumps({**body, **limit}, ensure_ascii=False) for body in bodies]

        def ask(node: opensearchpy.OpenSearch, route: Route) -> list[Any]:
            lines = "".join(f"{json.dumps(route.preference)}\n{one}\n" for one in searches)
            parameters = {"filter_path": _OF_SEARCHES}
            found = self._sent(node, Request("POST", f"/{index}/_msearch", lines, parameters), seconds)
            return [one if route.whole else one | {"timed_out": True} for one in found["responses"]]

        return self._in_time(index, ask)

    def documents(self, index: str, numbers: Sequence[int]) -> list[dict[str, Any]]:
        """The contents of documents whose ids are numbers, in one round trip; without those that cannot be read now.

        Raises:
            ClusterError: no node answers in time, or the request is refused.
        """
        if not self._nodes.route(index).whole:  # to get documents goes past no shard
            body = {"query": {"terms": {"number": list(numbers)}}, "size": len(numbers)}
            (response,) = self.search(index, [body])
            return [hit["_source"] for hit in response.get("hits", {}).get("hits", [])]

        def ask(node: opensearchpy.OpenSearch, route: Route) -> list[dict[str, Any]]:
            wanted = {"ids": list(map(str, numbers))}
            parameters = {"realtime": "false", "filter_path": "docs._source,docs.error", **route.preference}
            found = self._sent(node, Request("POST", f"/{index}/_mget", wanted, parameters), self.settings.timeout)
            return [one["_source"] for one in found.get("docs", ()) if "_source" in one]

        return self._in_time(index, ask)

    def scan(self, index: str, body: Mapping[str, Any], seconds: float | None = None) -> list[dict[str, Any]]:
        """The contents of the documents that a search finds.

        Args:
            index: where.
            body: the search.
            seconds: how long a node may take; None for as long as for a question.

        Raises:
            ClusterError: no node answers in time, or a part of the documents cannot be looked at.
        """
        (response,) = self.search(index, [body], seconds)
        if error := response.get("error"):
            raise refusal(self.place, response.get("status"), error)
        if response["timed_out"] or response["_shards"]["successful"] != response["_shards"]["total"]:
            raise ClusterError(f"{self.place}: a part of the articles cannot be read now; ask later")
        return [hit["_source"] for hit in response.get("hits", {}).get("hits", [])]

    def all(self, index: str, query: Mapping[str, Any], fields: Sequence[str]) -> Iterator[dict[str, Any]]:
        """The contents of all documents that a query has, by ascending numbers.

        Args:
            index: where.
            query: which.
            fields: of each document; `number` is one of them.
        """
        behind = -1
        while True:
            later = {"bool": {"filter": [query, {"range": {"number": {"gt": behind}}}]}}
            body = {"query": later, "size": PAGE, "sort": [{"number": "asc"}], "_source": list(fields)}
            found = self.scan(index, body, WAIT_SECONDS)
            yield from found
            if len(found) < PAGE:
                return
            behind = found[-1]["number"]

    def count(self, index: str, query: Mapping[str, Any]) -> int:
        """How many documents a query has."""
        return int(self.tell("POST", f"/{index}/_count", {"query": query})["count"])

    def _in_time(self, index: str, ask: Callable[[opensearchpy.OpenSearch, Route], list[Any]]) -> list[Any]:
        """Ask one node after the other until one answers."""
        last: Exception | None = None
        for _ in range(2 * len(self.settings.hosts)):
            node = self._nodes.next()
            self.requests += 1
            try:
                return ask(node, self._nodes.route(index))
            except (UnreachedError, ConnectionTimeout) as error:
                last = error
                self._nodes.look_around()
        raise told(self.place, last) from last

    def tell(self, method: str, path: str, body: Body = None, **parameters: Any) -> Any:
        """What the cluster says to a request that may take long and changes something, or prepares to.

        Raises:
            ConflictError: a document has changed meanwhile.
            ClusterError: no node answers, or the request is refused.
        """
        last: Exception | None = None
        for _ in self.settings.hosts:
            node = self._nodes.next()
            try:
                return self._sent(node, Request(method, path, body, parameters), WAIT_SECONDS)
            except (UnreachedError, ConnectionTimeout) as error:
                last = error
                self._nodes.look_around()
        raise told(self.place, last) from last

    def document(self, index: str, name: str, routing: int | None = None) -> dict[str, Any] | None:
        """A document as it was last written, with what is known of it (`_seq_no`, …); None where there is none."""
        shard = {} if routing is None else {"routing": str(routing)}
        found: dict[str, Any] = self.tell("GET", f"/{index}/_doc/{name}", ignore=(404,), **shard)
        return found if found.get("found") else None

    def check_version(self) -> None:
        """See that OpenSearch answers, and in a version that is known.

        Raises:
            ClusterError: it does not.
            EngineError: it is another program, or of another version.
        """
        found = self.tell("GET", "/").get("version", {})
        name, number = str(found.get("distribution")), str(found.get("number"))
        version = tuple(int(part) for part in number.split(".")[:2] if part.isdecimal())
        if name != "opensearch" or not OLDEST <= version <= NEWEST:
            wanted = f"{OLDEST[0]}.{OLDEST[1]} to {NEWEST[0]}.x"
            raise EngineError(f"{self.place}: this is {name} {number}, not OpenSearch {wanted}; install one of these")

    @property
    def place(self) -> str:
        """What the cluster is called in errors: its hosts, in which there is no password."""
        return "OpenSearch at " + ", ".join(self.settings.hosts)

    def _sent(self, node: opensearchpy.OpenSearch, request: Request, seconds: float) -> Any:
        method, path, body, parameters = request
        try:
            return node.transport.perform_request(method, path, params=dict(parameters), body=body, timeout=seconds)
        except (SSLError, TransportError) as error:
            if isinstance(error, (UnreachedError, ConnectionTimeout)) and not isinstance(error, SSLError):
                raise
            raise told(self.place, error) from error


def _options(settings: ClusterSettings, host: str) -> dict[str, Any]:
    """What a node's client is made with. It asks once; `Cluster` asks again."""
    files = {"ca_certs": settings.ca, "client_cert": settings.certificate, "client_key": settings.key}
    given = {name: file for name, file in files.items() if file is not None}
    for file in given.values():
        if not file.is_file():
            raise EngineError(f"{file}: there is no such file; see PASOKH_OPENSEARCH_CA, _CERTIFICATE and _KEY")
    login = (settings.user, settings.password) if settings.user else None
    secure = {name: str(file) for name, file in given.items()} | {"verify_certs": True}
    return {"http_auth": login, "max_retries": 0} | (secure if host.lower().startswith("https") else {})
