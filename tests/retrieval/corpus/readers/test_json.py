"""JSON, JSON lines and dumps of channels: articles under the keys of others; what is damaged costs itself alone."""

from __future__ import annotations

import datetime
import json
import time
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import Article
from retrieval.corpus.articles import Corpus, read_source
from retrieval.corpus.readers.keys import field_of
from retrieval.corpus.readers.record import FaultError
from retrieval.corpus.readers.registry import parse, records
from retrieval.corpus.source import InMemory, listed
from retrieval.types import Kind

TEXT = "سیل به گنبد رسید و پل‌ها را شکست."
DAY = datetime.date(2025, 10, 4)
ARTICLE = {"id": 7, "title": "سیل", "text": TEXT}


def corpus(content: object, name: str = "a.json") -> Corpus:
    written = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    return read_source(InMemory(name, written.encode("utf-8", "surrogatepass")))


def read(content: object, name: str = "a.json") -> tuple[Article, ...]:
    found = corpus(content, name)
    assert found.problems == ()
    return found.articles


def only(content: object, name: str = "a.json") -> Article:
    (article,) = read(content, name)
    return article


@pytest.mark.parametrize(
    ("key", "field"),
    [
        ("body", "text"), ("news_text", "text"), ("articleBody", "text"), ("full_text", "text"), ("متن خبر", "text"),
        ("contentText", "text"), ("NewsBody", "text"), ("text_clean", "text"), ("content_html", "text"),
        ("Headline", "title"), ("titr", "title"), ("عنوان", "title"), ("news-title", "title"), ("تیتر", "title"),
        ("publishedAt", "date"), ("date_georgian_iso", "date"), ("تاریخ انتشار", "date"), ("pub_date", "date"),
        ("news_agency_name", "source"), ("خبرگزاری", "source"), ("Agency", "source"), ("publisher", "source"),
        ("author_name", "author"), ("نویسنده", "author"), ("Link", "url"), ("news_url", "url"), ("لینک خبر", "url"),
        ("newsNumber", "id"), ("_id", "id"), ("شناسه خبر", "id"), ("کد خبر", "id"),
        ("subtitle", "lead"), ("خلاصه خبر", "lead"), ("لید", "lead"), ("description", "lead"),
        ("category", ""), ("tags", ""), ("قیمت", ""), ("name", ""), ("text_length", ""), ("crawled_at", ""),
    ],
)  # fmt: skip
def test_keys_name_fields(key: str, field: str) -> None:
    assert (field_of(key) or ("",))[0] == field


@pytest.mark.parametrize(
    "row",
    [
        {"headline": "سیل", "body": TEXT, "published_at": "2025-10-03T22:00:00Z", "agency": "بهار", "link": "u"},
        {"titr": "سیل", "content": f"<p>{TEXT}</p>", "datetime": "1404/07/12", "source": {"name": "بهار"}, "url": "u"},
        {"عنوان": "سیل", "متن": TEXT, "تاریخ": "۱۲ مهر ۱۴۰۴", "منبع": "بهار", "لینک": "u"},
        {"title": {"rendered": "سیل"}, "content": {"rendered": f"<p>{TEXT}</p>\n"}, "date": "2025-10-04", "link": "u",
         "source": "بهار"},
        {"headline": "سیل", "articleBody": TEXT, "datePublished": "2025-10-04", "publisher": {"name": "بهار"},
         "url": "u", "@type": "NewsArticle", "crawled_at": "2026-01-01"},
        {"title": "سیل", "content": [{"type": "p", "text": TEXT}], "date": {"$date": "2025-10-04"}, "outlet": "بهار",
         "url": "u"},
        {"title": "سیل", "paragraphs": [TEXT], "timestamp": 1759530600, "source": "بهار", "url": "u",
         "text": float("nan")},
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
def test_the_keys_of_dumps_give_the_fields(row: dict[str, Any], name: str) -> None:
    article = only(row, name)
    shown = (article.title, article.text, article.date, article.source, article.url)
    assert shown == ("سیل", TEXT, DAY, "بهار", "u")


@pytest.mark.parametrize(
    "content",
    [
        [ARTICLE],
        {"data": {"items": [ARTICLE]}},
        {"hits": {"total": 1, "hits": [{"_id": "x", "_source": ARTICLE}]}},
        {"7": ARTICLE},
        {"title": {"0": "سیل"}, "text": {"0": TEXT}, "id": {"0": 7}},
        {"title": ["سیل"], "text": [TEXT], "id": [7]},
        {"title": "اخبار", "description": "اخبار روز", "items": [ARTICLE]},
        json.dumps(ARTICLE) + "\n",
    ],
)
def test_articles_are_found_however_deep_they_stand(content: object) -> None:
    assert only(content) == Article("a.json#7", "سیل", TEXT)


def test_several_values_in_one_file_are_read_one_after_another() -> None:
    assert len(read("\n".join(json.dumps(ARTICLE | {"id": number}) for number in range(3)))) == 3


def test_a_row_has_its_own_id_or_one_of_its_content() -> None:
    first, second, third = (article.id for article in read([ARTICLE, ARTICLE | {"text": "دو"}, {"text": "سه"}]))
    assert (first, second) == ("a.json#7", "a.json#7-2")
    assert third.startswith("a.json#")
    assert third == only([{"text": "سه"}]).id


def test_a_lead_stands_above_the_text_unless_the_text_has_it() -> None:
    row = {"title": "سیل", "text": TEXT, "summary": "باران سه روز بارید."}
    assert only([row]).text == f"باران سه روز بارید.\n\n{TEXT}"
    assert only([row | {"summary": "سیل به گنبد رسید"}]).text == TEXT
    assert only([row | {"summary": "باران سه روز…"}]).text == TEXT
    assert only([{"title": "سیل", "subtitle": TEXT}]).text == TEXT
    article = only([row | {"text": f"<h2>گنبد</h2><ul><li>{TEXT}</li></ul>"}])
    assert [block.kind for block in article.blocks] == [Kind.PARAGRAPH, Kind.HEADING, Kind.ITEM]


def test_types_of_paragraphs_are_kept() -> None:
    parts = [{"type": "h2", "text": "گنبد"}, {"type": "p", "text": TEXT}, {"type": "li", "text": "پل"}, {"type": "img"}]
    assert [block.kind for block in only({"title": "سیل", "content": parts[:3]}).blocks] == [
        Kind.HEADING, Kind.PARAGRAPH, Kind.ITEM,
    ]  # fmt: skip
    with pytest.raises(FaultError, match="no articles"):
        list(records("a.json", json.dumps(parts[:2]).encode()))


def test_a_text_without_words_leaves_the_title() -> None:
    assert only([{"title": "عکس‌های سیل", "body": None}]).text == "عکس‌های سیل"


def test_entities_are_read_and_half_spaces_kept() -> None:
    assert only([{"text": "می&zwnj;رود &amp; می‌آید"}]).text == "می‌رود & می‌آید"


def test_a_text_that_is_said_to_be_plain_is_kept_to_the_letter() -> None:
    article = Article("a", "<b>سیل</b>", " <p>سیل</p> &amp; \\n ")
    assert read_source(listed([article])).articles[0].text == article.text


@pytest.mark.parametrize("draft", [{"draft": True}, {"status": "draft"}, {"published": False}])
def test_drafts_are_left_out(draft: dict[str, object]) -> None:
    assert [problem.reason for problem in corpus([ARTICLE, ARTICLE | draft]).problems] == ["1 draft is left out"]


def test_a_broken_object_costs_itself_alone() -> None:
    rows = [{"id": number, "title": "سیل", "text": f"{TEXT} {number}"} for number in range(5)]
    whole = json.dumps(rows, ensure_ascii=False, indent=1)
    for broken in (whole.replace("شکست. 2", 'شکست. "2'), whole.replace('"id": 2,', '"id": 2')):
        found = corpus(broken)
        assert [article.id for article in found.articles] == [f"a.json#{number}" for number in (0, 1, 3, 4)]
        assert [problem.line for problem in found.problems] == [12]
    cut = corpus('{"from": "بهار", "articles": ' + whole[:-20])
    assert (len(cut.articles), len(cut.problems)) == (4, 1)


@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
def test_a_damaged_byte_costs_its_record_and_a_control_character_nothing(name: str) -> None:
    lines = [json.dumps({"id": number, "text": f"{TEXT} {number}"}, ensure_ascii=False) for number in range(60)]
    content = "\n".join(lines).replace("شکست. 7", "شک\x01ست. 7").encode()
    found = read_source(InMemory(name, content.replace("شکست. 9".encode(), "شکست. 9".encode()[:-1] + b"\xff")))
    assert len(found.articles) == 59
    (problem,) = found.problems
    assert (problem.line, "damaged at byte" in problem.reason) == (10, True)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "no text"), ("سیل", "not JSON"), ("[]", "no articles"), ("{}", "no articles"), ("7", "no articles"),
        ('{"name": "x", "version": 1}', "no articles"), ("[" * 100_000, "inside one another"),
        ('{"a":' * 100_000, "inside one another"),
        ('[{"text": ' + "[" * 100_000, "inside one another"), ("\0\1\2\3", "binary"), ('{"text": "x', "not JSON"),
    ],
)  # fmt: skip
def test_what_is_no_dump_is_refused(content: str, reason: str) -> None:
    with pytest.raises(FaultError, match=reason) as caught:
        list(map(parse, records("a.json", content.encode())))
    assert caught.value.remedy


def test_hostile_values_cost_nothing_but_themselves() -> None:
    huge = (
        '{"id": ' + "9" * 5000 + ', "text": "سیل آمد.", "date": 1e999, "title": NaN, "text": "سیل\\ud800 رفت.\\u0000"}'
    )
    (article,) = read(huge)
    assert (article.text, article.title, article.date) == ("سیل\ufffd رفت.\ufffd", "", None)
    assert only('{"id": "\\ud800", "title": "<b>\\ud800</b>", "text": "<p>سیل\\udfff</p>"}').text == "سیل\ufffd"
    deep = '{"text": "سیل آمد.", "author": ' + "[" * 400 + "]" * 400 + "}"
    assert only(deep).text == "سیل آمد."


def test_broken_dumps_do_not_take_long() -> None:
    began = time.process_time()
    for content in (
        '{"a":[' * 200_000,
        '[{"a":[{},' * 100_000,
        '{"a":"},' * 100_000,
        "[{]}" * 200_000,
        "]" * 1_000_000,
    ):
        with suppress(FaultError):
            assert len(list(records("a.json", content.encode()))) < 1000
    assert time.process_time() - began < 10


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from("text title id date type body content author data items".split()), inner)
    ),
    max_leaves=12,
)


@given(
    VALUES.map(json.dumps) | st.text('{}[]",:ab\\اn<>&;1 \n', max_size=80),
    st.integers(0),
    st.sampled_from(["", "]", "\x01", '"']),
)
def test_any_json_is_articles_or_a_fault(content: str, place: int, more: str) -> None:
    at = place % (len(content) + 1)
    for name in ("a.json", "a.jsonl"):
        with suppress(FaultError):
            for record in records(name, (content[:at] + more + content[at:]).encode("utf-8", "replace")):
                with suppress(FaultError):
                    article = parse(record)
                    assert article.text.strip()
                    assert all(article.text[start:end].strip() for _, start, end, _ in article.blocks)


@given(st.lists(st.text(min_size=1).filter(str.strip), min_size=1, max_size=4))
def test_a_plain_text_is_kept_to_the_letter(texts: list[str]) -> None:
    rows = [{"id": number, "format": "plain", "text": text} for number, text in enumerate(texts)]
    assert [article.text for article in read(json.dumps(rows))] == [text.replace("\0", "\ufffd") for text in texts]


@given(st.text("ابپ\u200c .\n<p>/&;", min_size=1).filter(str.strip))
def test_blocks_lie_in_the_text_they_are_of(text: str) -> None:
    with suppress(FaultError):
        for record in records("a.json", json.dumps([{"id": 1, "text": f"آغاز {text}</p>"}]).encode()):
            article = parse(record)
            assert all(
                article.text[start:end] == article.text[start:end].strip() for _, start, end, _ in article.blocks
            )
