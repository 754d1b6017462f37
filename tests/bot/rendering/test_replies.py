"""Answers as Telegram shows them: quotations, items, numbered sources that open at the passage."""

from __future__ import annotations

import datetime
from dataclasses import replace
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.answer import Answer, Citation, Claim, Status
from bot.dialogue.conversation import Conversation
from bot.rendering.entities import entities
from bot.rendering.messages import MAX_MESSAGE_UNITS, split, utf16_length
from bot.rendering.plain import plain_text
from bot.rendering.replies import context, further, link, listing, reply, snippet
from bot.rendering.rich_message import html
from retrieval import Article, Retriever
from tests.bot.telegram.entities import marked, rich_text

ARTICLE = Article(
    id="anar.md",
    title="جشنوارهٔ <انار> & لواشک",
    text="مقدمه.\nجشنوارهٔ انار در بافق برگزار شد. ده هزار نفر آمدند.\nپایان.",
    date=datetime.date(2025, 12, 27),
    source="خبرگزاری نمونه",
    author="نرگس کاویانی",
    url="https://example.org/anar?a=1&b=2",
)
QUOTE = "ده هزار نفر آمدند."


def citation(number: int = 1, article: Article = ARTICLE, quote: str = QUOTE) -> Citation:
    start = article.text.index(quote)
    return Citation(number, article, start, start + len(quote))


def answered(*claims: Claim) -> Answer:
    return Answer("پرسش؟", Status.ANSWERED, claims, confidence=1.0)


def test_an_answer_shows_items_quotation_and_source() -> None:
    text = reply(answered(Claim(citation(), ("ده هزار", "نفر")))).text
    assert text.text.split("\n") == [
        "• ده هزار",
        "• نفر",
        f"«{QUOTE}» [1]",
        "",
        "منبع [1]: جشنوارهٔ <انار> & لواشک — خبرگزاری نمونه، نرگس کاویانی، ۶ دی ۱۴۰۴",
        "",
        "در متن",
        "جشنوارهٔ انار در بافق برگزار شد. ده هزار نفر آمدند.",
    ]
    assert next(one for one in entities(text) if one["type"] == "text_link")["url"] == link(ARTICLE.url, QUOTE)


def test_claims_of_one_article_share_its_source_line() -> None:
    text = reply(answered(Claim(citation(1)), Claim(citation(2, quote="مقدمه.")))).text.text
    assert text.count("منبع") == 1
    assert "منبع [1، 2]: " in text


def test_not_found_names_what_can_be_asked() -> None:
    text = reply(Answer("؟", Status.NOT_FOUND, message="پیدا نشد", suggestions=("انار", "پل"))).text.text
    assert text.startswith("پیدا نشد\n")
    assert text.endswith("• انار\n• پل")
    assert "منبع" not in text


@pytest.mark.parametrize(
    "question",
    [
        "سوغات لار چیست",
        "کدام خوشه‌ها به مرحلهٔ توسعه‌یافتگی رسیده‌اند",
        "عباس برنهاد کیست",
        "نویسندهٔ این خبر کیست",
        "قیمت دلار",
        "سلام",
        "؟",
    ],
)
def test_a_chat_and_the_console_say_the_same_but_for_the_sources(digests: Retriever, question: str) -> None:
    answer = Conversation(digests).ask(question)
    chat = reply(answer).text.text.partition("\nمنبع [1")[0]
    console = plain_text(answer).partition("\n[1] ")[0]
    assert chat.split() == console.split() != []


@pytest.mark.parametrize(
    ("url", "quotation", "expected"),
    [
        ("https://example.org/a", "یک-دو، سه & چهار", "https://example.org/a#:~:text=یک-دو، سه & چهار"),
        ("https://example.org/a#part", "یک", "https://example.org/a#part:~:text=یک"),
        ("https://example.org/a", "", "https://example.org/a"),
        ("javascript:alert(1)", "یک", ""),
        ("example.org", "یک", ""),
        ("https://[bad", "یک", ""),
        ('https://example.org/"><b>', "", 'https://example.org/"><b>'),
        ("https://example.org/ a", "یک", ""),
    ],
)
def test_a_link_opens_at_the_quotation(url: str, quotation: str, expected: str) -> None:
    assert unquote(link(url, quotation)) == expected


def test_the_text_fragment_is_escaped_and_short() -> None:
    found = link("https://example.org/a", "واژه-ای " * 100)
    fragment = found.partition("#:~:text=")[2]
    assert not set(fragment) & set("-,& ")
    assert len(unquote(fragment)) <= 60


def test_the_context_marks_the_quotation_in_its_passage() -> None:
    text = context(citation())
    assert html(text).startswith(f"<blockquote>جشنوارهٔ انار در بافق برگزار شد. <mark>{QUOTE}</mark></blockquote>")
    assert ("bold", QUOTE) in marked(text.text, entities(text))


def test_a_passage_goes_on_over_lines_that_end_no_sentence() -> None:
    article = Article("a", "عنوان", "بند پیش.\nآغاز بند\nکه در سه سطر\nنوشته شده است.\nبند پس.\n\nسرفصل\n\nبند دیگر.")
    passage = "آغاز بند\nکه در سه سطر\nنوشته شده است."
    assert context(citation(1, article, "سه سطر")).text.startswith(f"{passage}\n\nمنبع")
    assert context(citation(1, article, "سرفصل")).text.startswith("سرفصل\n\nمنبع")


def test_a_long_passage_is_cut_at_words_around_its_quotation() -> None:
    article = Article("a", "عنوان", "پیش " * 200 + QUOTE + " پس" * 200)
    answer = answered(Claim(citation(1, article)))
    _, _, passage = reply(answer).text.text.partition("در متن\n")
    before, _, behind = passage.partition(QUOTE)
    assert (before[:2], behind[-2:]) == ("… ", " …")
    assert {*before.split(), *behind.split()} == {"…", "پیش", "پس"}
    assert 280 < len(before) <= 303
    assert reply(answer).leaves_out


def test_a_long_passage_is_cut_where_sentences_end_if_it_can_be() -> None:
    article = Article("a", "عنوان", f"یکم. {'دو ' * 150}سه. چهار. {QUOTE} پنج. {'شش ' * 150}هفت.")
    passage = reply(answered(Claim(citation(1, article)))).text.text.partition("در متن\n")[2]
    assert passage == f"… چهار. {QUOTE} پنج. …"


def test_lines_that_were_full_are_one_in_a_passage_and_short_ones_are_not() -> None:
    article = Article("a", "عنوان", f"{'و' * 40}\nبه جا، {QUOTE}\nالف\nب.")
    assert context(citation(1, article)).text.startswith(f"{'و' * 40} به جا، {QUOTE}\n\nمنبع")
    assert context(citation(1, article, "الف")).text.startswith("الف\nب.")
    labels = Article("a", "عنوان", f"نشانی: {'و' * 40}\nتلفن: ۱۲۳\nرایانامه: ندارد")
    assert context(citation(1, labels, "۱۲۳")).text.startswith(labels.text)


def test_what_names_a_passage_is_not_said_twice() -> None:
    article = Article("a", "", "عنوان مقاله\n\nبخش\n\nیک جمله.")
    spans = ((0, 11), (13, 16))
    claim = Claim(Citation(1, article, 18, 26, spans))
    assert article.heading.startswith("عنوان مقاله")
    assert reply(answered(claim)).text.text.endswith("در متن\nبخش")


def test_quotations_of_one_passage_are_marked_in_it_together() -> None:
    claims = [Claim(citation(2)), Claim(citation(3, quote="جشنوارهٔ انار در بافق")), Claim(citation(4, quote="پایان."))]
    folded = html(reply(answered(*claims)).text).partition("<details>")[2]
    assert folded == (
        "<summary>در متن</summary><p>[2، 3] <mark>جشنوارهٔ انار در بافق</mark> برگزار شد. "
        f"<mark>{QUOTE}</mark></p></details>"
    )
    assert not reply(answered(*claims)).leaves_out


def test_what_is_copied_has_as_much_of_the_source_as_there_is_room_for() -> None:
    source = "جشنوارهٔ <انار> & لواشک — خبرگزاری نمونه، نرگس کاویانی، ۶ دی ۱۴۰۴"
    answer = answered(Claim(citation()))
    assert reply(answer).copied == f"«{QUOTE}»\n{source}\n{ARTICLE.url}"
    far = replace(ARTICLE, url=f"https://example.org/{'a' * 200}")
    assert reply(answered(Claim(citation(1, far)))).copied == f"«{QUOTE}»\n{source}"
    long = Claim(Citation(1, replace(ARTICLE, text="و " * 200), 0, 200))
    assert reply(answered(long)).copied == f"«{long.quote}»\n{ARTICLE.title}"
    assert reply(answered(replace(long, citation=replace(long.citation, end=400)))).copied == ""
    assert reply(Answer("؟", Status.NOT_FOUND, message="پیدا نشد", nearest=Claim(citation()))).copied == ""


def test_pages_number_their_articles() -> None:
    assert listing([ARTICLE], 11).text.startswith("۱۱. جشنواره")


def test_every_sentence_of_the_corpus_can_be_shown(digests: Retriever) -> None:
    for hit in digests.search("خوشه مسقطی لاری فارس لار صنعتی", 40):
        for text in (snippet(hit), further([hit, hit], 4)):
            marked(text.text, entities(text))
            assert "".join(rich_text(html(text)).split()) == "".join(text.text.split())


HOSTILE = st.text("ابپ گ\u200c<>&\"'*_`[]()#|\n\0\ud800\u202e\u2066\u200f👍aZ.؟!\u0301", min_size=1, max_size=200)


@given(title=HOSTILE, body=HOSTILE, url=HOSTILE, times=st.sampled_from([1, 1, 60]))
def test_hostile_articles_break_no_message(title: str, body: str, url: str, times: int) -> None:
    article = Article("a", title, body * times, None, title, title, f"https://{url}")
    claim = Claim(Citation(1, article, 0, len(article.text)), (body,))
    for part in split(reply(answered(claim)).text):
        assert 0 < utf16_length(part.text) <= MAX_MESSAGE_UNITS
        marked(part.text, entities(part))
        rich_text(html(part))
