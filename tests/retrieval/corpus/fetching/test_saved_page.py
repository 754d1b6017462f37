"""What is written of a page is read as the page itself."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from retrieval.corpus.articles import read_corpus
from retrieval.corpus.fetching.saved_page import of_item, of_reply, write
from retrieval.corpus.fetching.web import NOTHING_KNOWN, Reply
from retrieval.corpus.readers.html import parse
from retrieval.corpus.readers.record import FaultError, RawRecord
from tests.conftest import SHARED

NAME = "fetched/a.html"
URL = "https://example.org/a--b?c=-->"
PAGES = [
    *sorted((SHARED / "files" / "html").glob("*.html")),
    *sorted((SHARED / "files" / "office-html").glob("*treetext*")),
]


def reply(content: str | bytes) -> Reply:
    """What a server gave."""
    return Reply(URL, content.encode() if isinstance(content, str) else content, "text/html", "", NOTHING_KNOWN)


@pytest.mark.parametrize("file", PAGES, ids=lambda file: file.name)
def test_a_page_without_what_no_reader_looks_at_is_the_same_article(file: Path) -> None:
    content = file.read_bytes()
    whole, saved = parse(RawRecord(NAME, 1, content)), of_reply(NAME, reply(content), {})
    assert (saved.article.text, saved.article.blocks) == (whole.text, whole.blocks)
    assert (saved.article.title, saved.article.date, saved.article.source) == (whole.title, whole.date, whole.source)
    assert saved.article.author == whole.author
    assert not whole.url or saved.article.url == whole.url
    assert re.findall(rb"<(?:style|svg|iframe|noscript|script(?![^>]*ld.json))", saved.content) == []


def test_an_address_cannot_end_the_comment_that_holds_it(tmp_path: Path) -> None:
    page = of_reply(NAME, reply("<title>سیل</title><div itemprop=articleBody><p>سیل به گنبد رسید و پل را شکست."), {})
    assert page.article.text == "سیل به گنبد رسید و پل را شکست."
    assert page.article.url == "https://example.org/a-%2Db?c=-%2D%3E"
    assert write(tmp_path, page)
    assert read_corpus(tmp_path).articles == (page.article,)


def test_what_a_feed_tells_becomes_an_article_with_its_blocks() -> None:
    item = {
        "url": "https://example.org/a",
        "title": 'سیل\u200cزده "بزرگ" <گلستان> & پل',
        "text": "</div></body><p>شعب اخذ رأی در گنبد و مینودشت:<ul><li>پل<li>بازار</ul><script>alert(1)</script>",
        "date": "Sat, 27 Dec 2025 09:00:00 +0330",
        "source": "بهار",
        "author": "نیکو\x01\ufffe",
    }
    page = of_item(NAME, item)
    assert page.article.text == "شعب اخذ رأی در گنبد و مینودشت:\n\nپل\nبازار"
    assert [block.kind.value for block in page.article.blocks] == ["paragraph", "item", "item"]
    assert (page.article.title, page.article.source, page.article.author) == (item["title"], "بهار", "نیکو")
    assert (str(page.article.date), page.article.url) == ("2025-12-27", item["url"])
    assert b"alert" not in page.content


@pytest.mark.parametrize("text", ["", " ", "<br>", "<!-- -->", "<p>سیل"])
def test_what_has_no_text_is_no_article(text: str) -> None:
    with pytest.raises(FaultError):
        of_item(NAME, {"url": URL, "title": "سیل", "text": text})
