"""A running bot fetches the sources of its corpus: a real server, a real process a round, the follower beside it."""

from __future__ import annotations

import asyncio
import multiprocessing
import time
from pathlib import Path

import pytest
from aiohttp import web

from bot.dialogue.conversation import Conversation
from bot.service.fetching import Fetcher, fetching
from bot.service.following import following
from bot.service.settings import FetchSettings
from retrieval import Retriever
from tests.bot.service.test_following import quotes, until
from tests.conftest import data_folder
from tests.retrieval.corpus.fetching.site import Site, serving

PRIVATE = FetchSettings(minutes=1, private=True)
PAGE = (
    "<title>نطنز</title><div itemprop=articleBody><p>گلابی نطنز شیرین است. باغ‌های نطنز در دامنهٔ کرکس جای دارند و"
    " میوهٔ آن‌ها را همه می‌شناسند.</div>"
)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A corpus of one article."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "a.txt").write_text("انار ساوه نامدار است.", encoding="utf-8")
    return folder


def test_what_is_fetched_is_answered_from_and_what_fails_is_told(tmp_path: Path, data: Path, corpus: Path) -> None:
    told: list[str] = []
    with serving() as site:
        site.put("/a", PAGE)
        pages = f'pages = ["{site.url("/a")}", "{site.url("/b?key=secret")}"]'
        (corpus / "sources.toml").write_text(pages, encoding="utf-8")
        conversation = Conversation(Retriever.from_corpus(corpus, "rank-bm25", data=data_folder(tmp_path, data)))
        with following(conversation, told.append), fetching(corpus, PRIVATE, told.append):
            until(lambda: quotes(conversation, "گلابی نطنز چگونه است؟") == ["گلابی نطنز شیرین است."])
            until(lambda: told)
        assert told == [f"not fetched: {site.url('/b?key=secret')}: HTTP 404"]


def test_a_source_that_fails_is_named_without_its_key(corpus: Path) -> None:
    with serving() as site:
        (corpus / "sources.toml").write_text(f'feeds = ["{site.url("/rss?key=secret")}"]', encoding="utf-8")
        fetcher = Fetcher(corpus, PRIVATE, lambda _: None)
        try:
            until(lambda: fetcher.failed)
            assert fetcher.failed == ("127.0.0.1/rss",)
        finally:
            fetcher.stop()


@pytest.mark.parametrize(("settings", "content"), [(FetchSettings(minutes=0), "feeds = []"), (PRIVATE, None)])
def test_without_sources_or_a_clock_nothing_is_fetched(
    corpus: Path, settings: FetchSettings, content: str | None
) -> None:
    if content is not None:
        (corpus / "sources.toml").write_text(content, encoding="utf-8")
    told: list[str] = []
    with fetching(corpus, settings, told.append):
        time.sleep(0.2)
        assert multiprocessing.active_children() == []
    assert told == []


def test_a_broken_list_is_told(corpus: Path) -> None:
    (corpus / "sources.toml").write_text("feeds = [", encoding="utf-8")
    told: list[str] = []
    with fetching(corpus, PRIVATE, told.append):
        until(lambda: told)
    assert "it is broken TOML" in told[0]


def _hanging(site: Site) -> None:
    async def wait(_: web.Request) -> web.StreamResponse:
        await asyncio.Event().wait()  # it answers never
        return web.Response()

    site.pages["/robots.txt"] = wait


def test_a_round_at_hand_ends_with_the_bot(corpus: Path) -> None:
    with serving() as site:
        _hanging(site)
        (corpus / "sources.toml").write_text(f'pages = ["{site.url("/a")}"]', encoding="utf-8")
        with fetching(corpus, PRIVATE, lambda _: None):
            until(lambda: site.asked)
        until(lambda: not multiprocessing.active_children())
        assert len(site.asked) == 1  # it has not gone on to the page


def test_the_process_that_fetches_may_die(corpus: Path) -> None:
    told: list[str] = []
    with serving() as site:
        _hanging(site)
        (corpus / "sources.toml").write_text(f'pages = ["{site.url("/a")}"]', encoding="utf-8")
        with fetching(corpus, PRIVATE, told.append):
            until(lambda: site.asked)
            for child in multiprocessing.active_children():
                child.kill()
            until(lambda: told)
    assert "the process that fetches died" in told[0]
