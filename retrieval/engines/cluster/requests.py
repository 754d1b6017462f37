"""A query → the requests that find its best passages, by their sentences or by themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from retrieval.engines.base import Group, Query
from retrieval.engines.nominating import essential

SENTENCES, PASSAGES = "sentences.terms", "terms"
"""The fields of the two levels. A passage's sentences are nested documents."""

READ = ["number", "span", "article", "kept"]
"""What comes back of each passage."""

Body = dict[str, Any]

MAX_GONE = 60_000
"""Articles that a search can leave out; OpenSearch takes 65,536 terms at the most."""


def search(query: Query, k: int, field: str, df: Callable[[str], int], gone: Sequence[int] = ()) -> Body | None:
    """The request for the best passages of a level; None where no term is known.

    As in the engine on disk, the rarest groups nominate, and the others add to the score.

    Args:
        query: what is searched for.
        k: how many passages at the most.
        field: `SENTENCES` or `PASSAGES`.
        df: in how many documents of the level a term occurs, in the whole collection.
        gone: the numbers of articles that are left out.
    """
    found = [{term: frequency for term in group.shares if (frequency := df(term))} for group in query]
    known = [(sum(its.values()), _clause(group, its, field)) for group, its in zip(query, found, strict=True) if its]
    needed, added = essential(known)
    if not needed:
        return None
    wanted: Body = {"bool": {"should": needed, "minimum_should_match": 1}}
    if added:
        wanted = {"bool": {"must": [wanted], "should": added}}
    return _body(wanted, k, field, gone)


def together(terms: Sequence[str], k: int, field: str, gone: Sequence[int] = ()) -> Body:
    """The request for the best passages that have, or one sentence of which has, all of some terms."""
    wanted = {"bool": {"must": [{"term": {field: term}} for term in terms]}}
    return _body(wanted, k, field, gone)


def holding(runs: Sequence[tuple[int, int]]) -> Body:
    """The request for the passages that hold some sentences.

    Args:
        runs: the numbers of the first and the last sentence of each run.
    """
    spans = [{"range": {"span": {"gte": first, "lte": last}}} for first, last in runs]
    return {"query": {"bool": {"filter": [{"bool": {"should": spans}}]}}, "size": 10_000, **_PLAIN}


def counting(gone: Sequence[int] = ()) -> Body:
    """The request for the number of passages, in its total of hits, and of their sentences, in its aggregation."""
    without: Body = {"bool": {"must_not": [{"terms": {"article": list(gone)[-MAX_GONE:]}}]}}
    sentences = {"nested": {"path": "sentences"}}
    query = without if gone else {"match_all": {}}
    return {"query": query, "size": 0, "track_total_hits": True, "aggs": {"sentences": sentences}}


_PLAIN: Body = {"_source": READ, "track_total_hits": False}


def _body(wanted: Body, k: int, field: str, gone: Sequence[int]) -> Body:
    if field == SENTENCES:
        wanted = {"nested": {"path": "sentences", "score_mode": "max", "query": wanted}}
    if gone:
        left_out = {"terms": {"article": list(gone)[-MAX_GONE:]}}
        wanted = {"bool": {"must": [wanted], "must_not": [left_out]}}
    return {"query": wanted, "size": k, "sort": ["_score", {"number": "asc"}], **_PLAIN}


def _clause(group: Group, known: Iterable[str], field: str) -> Body:
    """The best of a group's known terms, each times its share, times the group's weight."""
    terms = [{"term": {field: {"value": term, "boost": group.weight * group.shares[term]}}} for term in known]
    return terms[0] if len(terms) == 1 else {"dis_max": {"queries": terms}}
