"""Feeds and WordPress exports: an article an item, with its fields; what is damaged or hostile costs itself alone."""

from __future__ import annotations

import datetime
import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import Article
from retrieval.corpus.readers.record import DraftError, FaultError
from retrieval.corpus.readers.registry import parse, records
from retrieval.types import Kind

TEXT = "سیل به گنبد رسید."
DAY = datetime.date(2026, 10, 20)


def read(content: str | bytes, name: str = "a.xml") -> list[Article]:
    return [parse(record) for record in records(name, content if isinstance(content, bytes) else content.encode())]


def rss(*items: str, title: str = "بهار | اخبار روز") -> str:
    head = '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    return f'{head} xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>{title}</title>{"".join(items)}</channel></rss>'


def item(text: str = f"<description>{TEXT}</description>", more: str = "") -> str:
    return f"<item><title>سیل &amp;#124; گنبد</title><link>https://example.org/1</link>{text}{more}</item>"


def test_an_item_is_an_article_with_its_fields() -> None:
    date, author = "<pubDate>Mon, 19 Oct 2026 21:30:00 GMT</pubDate>", "<dc:creator>نگار نیکو</dc:creator>"
    (article,) = read(rss(item(more=date + author)))
    assert article == Article(
        "a.xml#https://example.org/1", "سیل | گنبد", TEXT, DAY, "بهار", "نگار نیکو", "https://example.org/1"
    )


def test_the_whole_text_is_preferred_to_a_teaser_and_read_as_html() -> None:
    whole = f"<description>سیل</description><content:encoded><![CDATA[<h2>گنبد</h2><p>{TEXT}</p>]]></content:encoded>"
    (article,) = read(rss(item(whole)))
    assert [block.kind for block in article.blocks] == [Kind.HEADING, Kind.PARAGRAPH]
    assert article.text == f"گنبد\n{TEXT}"


def test_what_wordpress_and_mail_programs_add_is_left_out() -> None:
    tail = "&lt;p&gt;The post &lt;a&gt;سیل&lt;/a&gt; appeared first on &lt;a&gt;بهار&lt;/a&gt;.&lt;/p&gt;"
    text = f"<description>&lt;p&gt;{TEXT}&lt;/p&gt;{tail}</description>"
    (article,) = read(rss(item(text, "<author>info@example.org (نگار نیکو)</author>")))
    assert (article.text, article.author) == (TEXT, "نگار نیکو")


def test_items_without_a_text_are_no_articles() -> None:
    assert len(read(rss(item(), item("<description/>"), item("<description>&lt;img&gt;</description>")))) == 1
    with pytest.raises(FaultError, match="none of its items"):
        read(rss(item("<description/>")))


ATOM = (
    "<feed xmlns='http://www.w3.org/2005/Atom'><title>بهار</title><entry><id>urn:1</id><title>سیل</title>"
    "<link rel='self' href='https://example.org/self'/><link href='https://example.org/1'/>"
    "<updated>2026-10-19T21:30:00Z</updated><author><name>نیکو</name></author>"
    f"<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>{TEXT}</p></div></content></entry></feed>"
)
RDF = (
    "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'"
    " xmlns:dc='http://purl.org/dc/elements/1.1/'><channel><title>بهار</title></channel><item><title>سیل</title>"
    f"<link>https://example.org/1</link><description>{TEXT}</description><dc:creator>نیکو</dc:creator>"
    "<dc:date>2026-10-19T21:30:00Z</dc:date></item></rdf:RDF>"
)


def test_atom_and_rdf_are_read() -> None:
    for content in (ATOM, RDF):
        (article,) = read(content)
        shown = (article.title, article.text, article.date, article.source, article.author, article.url)
        assert shown == ("سیل", TEXT, DAY, "بهار", "نیکو", "https://example.org/1")


def wxr(*posts: str) -> str:
    names = "<wp:author_login>n</wp:author_login><wp:author_display_name>نیکو</wp:author_display_name>"
    return rss(f"<wp:author>{names}</wp:author>", *posts).replace(
        "<rss ", '<rss xmlns:wp="http://wordpress.org/export/1.2/" '
    )


def post(text: str, status: str = "publish", kind: str = "post", more: str = "") -> str:
    return (
        f"<item><title>سیل</title><link>https://example.org/1</link><dc:creator>n</dc:creator><content:encoded><![CDATA[{text}]]>"
        f"</content:encoded><wp:post_id>7</wp:post_id><wp:post_date>2026-10-20 01:00:00</wp:post_date>"
        f"<wp:status>{status}</wp:status><wp:post_type>{kind}</wp:post_type>{more}</item>"
    )


def test_a_post_of_an_export_is_an_article() -> None:
    (article,) = read(wxr(post(TEXT)))
    assert article == Article("a.xml#7", "سیل", TEXT, DAY, "بهار", "نیکو", "https://example.org/1")


def test_line_ends_of_a_post_part_paragraphs_and_codes_are_left_out() -> None:
    caption = '[caption id="a" width="3"]<img src="x"\n alt="y"> عکس سیل[/caption]'
    (article,) = read(wxr(post(f'{caption}{TEXT}\n\nباران بارید.\nبرف آمد.[gallery ids="1,2"] [1]')))
    assert article.text == f"{TEXT}\n\nباران بارید.\nبرف آمد. [1]"
    (block,) = read(wxr(post("<!-- wp:paragraph -->\n<p>سیل به\nگنبد رسید.</p>\n<!-- /wp:paragraph -->")))
    assert block.text == TEXT


def test_only_what_is_published_is_read() -> None:
    assert read(wxr(post(TEXT, kind="page"), post("", kind="attachment"), post(TEXT, kind="nav_menu_item")))
    for status, more in (("draft", ""), ("private", ""), ("publish", "<wp:post_password>x</wp:post_password>")):
        with pytest.raises(DraftError):
            read(wxr(post(TEXT, status, more=more)))


@pytest.mark.parametrize("content", ["<html><p>سیل</p></html>", "<a/>", "", "سیل", "<rss></rss>"])
def test_other_xml_is_refused(content: str) -> None:
    with pytest.raises(FaultError) as caught:
        read(content)
    assert "give" in caught.value.remedy


def test_a_damaged_feed_costs_what_is_damaged() -> None:
    whole = rss(item(), item())
    assert len(read(whole.replace("</item></channel>", "</channel>").replace("گنبد رسید", "گنبد\x01 & رسید", 1))) == 2
    assert len(read("\n " + whole[:-30])) == 2
    assert read(whole.replace("به گنبد", "به&nbsp;گنبد"))[0].text == TEXT
    assert len(read(rss("<item>&x;<title>سیل</title></item>", item()))) == 1
    assert read(whole.replace("utf-8", "windows-1256").replace("ی", "ي").encode("cp1256"))[0].text == TEXT.replace(
        "ی", "ي"
    )


def test_entities_are_neither_multiplied_nor_fetched() -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    hostile = f'<!DOCTYPE rss [<!ENTITY l0 "خنده"><!ENTITY f SYSTEM "file:///etc/passwd">{laughs}]>'
    began = time.process_time()
    with suppress(FaultError):
        for article in read(hostile + rss(item(f"<description>{TEXT} &l11; &f;</description>"), item())[38:]):
            assert "خنده" not in article.text
            assert "root" not in article.text
    assert time.process_time() - began < 5


@given(st.text('<>/rsitemdcpn![]CDATA&;"اب \n', max_size=200).map(str.encode) | st.binary(max_size=200))
def test_any_bytes_are_articles_or_a_fault(content: bytes) -> None:
    for body in (content, rss(content.decode(errors="replace")).encode()):
        with suppress(FaultError):
            assert all(article.text.strip() for article in read(body))
