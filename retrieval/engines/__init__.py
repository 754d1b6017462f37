"""Engines: BM25 over documents, behind the protocols in `base`. Each has a module and a library of its own.

rank-bm25 ── memory
tantivy ──── disk ── segments: whether its files are whole
"""

from __future__ import annotations

from importlib import import_module

from retrieval.engines.base import (
    Candidate,
    Document,
    Engine,
    Group,
    Query,
    Searcher,
    StoredEngine,
    Writer,
    can_be_built,
    is_stored_engine,
)
from retrieval.errors import EngineError

__all__ = [
    "AUTO",
    "CLUSTER",
    "ENGINES",
    "Candidate",
    "Document",
    "Engine",
    "Group",
    "Query",
    "Searcher",
    "StoredEngine",
    "Writer",
    "can_be_built",
    "engine_class",
    "is_stored_engine",
]

ENGINES = {"rank-bm25": ("memory", "MemoryEngine"), "tantivy": ("disk", "DiskEngine")}
"""The name that users give → the module and class of the engine; it is imported when it is chosen."""

CLUSTER = "opensearch"
"""The name of the engine that is no library here, but a cluster; see `retrieval.indexing.cluster_index`."""

AUTO = "auto"
"""The name that lets the size of the collection choose."""

MAX_BYTES_IN_MEMORY = 4_000_000
"""Bytes of article files, some 20,000 sentences, beyond which `AUTO` chooses tantivy: from there on rank-bm25 takes
longer to start than a question may wait."""


def engine_class(name: str) -> type[Engine]:
    """The engine called `name`.

    Raises:
        EngineError: there is no engine of that name, or its library is not installed.
    """
    try:
        module, title = ENGINES[name]
    except KeyError:
        raise EngineError(f"no engine is called «{name}»; use one of: {', '.join((AUTO, *ENGINES, CLUSTER))}") from None
    found: type[Engine] = getattr(import_module(f"retrieval.engines.{module}"), title)
    return found
