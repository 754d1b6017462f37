"""Exports of Telegram: the posts of channels are articles, and nothing else of a chat is."""

from __future__ import annotations

import datetime
import json
from typing import Any

import pytest

from retrieval import Article
from retrieval.corpus.articles import read_source
from retrieval.corpus.readers.record import FaultError
from retrieval.corpus.readers.registry import parse, records
from retrieval.corpus.source import InMemory
from retrieval.types import Kind

TEXT = "سیل دیروز به گنبد رسید و سه پل روستایی را با خود برد."


def post(text: object, number: int = 3, **more: object) -> dict[str, object]:
    return {"id": number, "type": "message", "date": "2025-10-04T09:00:00", "from": "بهار", "text": text} | more


def chat(*messages: dict[str, object], kind: str = "public_channel") -> dict[str, object]:
    return {"name": "بهار", "type": kind, "id": 1000, "messages": list(messages)}


def read(content: dict[str, object]) -> list[Article]:
    written = json.dumps(content, ensure_ascii=False).encode()
    return [parse(record) for record in records("result.json", written)]


def quoted(article: Article) -> list[str]:
    return [article.text[start:end] for kind, start, end, _ in article.blocks if kind is not Kind.FURNITURE]


def test_a_post_is_an_article() -> None:
    (article,) = read(chat(post(f"سیل گنبد\n\n{TEXT}", author="نیکو")))
    assert article == Article("result.json#3", "سیل گنبد", TEXT, datetime.date(2025, 10, 4), "بهار", "نیکو")


def test_what_says_nothing_is_no_article() -> None:
    service: dict[str, object] = {
        "id": 1,
        "type": "service",
        "date": "2025-10-04T09:00:00",
        "action": "pin",
        "text": "",
    }
    greetings = (
        "عصر بخیر 🌷",
        "سلام و عرض ادب خدمت همهٔ همراهان گرامی کانال بهار 🌸🌸🌸",
        "صبح پاییزی همگی به خیر و نیکی باد دوستان خوب",
    )
    tags = [{"type": "hashtag", "text": "#" + "گنبد" * 20}]
    silent = [post(""), post([]), post(tags), *map(post, greetings)]
    assert len(read(chat(service, *silent, post(TEXT)))) == 1
    with pytest.raises(FaultError, match="no post with a text"):
        read(chat(service, *silent))


def test_entities_are_joined_and_tags_and_links_at_the_end_are_not_quoted() -> None:
    parts: list[Any] = [
        {"type": "bold", "text": "🔴 سیل گنبد"}, "\n\nسیل دیروز به ", {"type": "hashtag", "text": "#گنبد"},
        " رسید و سه پل روستایی را با خود برد. ", {"type": "link", "text": "https://example.org/1"},
        "\n\n🆔 کانال ما: ", {"type": "mention", "text": "@bahar_news"},
    ]  # fmt: skip
    (article,) = read(chat(post(parts)))
    assert article.title == "سیل گنبد"
    assert quoted(article) == ["سیل دیروز به #گنبد رسید و سه پل روستایی را با خود برد."]
    assert "@bahar_news" in article.text


def test_lines_with_signs_are_items() -> None:
    (article,) = read(chat(post(f"{TEXT}\n🔹 پل نخست در گنبد\n🔹 پل دوم در آق‌قلا")))
    assert [block.kind for block in article.blocks] == [Kind.PARAGRAPH, Kind.ITEM, Kind.ITEM]
    assert quoted(article)[1:] == ["پل نخست در گنبد", "پل دوم در آق‌قلا"]


def test_a_forwarded_post_is_of_whom_it_comes_from() -> None:
    (article,) = read(chat(post(TEXT, forwarded_from="روابط عمومی")))
    assert article.source == "روابط عمومی"


def test_the_moment_counts_as_the_day_in_tehran() -> None:
    (article,) = read(chat(post(TEXT, date_unixtime="1759610000")))
    assert article.date == datetime.date(2025, 10, 5)


def test_the_address_is_known_where_the_channel_names_itself() -> None:
    tail = {"type": "mention", "text": "@bahar_news"}
    named = [post([f"{TEXT} {number}\n\n", tail], number) for number in range(1, 4)]
    assert [article.url for article in read(chat(*named, post(TEXT, 4)))][-1] == "https://t.me/bahar_news/4"
    assert [article.url for article in read(chat(*named, kind="private_channel"))] == ["", "", ""]
    link = {"type": "link", "text": "https://t.me/bahar_sample/3"}
    answer = post([f"{TEXT} ", link], 4, reply_to_message_id=3)
    assert read(chat(post(TEXT), answer))[0].url == "https://t.me/bahar_sample/3"
    assert {article.url for article in read(chat(post([f"{TEXT} ", tail]), post(TEXT, 4)))} == {""}


def test_a_channel_that_is_exported_as_pages_is_refused_with_the_remedy() -> None:
    page = f'<html><body><div class="page_body chat_page"><div class="text">{TEXT}</div></div></body></html>'
    (record,) = records("messages.html", page.encode())
    with pytest.raises(FaultError) as caught:
        parse(record)
    assert caught.value.remedy == "export the channel in the format JSON"


def test_chats_of_persons_are_refused_and_passed_over_beside_channels() -> None:
    group = chat(post(TEXT), kind="private_supergroup")
    with pytest.raises(FaultError, match="a chat of persons"):
        read(group)
    (article,) = read({"about": "…", "chats": {"about": "…", "list": [group, chat(post(TEXT, 9))]}})
    assert article.id == "result.json#9"


def test_an_export_that_was_cut_off_keeps_its_posts() -> None:
    content = json.dumps(chat(post(TEXT, 1), post(TEXT, 2), post(TEXT, 3)), ensure_ascii=False)[:-30].encode()
    corpus = read_source(InMemory("result.json", content))
    assert [article.id for article in corpus.articles] == ["result.json#1", "result.json#2"]
    assert len(corpus.problems) == 1


@pytest.mark.parametrize(
    "change", [{"type": {}}, {"id": None}, {"id": [[{}]]}, {"date": {}}, {"from": 7}, {"author": {}}]
)
def test_a_message_of_another_form_costs_itself_alone(change: dict[str, object]) -> None:
    parts = [{"type": {}, "text": TEXT}, {"type": "link", "text": 7}, 9, None]
    for message in (post(TEXT) | change, {key: value for key, value in post(parts).items() if key not in change}):
        assert "result.json#4" in [article.id for article in read(chat(message, post(TEXT, 4)))]
