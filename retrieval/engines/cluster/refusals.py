"""What a cluster refuses, or why it cannot be asked, as one line with the remedy. Nothing of it shows a password."""

from __future__ import annotations

from opensearchpy.exceptions import ConnectionError as UnreachedError
from opensearchpy.exceptions import ConnectionTimeout, SSLError, TransportError

from retrieval.errors import ClusterError

_REMEDIES: dict[object, str] = {
    401: "the user or the password is wrong; set PASOKH_OPENSEARCH_USER and PASOKH_OPENSEARCH_PASSWORD",
    403: "this user may not do that; give it the rights that docs/cluster.md lists",
    404: "what is asked for is not there; run `retrieval index --engine opensearch`",
    429: "it is overloaded or its disks are full; ask later, or free some space",
    503: "no shard or manager is there for it; see GET /_cluster/health and docs/cluster.md",
}


class ConflictError(ClusterError):
    """A document has changed since it was read, or is there already."""


def told(place: str, error: Exception | None) -> ClusterError:
    """An error of OpenSearch's client in the project's own words.

    Args:
        place: what the cluster is called.
        error: the client's.
    """
    if isinstance(error, SSLError):
        remedy = "name the file of the authority that signed it in PASOKH_OPENSEARCH_CA"
        return ClusterError(f"{place}: its certificate is not trusted; {remedy}")
    if isinstance(error, ConnectionTimeout):
        return ClusterError(f"{place}: no node answers in time; see whether it is overloaded or red")
    if not isinstance(error, TransportError) or isinstance(error, UnreachedError):
        return ClusterError(f"{place} cannot be reached; start it, or set PASOKH_OPENSEARCH_HOSTS")
    info = error.info if isinstance(error.info, dict) else {}
    return refusal(place, error.status_code, info.get("error", {}))


def refusal(place: str, status: object, reason: object) -> ClusterError:
    """What a cluster has refused.

    Args:
        place: what the cluster is called.
        status: of HTTP.
        reason: what it says of it, as JSON.
    """
    found = reason if isinstance(reason, dict) else {"reason": reason}
    said = " ".join(str(found.get("reason") or found.get("type") or "it refuses the request").split())[:200]
    full = "block" in str(found.get("type")) or "flood-stage" in said
    remedy = "its disks are full; free some space" if full else _REMEDIES.get(status, "see its log")
    return (ConflictError if status == 409 else ClusterError)(f"{place}: {said} ({status}); {remedy}")
