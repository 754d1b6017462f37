"""BM25 in a cluster of OpenSearch: passages with their sentences and articles, searched and read over the network.

settings ── client: one node after the other, errors in the project's words ──→ OpenSearch
Query ── requests ──→ passages (one request for both levels) ── levels ──→ candidates, and the passages themselves
"""

from importlib.util import find_spec

from retrieval.errors import EngineError

if find_spec("opensearchpy") is None:
    raise EngineError("the engine «opensearch» is not installed; run: pip install 'pasokh[cluster]'")
