"""Pages of the systems that Persian sites run on: the article alone, and its fields by the order of trust."""

from __future__ import annotations

import base64
import datetime
import quopri
import time
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import Article
from retrieval.corpus.articles import read_corpus
from retrieval.corpus.readers.record import FaultError
from retrieval.corpus.readers.registry import parse, records
from retrieval.types import Kind

BODY = (
    "<p>به گزارش بهار، سیل به گنبد رسید و پل آق‌قلا را شکست و راه‌های روستایی را بست.</p>"
    "<p>استاندار گلستان گفت که ۱۲ روستا تخلیه شده است و مردم در مدرسه‌ها جای گرفته‌اند.</p>"
    "<p>انتهای پیام</p>"
)
MENU = "<ul><li><a href=/>صفحهٔ نخست</a><li><a href=/s>سیاسی</a><li><a href=/e>اقتصادی</a><li><a>تماس با ما</a></ul>"
RELATED = "<div class='related-news'><h3>اخبار مرتبط</h3><ul><li><a href=/1>باران در ساری</a></ul></div>"
FIRST, LAST = "به گزارش بهار، سیل به گنبد رسید", "در مدرسه‌ها جای گرفته‌اند."


def read(page: str | bytes, name: str = "a.html") -> Article:
    (record,) = records(name, page if isinstance(page, bytes) else page.encode())
    return parse(record)


def page(body: str, head: str = "", title: str = "سیل گلستان") -> str:
    return f"<html><head><title>{title}</title>{head}</head><body>{MENU}{body}{MENU}</body></html>"


def shown(article: Article) -> str:
    """The text of an article without its furniture."""
    kept = [block for block in article.blocks if block.kind is not Kind.FURNITURE]
    return "\n".join(article.text[block.start : block.end] for block in kept)


CONTAINERS = {
    "schema.org": f"<div itemprop='articleBody'>{BODY}</div>",
    "Nastooh": f"<article><div class='item-body'><div class='item-text'>{BODY}</div></div>{RELATED}</article>",
    "Iransamaneh": f"<div class='col-1'><div class='body col-xs-36'>{BODY}</div></div>{RELATED}",
    "Asam": f"<div class='article_body'><div id='echo_detail'>{BODY}<div class='article_tag'>سیل</div></div></div>",
    "Studio Khabar": f"<div id='doctextarea'>{BODY}</div>{RELATED}",
    "WordPress": f"<article class='post tag-flood'><div class='entry-content'>{BODY}{RELATED}</div></article>",
    "one article": f"<article><header><h1>سیل گلستان</h1></header>{BODY}<footer>با ذکر نام</footer></article>{RELATED}",
    "by its form": f"<div class='x1'>{MENU}</div><div class='x2'><div>{BODY * 12}</div></div>{RELATED}",
}


@pytest.mark.parametrize("body", CONTAINERS.values(), ids=CONTAINERS.keys())
def test_the_article_is_read_without_what_is_beside_it(body: str) -> None:
    article = read(page(body))
    text = shown(article)
    assert text.startswith(FIRST)
    assert text.endswith(LAST)
    assert "انتهای پیام" in article.text
    assert "صفحهٔ نخست" not in article.text
    assert "باران در ساری" not in article.text
    assert article.title == "سیل گلستان"


def test_a_lead_above_the_text_is_read_and_one_of_the_same_words_is_not() -> None:
    lead = "استاندار گلستان از تخلیهٔ دوازده روستای گنبد خبر داد."
    body = f"<p class='lead'>{{}}</p><div class='item-text'>{BODY}</div>"
    assert shown(read(page(body.format(lead)))).startswith(f"{lead}\n{FIRST}")
    below = f"<div class='item-text'>{BODY}</div><p class='lead'>{lead}</p>"
    assert lead not in read(page(below)).text
    repeated = read(page(body.format("به گزارش بهار، سیل به گنبد رسید و پل آق‌قلا را شکست")))
    assert repeated.text.count("پل آق‌قلا") == 1


TITLES = {
    "سیل گلستان - خبرگزاری بهار": "سیل گلستان",
    "خبرگزاری بهار | سیل گلستان": "سیل گلستان",
    "بهار نیوز | سیل گلستان | Bahar News Agency": "سیل گلستان",
    "سیل گلستان - روایت یک روز": "سیل گلستان - روایت یک روز",
    "Magiran | روزنامه بهار (1386/03/01): سیل گلستان": "سیل گلستان",
    "سیل: گلستان زیر آب": "سیل: گلستان زیر آب",
    "روزنامه‌نگاران در سیل - بهار": "روزنامه‌نگاران در سیل - بهار",
    "گفت‌وگو با سازندهٔ «باد شرجی» | خبرگزاری بهار": "گفت‌وگو با سازندهٔ «باد شرجی»",
    "«باد شرجی» در گلستان - خبرگزاری بهار": "«باد شرجی» در گلستان",
    "خبرگزاری بهار » سیل گلستان": "سیل گلستان",
}


@pytest.mark.parametrize(("written", "title"), TITLES.items())
def test_a_title_is_without_the_outlet(written: str, title: str) -> None:
    source = "<meta property='og:site_name' content='بهار نیوز'>" if "نیوز" in written else ""
    assert read(page(CONTAINERS["schema.org"], source, written)).title == title


def test_a_heading_that_a_title_goes_on_from_is_the_title() -> None:
    named = page(f"<h1>سیل گلستان</h1>{CONTAINERS['schema.org']}", title="سیل گلستان – بهارستان")
    assert read(named).title == "سیل گلستان"
    body = f"<h1>قانون مدنی</h1><div itemprop=articleBody>{BODY}</div>"
    assert read(page(body, title="قانون مدنی با اصلاحات بعدی")).title == "قانون مدنی"


META = "<meta property='{}' content='{}'>"
NOW = (
    "<meta name='date' content='2026-11-20'><time datetime='2026-11-20'></time>"
    "<div class='header-date'>سه شنبه ۰۲ خرداد ۱۳۹۶</div>"
)
DATES = {
    "JSON-LD": (
        '<script type="application/ld+json">{"@graph": [{"@type": ["NewsArticle"], "datePublished":'
        ' "2025-10-19T21:30:00Z"}]}</script>' + META.format("article:published_time", "2020-01-01"),
        "2025-10-20",
    ),
    "published_time": (META.format("article:published_time", "۱۳۹۶/۰۲/۲۸ - ۲۲:۵۷"), "2017-05-18"),
    "an empty one before": (
        META.format("article:published_time", "۰/۰۰/۰۰") + "<meta name=dc.date content=2014-07-09>",
        "2014-07-09",
    ),
    "citation": ("<meta name=citation_date content=1383/10/01><meta name=DC.Date content=2005-01-01>", "2004-12-21"),
    "itemprop": ("<time itemprop=datePublished datetime=2014-07-09T01:14:00+0430>", "2014-07-09"),
    "a label": ("<div class=x><span>تاریخ انتشار: </span><b>پنجشنبه ۲۸ اردیبهشت ۱۳۹۶ - ۲۲:۵۷</b></div>", "2017-05-18"),
    "a time in the article": ("<main><time datetime=2014-07-09></time></main>", "2014-07-09"),
    "the address": ("<link rel=canonical href=https://example.org/2014/07/09/seil>", "2014-07-09"),
}


@pytest.mark.parametrize(("head", "day"), DATES.values(), ids=DATES.keys())
def test_the_day_is_that_of_publication(head: str, day: str) -> None:
    article = read(page(f"<div itemprop=articleBody>{BODY}</div>", NOW + head))
    assert article.date == datetime.date.fromisoformat(day)


def test_the_day_of_the_download_and_of_the_header_are_none() -> None:
    assert read(page(CONTAINERS["schema.org"], NOW)).date is None
    issue = read(page(CONTAINERS["schema.org"], NOW, "Magiran | روزنامه بهار (1386/03/01): سیل گلستان"))
    assert (issue.date, issue.source) == (datetime.date(2007, 5, 22), "روزنامه بهار")


def test_the_outlet_the_author_and_the_address_are_the_pages_own() -> None:
    head = (
        META.format("og:site_name", "بهار") + META.format("article:author", "بهار") + META.format("author", "نگار نیکو")
        + "<link rel=canonical href='https://web.archive.org/web/20250101000000/https://example.org/1'>"
    )  # fmt: skip
    article = read(page(CONTAINERS["schema.org"], head))
    assert (article.source, article.author, article.url) == ("بهار", "نگار نیکو", "https://example.org/1")
    saved = f"<!-- saved from url=(0021)https://example.org/2 -->{page(CONTAINERS['schema.org'])}"
    assert read(saved).url == "https://example.org/2"


QUESTIONS = (
    "<div class='card'><div class='card-header'><button type=button>چطور حامی یک کودک شوم؟</button></div>"
    "<div class='collapse'>فرم حمایت را پر کنید؛ همکاران ما در سه روز کاری با شما تماس می‌گیرند.</div></div>"
    "<div class='card'><h5 class='card-header'><button aria-expanded=false>شمارهٔ حساب</button></h5>"
    "<div class='collapse'>شمارهٔ حساب مؤسسه نزد بانک رسالت ۱۰.۴۴۸۸۱۲.۱ است و هر روز بررسی می‌شود.</div></div>"
    "<button>فرستادن</button>"
)


def test_questions_that_buttons_open_are_the_headings_of_their_answers() -> None:
    article = read(page(f"<div class='content'>{BODY}{QUESTIONS}</div>"))
    kept = [(kind.value, article.text[start:end]) for kind, start, end, _ in article.blocks if kind is Kind.HEADING]
    assert kept == [("heading", "چطور حامی یک کودک شوم؟"), ("heading", "شمارهٔ حساب")]
    assert "فرستادن" not in article.text


LINKS = "".join(f"<li><a href=/{number}>خبر شمارهٔ {number} از شهرهای استان</a></li>" for number in range(60))
NO_ARTICLES = {
    "a list of links": page(f"<ul>{LINKS}</ul>"),
    "a front page": page(f"<ul>{LINKS}</ul><p>{'سایت خبری بهار از سال ۱۳۸۰ کار می‌کند. ' * 8}</p>"),
    "cards": page(
        "".join(f"<article><h3><a href=/>خبر {n}</a></h3><p>{'خلاصه ' * 20}</p></article>" for n in range(9)) + LINKS
    ),
    "a blog's first page": page(f"<div class='post-body'>{BODY}</div>" * 3),
    "nothing": "<html><body><div id=root></div><script>render()</script></body></html>",
    "no elements": "",
}


@pytest.mark.parametrize("content", NO_ARTICLES.values(), ids=NO_ARTICLES.keys())
def test_pages_without_an_article_are_refused_with_the_remedy(content: str) -> None:
    with pytest.raises(FaultError) as caught:
        read(content)
    assert "page" in caught.value.remedy


def declared(encoding: str, more: str = "") -> str:
    return page(CONTAINERS["schema.org"], f"{more}<meta charset={encoding}>")


def in_old_letters(text: str) -> bytes:
    """A page in Windows-1256, which has neither ی nor Persian digits."""
    return text.replace("ی", "ي").replace("ٔ", "").replace("۱۲", "12").encode("cp1256")


ENCODINGS = {
    "UTF-8, declared late": declared("utf-8", f"<style>{'x' * 3000}</style>").encode(),
    "UTF-8, declared wrong": declared("iso-8859-1").encode(),
    "UTF-8, cut": declared("utf-8", "<meta name=description content='سی~'>").encode().replace(b"~", b"\xd9"),
    "Windows-1256": in_old_letters(declared("windows-1256")),
    "Windows-1256, declared as another": in_old_letters(declared("windows-1252")),
    "UTF-16": declared("utf-16").encode("utf-16"),
}


@pytest.mark.parametrize("content", ENCODINGS.values(), ids=ENCODINGS.keys())
def test_a_page_is_decoded_by_its_letters(content: bytes) -> None:
    article = read(content)
    assert shown(article).replace("ي", "ی").startswith(FIRST)
    assert "آق‌قلا" in article.text
    assert article.title.replace("ي", "ی") == "سیل گلستان"


ARCHIVED = {
    "8bit": lambda body: body,
    "base64": base64.encodebytes,
    "quoted-printable": quopri.encodestring,
}


@pytest.mark.parametrize("sent", ARCHIVED)
def test_a_web_archive_is_read_by_its_page(sent: str) -> None:
    head = (
        b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.org/3\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related;\r\n\ttype="text/html"; boundary="x"\r\n\r\n--x\r\n'
        b"Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--x\r\n"
    )
    body = ARCHIVED[sent](page(CONTAINERS["Nastooh"]).encode())
    part = f"Content-Type: text/html\r\nContent-Transfer-Encoding: {sent}\r\n\r\n".encode()
    article = read(head + part + body + b"\r\n--x--\r\n", "a.mhtml")
    assert (article.title, article.url) == ("سیل گلستان", "https://example.org/3")
    assert shown(article).startswith(FIRST)


HOSTILE = {
    "nested elements": "<div>" * 100_000 + BODY,
    "nested lists": "<div itemprop=articleBody>" + "<ul><li>" * 700 + f"<a href=/>سیل</a>{BODY}" * 1000,
    "nested parts": "<div itemprop=articleBody>" + "<div class=tags>" * 1500 + BODY * 1000,
    "cells that span all": "<div itemprop=articleBody><table>" + "<tr><td rowspan=99 colspan=99>سیل<td>۱" * 5000,
    "many dates": f"<div itemprop=articleBody>{BODY}</div>" + "<time>سیل ۱۲ ۱۲ ۱۲</time>" * 50_000,
    "a large page": BODY * 40_000,
    "an archive in itself": "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\n" * 20_000,
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_page_is_read_or_refused_in_little_time(content: str) -> None:
    began = time.process_time()
    with suppress(FaultError):
        assert len(read(content).text) < 2 * len(content)
    assert time.process_time() - began < 8


def test_the_folder_of_a_saved_page_holds_no_articles_and_no_errors(tmp_path: Path) -> None:
    (tmp_path / "n").mkdir()
    (tmp_path / "n" / "خبر.html").write_text(page(CONTAINERS["Nastooh"]), encoding="utf-8")
    parts = tmp_path / "n" / "خبر_files"
    parts.mkdir()
    for name in ("a.js", "b.css", "c.png", "d.html", "e.txt"):
        (parts / name).write_bytes(b"x")
    corpus = read_corpus(tmp_path)
    assert [article.id for article in corpus.articles] == ["n/خبر.html"]
    assert corpus.problems == ()


@given(st.binary(max_size=300) | st.text("<>/pdivahtml =\"'classbodyاب.\n&;", max_size=300).map(str.encode))
def test_any_bytes_are_an_article_or_a_fault(content: bytes) -> None:
    with suppress(FaultError):
        assert read(content).text.strip()
