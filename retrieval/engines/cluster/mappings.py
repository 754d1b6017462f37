"""The indices of a cluster: their fields and settings."""

from __future__ import annotations

from typing import Any

from retrieval.engines.base import K1, B

PASSAGES, ARTICLES, JOURNAL, STATE, WORK = "passages", "articles", "journal", "state", "work"
"""The indices of a collection; the last one is there only while several machines build it."""

_TERMS = {"type": "text", "analyzer": "whitespace", "index_options": "freqs", "norms": True}
_NUMBER = {"type": "long"}
_KEY = {"type": "keyword"}
_UNREAD = {"type": "object", "enabled": False}

FIELDS: dict[str, dict[str, Any]] = {
    PASSAGES: {
        "number": _NUMBER,  # that of its first sentence
        "span": {"type": "long_range"},  # the numbers of its sentences
        "article": _NUMBER,
        "form": _NUMBER,  # of its first sentence
        "terms": _TERMS,  # of the article's title, of its own context, and of its sentences
        "sentences": {"type": "nested", "properties": {"terms": _TERMS}},
        "kept": _UNREAD,  # what is read of it beside; see `ClusterStore`
    },
    ARTICLES: {
        "number": _NUMBER,
        "id": _KEY,
        "date": _KEY,
        "path": _KEY,
        "line": _NUMBER,
        "span": {"type": "long_range"},
        "sentences": {**_NUMBER, "index": False, "doc_values": False},
        "kept": _UNREAD,
    },
    JOURNAL: {"number": _NUMBER, "kept": _UNREAD},
    STATE: {"kept": _UNREAD},
    WORK: {"kept": _UNREAD},
}
"""The fields of each index. Documents keep their `_source`, since without it a replica's recovery hangs while others
write (OpenSearch 2.19).
"""


def definition(kind: str, shards: int, replicas: int) -> dict[str, Any]:
    """The body of the request that creates an index of a kind.

    Args:
        kind: one of `FIELDS`.
        shards: of the indices of passages and articles; the others have one.
        replicas: copies of each shard beside the first.
    """
    settings = {
        "number_of_shards": shards if kind in {PASSAGES, ARTICLES} else 1,
        "number_of_replicas": replicas,
        "refresh_interval": "-1",  # a change is seen when it is whole: `writing.refresh`
        "similarity": {"default": {"type": "BM25", "k1": K1, "b": B}},
    }
    return {"settings": {"index": settings}, "mappings": {"dynamic": "strict", "properties": FIELDS[kind]}}
