"""What of the engine in a cluster needs no server: its settings, its requests, and how refusals are told."""

from __future__ import annotations

from pathlib import Path

import pytest
from opensearchpy.exceptions import AuthenticationException, AuthorizationException, ConnectionTimeout, SSLError
from opensearchpy.exceptions import ConnectionError as UnreachedError

from retrieval import EngineError
from retrieval.engines import Group, engine_class
from retrieval.engines.cluster import requests
from retrieval.engines.cluster.client import Cluster
from retrieval.engines.cluster.refusals import ConflictError, refusal, told
from retrieval.engines.cluster.settings import PREFIX, ClusterSettings

PLACE = "OpenSearch at https://a.example:9200"


def test_settings_come_from_the_environment() -> None:
    given = {
        "HOSTS": "https://a.example:9200, https://b.example:9200",
        "USER": "pasokh",
        "PASSWORD": "s3cret",
        "CA": "/etc/ca.pem",
        "NAME": "news",
        "SHARDS": "3",
        "REPLICAS": "0",
        "WRITER": "false",
        "TIMEOUT": "0.5",
    }
    found = ClusterSettings.from_environment({f"{PREFIX}{name}": value for name, value in given.items()})
    hosts = ("https://a.example:9200", "https://b.example:9200")
    expected = ClusterSettings(hosts, "pasokh", "s3cret", ca=Path("/etc/ca.pem"), name="news", shards=3, replicas=0)
    assert (found.hosts, found.user, found.password, found.ca) == (hosts, "pasokh", "s3cret", expected.ca)
    assert (found.name, found.shards, found.replicas, found.writer, found.timeout) == ("news", 3, 0, False, 0.5)
    assert "s3cret" not in repr(found)
    assert ClusterSettings.from_environment({f"{PREFIX}HOSTS": ""}) == ClusterSettings()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HOSTS", "a.example"),
        ("HOSTS", "https://user:s3cret@a.example"),
        ("NAME", "A*"),
        ("SHARDS", "0"),
        ("SHARDS", "s3cret"),
        ("REPLICAS", "-1"),
        ("TIMEOUT", "inf"),
        ("TIMEOUT", "nan"),
        ("WRITER", "perhaps"),
    ],
)
def test_a_value_that_cannot_be_is_told_without_it(name: str, value: str) -> None:
    with pytest.raises(EngineError, match=rf"^{PREFIX}{name}: [^\n]+$") as raised:
        ClusterSettings.from_environment({f"{PREFIX}{name}": value})
    assert "s3cret" not in str(raised.value)


def test_a_missing_certificate_is_told(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match=r"^[^\n]*no such file[^\n]*$"):
        Cluster(ClusterSettings(ca=tmp_path / "none.pem"))


def test_a_name_that_is_no_engine_names_the_cluster_too() -> None:
    with pytest.raises(EngineError, match="opensearch"):
        engine_class("elastic")


@pytest.mark.parametrize(
    ("error", "remedy"),
    [
        (UnreachedError("N/A", "refused", None), "PASOKH_OPENSEARCH_HOSTS"),
        (ConnectionTimeout("TIMEOUT", "slow", None), "overloaded or red"),
        (SSLError("N/A", "self-signed", None), "PASOKH_OPENSEARCH_CA"),
        (AuthenticationException(401, "Unauthorized", "Unauthorized"), "PASOKH_OPENSEARCH_PASSWORD"),
        (
            AuthorizationException(403, "security_exception", {"error": {"reason": "no permissions for [bulk]\nand"}}),
            "docs/cluster.md",
        ),
        (None, "PASOKH_OPENSEARCH_HOSTS"),
    ],
)
def test_what_is_wrong_is_told_in_one_line_with_the_remedy(error: Exception | None, remedy: str) -> None:
    line = str(told(PLACE, error))
    assert PLACE in line
    assert remedy in line
    assert "\n" not in line


def test_full_disks_and_conflicts_are_told_apart() -> None:
    block = {"type": "cluster_block_exception", "reason": "index blocked by: disk usage exceeded flood-stage watermark"}
    assert "free some space" in str(refusal(PLACE, 429, block))
    assert "free some space" in str(refusal(PLACE, 403, block))
    assert isinstance(refusal(PLACE, 409, {"reason": "version conflict"}), ConflictError)
    assert "_cluster/health" in str(refusal(PLACE, 503, {"type": "master_not_discovered_exception"}))


def test_a_search_asks_for_known_terms_alone_and_lets_the_rarest_nominate() -> None:
    frequencies = {"سیب": 60_000, "سرخ": 40_000, "لار": 20, "زرد": 3}
    query = [Group(("سیب",)), Group(("لار", "هلو"), 0.5), Group(("سرخ",), substitutes=("زرد",)), Group(("هلو",))]
    body = requests.search(query, 7, requests.PASSAGES, lambda term: frequencies.get(term, 0))
    assert body is not None
    must = body["query"]["bool"]["must"][0]["bool"]["should"]
    assert must == [{"term": {"terms": {"value": "لار", "boost": 0.5}}}]
    (added,) = body["query"]["bool"]["should"]
    assert [list(one["term"]["terms"].values()) for one in added["dis_max"]["queries"]] == [["زرد", 0.5], ["سرخ", 1.0]]
    assert body["size"] == 7
    assert requests.search([Group(("هلو",))], 7, requests.SENTENCES, lambda _: 0) is None


def test_articles_that_are_gone_are_left_out() -> None:
    body = requests.search([Group(("لار",))], 7, requests.SENTENCES, lambda _: 1, gone=[3, 4])
    assert body is not None
    assert body["query"]["bool"]["must_not"] == [{"terms": {"article": [3, 4]}}]
    assert body["query"]["bool"]["must"][0]["nested"]["score_mode"] == "max"
