"""Sources are fetched from a real server: what is new becomes a file of the corpus, what fails costs itself alone."""

from __future__ import annotations

import asyncio
import gzip
import json
import socket
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from retrieval import Article
from retrieval.__main__ import main
from retrieval.corpus.articles import read_corpus
from retrieval.corpus.fetching import Fetched, addresses, fetch_sources, hosts, memory
from retrieval.corpus.fetching import web as client
from retrieval.corpus.fetching.addresses import is_public
from retrieval.corpus.fetching.memory import MAX_TRIES, MEMORY
from retrieval.corpus.fetching.saved_page import name_of
from retrieval.errors import CorpusError
from retrieval.system import FAILED
from tests.retrieval.corpus.fetching.site import Site, serving

BODY = "سیل به گنبد رسید و پل آق‌قلا را شکست و مردم را از خانه‌ها و زمین‌هایشان راند و راه‌های روستایی را بست."
TEASER = "<p>سیل به گنبد رسید و پل آق‌قلا …</p>"


def page(body: str = BODY, head: str = "") -> str:
    """A page with an article."""
    return (
        f"<html><head><meta charset=utf-8><title>سیل گلستان</title>{head}<style>p {{}}</style></head><body>"
        "<nav><a href=/>خانه</a></nav><script>track()</script>"
        f"<div itemprop=articleBody><p>{body}</p></div></body></html>"
    )


def feed(*links: str, text: str = TEASER, title: str = "سیل") -> str:
    """A feed that lists pages."""
    items = "".join(
        f"<item><title>{title} {number}</title><link>{link}</link><description><![CDATA[{text}]]></description>"
        "<pubDate>Sat, 27 Dec 2025 09:00:00 +0330</pubDate></item>"
        for number, link in enumerate(links)
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>بهار</title>{items}</channel></rss>'


def fetch(corpus: Path, site: Site, *, feeds: tuple[str, ...] = (), pages: tuple[str, ...] = ()) -> Fetched:
    """One round over paths of a site, without pauses."""
    corpus.mkdir(exist_ok=True)
    lists = {"feeds": list(map(site.url, feeds)), "pages": list(map(site.url, pages))}
    (corpus / "sources.toml").write_text("\n".join(f"{key} = {json.dumps(urls)}" for key, urls in lists.items()))
    return fetch_sources(corpus, allows_private=True, pause=0)


def articles(corpus: Path) -> list[Article]:
    """The articles of a corpus without problems."""
    found = read_corpus(corpus)
    assert found.problems == ()
    return list(found.articles)


def reason(fetched: Fetched) -> str:
    """Why the one source that failed did."""
    (told,) = fetched.failed.values()
    return told


def test_a_teaser_gives_way_to_the_page_that_it_links(tmp_path: Path, site: Site) -> None:
    site.put(
        "/rss", feed("/news/1", site.url("/news/2"), "http://[::1", "mailto:a@example.org"), kind="application/rss+xml"
    )
    site.put("/news/1", page())
    site.put("/news/2", page(BODY.replace("سیل", "آب")))
    assert fetch(tmp_path, site, feeds=("/rss",)) == Fetched(2, {})
    first, second = sorted(articles(tmp_path), key=lambda article: article.url)
    assert (first.text, second.text) == (BODY, BODY.replace("سیل", "آب"))
    assert (first.title, first.url) == ("سیل گلستان", site.url("/news/1"))
    # What the page does not tell, the feed does.
    assert (first.source, str(first.date)) == ("بهار", "2025-12-27")
    stored = (tmp_path / first.id).read_text("utf-8")
    assert "track()" not in stored
    assert "<style" not in stored


def test_a_page_is_trusted_before_the_feed(tmp_path: Path, site: Site) -> None:
    head = "<meta property=og:site_name content=پاییز><meta property=article:published_time content=2024-01-02>"
    site.put("/rss", feed("/a"))
    site.put("/a", page(head=head))
    fetch(tmp_path, site, feeds=("/rss",))
    (article,) = articles(tmp_path)
    assert (article.source, str(article.date)) == ("پاییز", "2024-01-02")


def test_pages_are_listed_by_hand(tmp_path: Path, site: Site) -> None:
    site.put("/a", page())
    assert fetch(tmp_path, site, pages=("/a",)) == Fetched(1, {})
    assert [article.text for article in articles(tmp_path)] == [BODY]


def test_a_page_that_a_feed_lists_too_keeps_what_the_feed_told(tmp_path: Path, site: Site) -> None:
    site.put("/rss", feed("/a"), ETag='"1"')
    site.put("/a", page())
    fetch(tmp_path, site, feeds=("/rss",), pages=("/a",))
    site.put("/a", page(BODY.replace("سیل", "آب")))
    assert fetch(tmp_path, site, feeds=("/rss",), pages=("/a",)) == Fetched(1, {})  # the feed is as it was
    (article,) = articles(tmp_path)
    assert article.text == BODY.replace("سیل", "آب")
    assert (article.source, str(article.date)) == ("بهار", "2025-12-27")


def test_what_has_not_changed_is_neither_sent_nor_written_again(tmp_path: Path, site: Site) -> None:
    site.put("/rss", feed("/b"), ETag='"1"')
    site.put("/a", page(), Last_Modified="Sat, 27 Dec 2025 09:00:00 GMT")
    site.put("/b", page())
    site.put("/c", page())
    assert fetch(tmp_path, site, feeds=("/rss",), pages=("/a", "/c")).written == 3
    before = {file: file.stat().st_mtime_ns for file in tmp_path.rglob("*.html")}
    site.asked.clear()
    assert fetch(tmp_path, site, feeds=("/rss",), pages=("/a", "/c")) == Fetched(0, {})
    assert sorted(site.paths) == ["/a", "/c", "/rss"]
    sent = {path: headers for path, headers, _ in site.asked}
    assert sent["/rss"]["If-None-Match"] == '"1"'
    assert sent["/a"]["If-Modified-Since"] == "Sat, 27 Dec 2025 09:00:00 GMT"
    assert {file: file.stat().st_mtime_ns for file in tmp_path.rglob("*.html")} == before


def test_a_changed_item_and_a_changed_page_are_written_again(tmp_path: Path, site: Site) -> None:
    site.put("/rss", feed("/a"))
    for path in ("/a", "/b"):
        site.put(path, page())
    fetch(tmp_path, site, feeds=("/rss",), pages=("/b",))
    site.put("/rss", feed("/a", title="اصلاح"))
    for path in ("/a", "/b"):
        site.put(path, page(BODY + " اصلاح شد."))
    assert fetch(tmp_path, site, feeds=("/rss",), pages=("/b",)).written == 2
    assert [article.text for article in articles(tmp_path)] == [BODY + " اصلاح شد."] * 2


def test_a_fetched_article_that_an_editor_removes_stays_away(tmp_path: Path, site: Site) -> None:
    site.put("/rss", feed("/a"))
    site.put("/a", page())
    fetch(tmp_path, site, feeds=("/rss",))
    (file,) = tmp_path.rglob("*.html")
    file.unlink()
    assert fetch(tmp_path, site, feeds=("/rss",)).written == 0
    assert not file.exists()


def test_the_state_is_no_article_and_may_be_lost(tmp_path: Path, site: Site) -> None:
    site.put("/rss", feed("/a"), ETag='"1"')
    site.put("/a", page())
    fetch(tmp_path, site, feeds=("/rss",))
    for damaged in (b"", b"[]", b'{"validators": {"a": 1}, "links": {}}', b"\xff", b'{"validators": []}'):
        (tmp_path / MEMORY).write_bytes(damaged)
        assert fetch(tmp_path, site, feeds=("/rss",)) == Fetched(0, {})
    assert len(articles(tmp_path)) == 1


def test_the_state_does_not_grow_for_ever(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, site: Site) -> None:
    monkeypatch.setattr(memory, "MAX_LINKS", 3)
    site.put("/rss", feed(*(f"/{number}" for number in range(5))))
    fetch(tmp_path, site, feeds=("/rss",))
    assert len(json.loads((tmp_path / MEMORY).read_text())["links"]) == 3


@pytest.mark.parametrize(("status", "tries"), [(404, 1), (410, 1), (500, MAX_TRIES), (403, MAX_TRIES)])
def test_a_page_that_fails_is_told_and_tried_again_only_if_that_may_help(
    tmp_path: Path, site: Site, status: int, tries: int
) -> None:
    site.put("/rss", feed("/a", "/b"), ETag='"1"')
    site.put("/a", page(), status=status)
    site.put("/b", page())
    told = fetch(tmp_path, site, feeds=("/rss",))
    assert told == Fetched(2, {site.url("/rss"): f"1 of its pages cannot be fetched; {site.url('/a')}: HTTP {status}"})
    texts = {article.url: article.text for article in articles(tmp_path)}
    assert texts[site.url("/b")] == BODY
    assert texts[site.url("/a")] == "سیل به گنبد رسید و پل آق‌قلا …"  # until the page is there
    for _ in range(MAX_TRIES + 1):
        told = fetch(tmp_path, site, feeds=("/rss",))
    assert told == Fetched(0, {})
    assert site.paths.count("/a") == tries


def test_a_page_that_comes_late_takes_the_place_of_the_teaser(tmp_path: Path, site: Site) -> None:
    site.put("/rss", feed("/a"), ETag='"1"')
    site.put("/a", status=500)
    fetch(tmp_path, site, feeds=("/rss",))
    site.put("/a", page())
    assert fetch(tmp_path, site, feeds=("/rss",)) == Fetched(1, {})
    assert [article.text for article in articles(tmp_path)] == [BODY]
    site.put("/rss", feed("/a", title="اصلاح"))
    site.put("/a", status=500)
    fetch(tmp_path, site, feeds=("/rss",))
    assert [article.text for article in articles(tmp_path)] == [BODY]


def test_a_feed_with_the_whole_text_is_worth_more_than_a_page_without(tmp_path: Path, site: Site) -> None:
    site.put("/rss", feed("/a", "/b", text=f"<p>{BODY}</div><table><tr><th>شهر<th>پل<tr><td>گنبد<td>۲</table>"))
    site.put("/a", "<title>ورود</title><p>برای خواندن وارد شوید.")
    site.put("/b", page("سیل به گنبد رسید و پل آق‌قلا را شکست."))
    assert "front page" in reason(fetch(tmp_path, site, feeds=("/rss",)))
    assert {article.text for article in articles(tmp_path)} == {f"{BODY}\n\nشهر | پل\nگنبد | ۲"}


@pytest.mark.parametrize(
    ("kind", "body", "told"),
    [
        ("text/html", "<p>صفحهٔ ورود", "it is neither a feed nor a WordPress export"),
        ("text/html", "", "it is"),
        ("application/xml", b"\x00\x01", "it is"),
    ],
)
def test_what_is_no_feed_is_told(tmp_path: Path, site: Site, kind: str, body: str | bytes, told: str) -> None:
    site.put("/rss", body, kind=kind)
    assert told in reason(fetch(tmp_path, site, feeds=("/rss",)))


@pytest.mark.parametrize("kind", ["application/pdf", "image/png"])
def test_what_is_no_page_is_told(tmp_path: Path, site: Site, kind: str) -> None:
    site.put("/a", b"%PDF", kind=kind)
    assert reason(fetch(tmp_path, site, pages=("/a",))) == f"it is no web page ({kind})"


@pytest.mark.parametrize("status", [404, 500, 503])
def test_a_source_that_fails_leaves_the_others(tmp_path: Path, site: Site, status: int) -> None:
    site.put("/rss", status=status)
    with serving() as other:
        other.put("/a", page())
        (tmp_path / "sources.toml").write_text(f'feeds = ["{site.url("/rss")}"]\npages = ["{other.url("/a")}"]\n')
        fetched = fetch_sources(tmp_path, allows_private=True, pause=0)
    assert fetched == Fetched(1, {site.url("/rss"): f"HTTP {status}"})


def test_a_host_that_is_busy_is_left_in_peace(tmp_path: Path, site: Site) -> None:
    site.put("/rss", feed("/a", "/b", "/c"))
    site.put("/a", status=503)
    assert "3 of its pages cannot be fetched" in reason(fetch(tmp_path, site, feeds=("/rss",)))
    assert site.paths == ["/rss", "/a"]


def test_a_host_that_does_not_answer_is_left_in_peace(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, site: Site
) -> None:
    async def wait(_: web.Request) -> web.StreamResponse:
        await asyncio.sleep(2)
        return web.Response()

    monkeypatch.setattr(client, "MAX_SECONDS", 0.3)
    monkeypatch.setattr(hosts, "MAX_FAILURES", 2)
    for path in ("/a", "/b", "/c"):
        site.pages[path] = wait
    fetched = fetch(tmp_path, site, pages=("/a", "/b", "/c"))
    assert set(fetched.failed.values()) == {"it does not answer within 0 seconds"}
    assert len(site.paths) == 2


def test_a_body_that_trickles_for_ever_is_given_up(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, site: Site) -> None:
    async def trickle(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/html"})
        await response.prepare(request)
        while True:
            await response.write(b"<p>")
            await asyncio.sleep(0.05)

    monkeypatch.setattr(client, "MAX_SECONDS", 0.5)
    site.pages["/a"] = trickle
    site.put("/b", page())
    fetched = fetch(tmp_path, site, pages=("/a", "/b"))
    assert fetched.written == 1
    assert reason(fetched).startswith("it does not answer within")


def test_an_endless_body_is_cut_off(tmp_path: Path, site: Site) -> None:
    sent = 0

    async def pour(request: web.Request) -> web.StreamResponse:
        nonlocal sent
        response = web.StreamResponse(headers={"Content-Type": "application/rss+xml"})
        await response.prepare(request)
        while True:
            await response.write(b"<item>" * 10_000)
            sent += 60_000

    site.pages["/rss"] = pour
    assert reason(fetch(tmp_path, site, feeds=("/rss",))) == "it has more than 10 MB"
    assert sent < 60_000_000  # beyond what is read, the system holds some 40 MB between the two at the most


def test_a_small_reply_that_unpacks_to_a_large_one_is_cut_off(tmp_path: Path, site: Site) -> None:
    bomb = gzip.compress(bytes(300_000_000), 9)
    assert len(bomb) < 400_000
    site.put("/a", bomb, Content_Encoding="gzip")
    site.put("/b", gzip.compress(page().encode()), Content_Encoding="gzip")
    site.put("/c", b"no gzip", Content_Encoding="gzip")
    fetched = fetch(tmp_path, site, pages=("/a", "/b", "/c"))
    assert fetched.written == 1
    assert fetched.failed[site.url("/a")] == "it has more than 10 MB"
    assert "Can not decode" in fetched.failed[site.url("/c")] or "400" in fetched.failed[site.url("/c")]


def test_redirects_are_followed_and_the_last_address_counts(tmp_path: Path, site: Site) -> None:
    site.put("/old", status=301, Location="/older")
    site.put("/older", status=302, Location=site.url("/new"))
    site.put("/new", page())
    fetch(tmp_path, site, pages=("/old",))
    assert [article.url for article in articles(tmp_path)] == [site.url("/new")]


@pytest.mark.parametrize(
    ("location", "told"),
    [
        ("/a", "it redirects more than 5 times"),
        ("file:///etc/passwd", "it redirects to file:///etc/passwd, which is not of the web"),
        ("ftp://example.org/a", "which is not of the web"),
        ("http://user:secret@127.0.0.1/a", "which is not of the web"),
        ("http://[::1", "which is not of the web"),
    ],
)
def test_redirects_that_lead_nowhere_are_told(tmp_path: Path, site: Site, location: str, told: str) -> None:
    site.put("/a", status=302, Location=location)
    assert told in reason(fetch(tmp_path, site, pages=("/a",)))


def test_no_private_address_is_connected_to(tmp_path: Path, site: Site) -> None:
    site.put("/a", page())
    (tmp_path / "sources.toml").write_text(f'pages = ["{site.url("/a")}", "http://localhost{site.host[9:]}/a"]')
    fetched = fetch_sources(tmp_path, pause=0)
    assert fetched.written == 0
    assert len(fetched.failed) == 2
    assert all("is not an address of the public internet" in told for told in fetched.failed.values())
    assert site.asked == []


def only_first_is_public(address: str) -> bool:
    """Stands for the public internet on a machine without it."""
    return address == "127.0.0.1"


def test_a_redirect_to_a_private_address_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, site: Site
) -> None:
    monkeypatch.setattr(addresses, "is_public", only_first_is_public)
    with serving("127.0.0.2") as inner:
        inner.put("/secret", page())
        secret = inner.host.replace("127.0.0.1", "127.0.0.2")
        site.put("/a", status=302, Location=f"http://{secret}/secret")
        site.put("/rss", feed("/a", f"http://{secret}/secret"))
        site.put("/b", page())
        (tmp_path / "sources.toml").write_text(
            f'feeds = ["{site.url("/rss")}"]\npages = ["{site.url("/a")}", "{site.url("/b")}"]'
        )
        fetched = fetch_sources(tmp_path, pause=0)
        assert inner.asked == []
    assert "2 of its pages cannot be fetched" in fetched.failed[site.url("/rss")]
    assert "127.0.0.2 is not an address of the public internet" in fetched.failed[site.url("/rss")]
    assert BODY in {article.text for article in articles(tmp_path)}


def test_a_name_that_leads_elsewhere_the_second_time_is_refused_then(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    answers = iter(["127.0.0.1", *["127.0.0.2"] * 20])
    resolve = socket.getaddrinfo

    def rebinding(host: Any, port: Any, *args: Any, **kwargs: Any) -> Any:
        return resolve(next(answers) if host == "rebinding.example" else host, port, *args, **kwargs)

    monkeypatch.setattr(addresses, "is_public", only_first_is_public)
    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    monkeypatch.setattr(client, "DNS_SECONDS", 0)
    with serving("0.0.0.0") as site:
        site.put("/a", page())
        (tmp_path / "sources.toml").write_text(f'pages = ["http://rebinding.example{site.host[9:]}/a"]')

        async def closing(_: web.Request) -> web.StreamResponse:
            response = web.Response(status=404)
            response.force_close()
            return response

        site.pages["/robots.txt"] = closing
        fetched = fetch_sources(tmp_path, pause=0)
        assert site.paths == []
        assert len(site.asked) == 1
    assert "127.0.0.2 is not an address of the public internet" in reason(fetched)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("185.143.233.1", True),
        ("2606:4700::1", True),
        ("64:ff9b::b98f:e901", True),
        *((address, False) for address in ("127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254")),
        *((address, False) for address in ("0.0.0.0", "100.64.0.1", "224.0.0.1", "255.255.255.255", "240.0.0.1")),
        *((address, False) for address in ("::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1")),
        *((address, False) for address in ("::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "::ffff:a00:1")),
    ],
)
def test_public_addresses_are_told_from_others(address: str, expected: bool) -> None:
    assert is_public(address) is expected


@pytest.mark.parametrize(
    ("charset", "encoding", "declared"),
    [
        ("utf-8", "cp1256", "utf-8"),
        ("windows-1256", "cp1256", ""),
        ("iso-8859-1", "utf-8", "iso-8859-1"),
        ("windows-1256", "utf-8", "windows-1256"),
        ("no-such", "utf-8", "no-such"),
        ("utf-16", "utf-16", ""),
    ],
)
def test_a_page_is_read_whatever_encoding_is_told(
    tmp_path: Path, site: Site, charset: str, encoding: str, declared: str
) -> None:
    body = "سيل به گنبد رسيد و پل را شکست و مردم را از خانه‌ها و زمين‌هايشان راند و راه‌هاي روستايي را بست."
    text = page(body).replace("سیل", "سيل").replace("charset=utf-8", f"charset={declared}" if declared else "")
    site.put("/a", text.encode(encoding), kind=f"text/html; charset={charset}")
    assert fetch(tmp_path, site, pages=("/a",)) == Fetched(1, {})
    assert [article.text for article in articles(tmp_path)] == [body]


@pytest.mark.parametrize("declared", ["utf-8", "windows-1256", "iso-8859-1"])
def test_a_feed_is_read_whatever_encoding_it_declares(tmp_path: Path, site: Site, declared: str) -> None:
    listed = feed("/a", text=f"<p>{BODY}").replace('version="1.0"', f'version="1.0" encoding="{declared}"', 1)
    site.put("/rss", listed, kind=f"application/rss+xml; charset={declared}")
    fetch(tmp_path, site, feeds=("/rss",))
    assert [article.text for article in articles(tmp_path)] == [BODY]


def test_robots_txt_is_heeded(tmp_path: Path, site: Site) -> None:
    site.put("/robots.txt", "User-agent: *\nDisallow: /news/*/print$\nDisallow: /closed\n", kind="text/plain")
    site.put("/rss", feed("/news/1/print", "/news/1", "/closed/2"))
    site.put("/news/1", page())
    told = reason(fetch(tmp_path, site, feeds=("/rss",)))
    assert told.startswith("2 of its pages cannot be fetched")
    assert "its robots.txt forbids it" in told
    assert site.paths == ["/rss", "/news/1"]


def test_a_robots_txt_that_names_the_project_counts(tmp_path: Path, site: Site) -> None:
    site.put("/robots.txt", "User-agent: *\nAllow: /\n\nUser-agent: Pasokh\nDisallow: /\n", kind="text/plain")
    assert reason(fetch(tmp_path, site, pages=("/a",))) == "its robots.txt forbids it"


@pytest.mark.parametrize(("status", "asked"), [(404, ["/a"]), (403, ["/a"]), (500, []), (503, [])])
def test_a_robots_txt_that_cannot_be_had_forbids_all(tmp_path: Path, site: Site, status: int, asked: list[str]) -> None:
    site.put("/robots.txt", status=status)
    site.put("/a", page())
    fetch(tmp_path, site, pages=("/a",))
    assert site.paths == asked


def test_requests_name_the_project_and_the_contact(tmp_path: Path, site: Site) -> None:
    site.put("/a", page())
    (tmp_path / "sources.toml").write_text(f'contact = "editor@example.org"\npages = ["{site.url("/a")}"]')
    fetch_sources(tmp_path, allows_private=True, pause=0)
    agents = {headers["User-Agent"] for _, headers, __ in site.asked}
    (agent,) = agents
    assert agent.startswith("Pasokh/")
    assert agent.endswith(" (+editor@example.org)")


def test_a_host_is_asked_one_at_a_time_with_a_pause(tmp_path: Path, site: Site) -> None:
    for path in ("/a", "/b", "/c"):
        site.put(path, page())
    lists = [site.url(path) for path in ("/a", "/b", "/c")]
    (tmp_path / "sources.toml").write_text(f"pages = {json.dumps(lists)}")
    fetch_sources(tmp_path, allows_private=True, pause=0.2)
    moments = [moment for _, __, moment in site.asked]
    assert len(moments) == 4
    assert all(later - earlier >= 0.19 for earlier, later in pairwise(moments))


def test_a_link_that_two_feeds_list_is_asked_for_once(tmp_path: Path, site: Site) -> None:
    for path in ("/one", "/two"):
        site.put(path, feed("/a"))
    site.put("/a", page())
    fetch(tmp_path, site, feeds=("/one", "/two"), pages=("/a",))
    assert sorted(site.paths) == ["/a", "/one", "/two"]


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path, site: Site) -> None:
    site.put("/a", page())
    (tmp_path / "fetched").write_text("")
    fetched = fetch(tmp_path, site, pages=("/a",))
    assert fetched.written == 0
    assert "fetched" in fetched.failed[site.url("/a")]


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.example.org/news/12/سیل-گلستان.html?utm=1", "fetched/www.example.org/سیل-گلستان-"),
        ("https://example.org/", "fetched/example.org/"),
        ("https://example.org/a/..%2F..%2Fetc", "fetched/example.org/etc-"),
        ("https://[2606:4700::1]:8080/.env", "fetched/2606-4700-1/env-"),
        ("https://example.org/" + "ا" * 500, "fetched/example.org/" + "ا" * 40 + "-"),
    ],
)
def test_the_name_of_a_file_tells_its_address_and_stays_in_the_folder(url: str, name: str) -> None:
    assert name_of(url).startswith(name)
    assert name_of(url) != name_of(url + "x")
    assert name_of(url).count("/") == 2


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("feeds = [", "it is broken TOML"),
        ("", "it lists nothing"),
        ("feed = ['https://example.org']", "«feed» is not known"),
        ("feeds = 'https://example.org'", "its feeds are no list"),
        ("feeds = [1]", "«1» is not the address of a page"),
        ("pages = ['example.org/a']", "«example.org/a» is not the address of a page; begin it with https://"),
        ("pages = ['https://user:secret@example.org/a']", "leave out user and password"),
        ("contact = 'a\\nb'\npages = ['https://example.org']", "its contact is no address"),
    ],
)
def test_a_list_of_sources_that_is_wrong_is_told(tmp_path: Path, content: str, told: str) -> None:
    (tmp_path / "sources.toml").write_text(content.replace("'", '"'))
    with pytest.raises(CorpusError) as caught:
        fetch_sources(tmp_path)
    assert told in str(caught.value)
    assert caught.value.path == tmp_path / "sources.toml"


def test_the_command_fetches_once(tmp_path: Path, site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fetch", "--corpus", str(tmp_path)]) == FAILED
    assert "sources.toml: it cannot be read" in capsys.readouterr().err
    site.put("/a", page())
    (tmp_path / "sources.toml").write_text(f'pages = ["{site.url("/a")}", "{site.url("/b")}"]')
    assert main(["fetch", "--corpus", str(tmp_path), "--private"]) == 0
    shown = capsys.readouterr()
    assert shown.out == "1 article written, 1 sources failed\n"
    assert shown.err == f"retrieval: not fetched: {site.url('/b')}: HTTP 404\n"
