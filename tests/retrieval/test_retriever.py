"""The public door: what is found, in what order, and how much of the question it covers."""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval import Form, Retriever, Seeks
from retrieval.indexing import refresh_stored
from tests.conftest import data_folder

ARTICLES = [
    {
        "id": "saffron",
        "title": "زعفران قائنات",
        "text": "برداشت از مهر آغاز می‌شود.\n\nزعفران قائنات سرخ است. بهای آن بالاست.",
    },
    {"id": "pistachio", "title": "پستهٔ کرمان", "text": "پسته در کرمان کاشته می‌شود. صادرات پسته در سال ۱۴۰۲ بیشتر شد."},
    {"id": "date", "title": "", "text": "خرمای بم شیرین است.\n\nدر بم بیش از ۳۰ رقم خرما هست."},
]


@pytest.fixture(scope="module")
def fruit(tmp_path_factory: pytest.TempPathFactory) -> Retriever:
    path = tmp_path_factory.mktemp("fruit") / "fruit.jsonl"
    path.write_text("\n".join(json.dumps(article, ensure_ascii=False) for article in ARTICLES), encoding="utf-8")
    return Retriever.from_corpus(path)


def first(retriever: Retriever, question: str) -> str:
    return retriever.search(question, 1)[0].sentence.text


def test_a_sentence_is_found_by_its_words(fruit: Retriever) -> None:
    assert first(fruit, "پسته کجا کاشته می‌شود؟") == "پسته در کرمان کاشته می‌شود."


def test_passage_and_title_lend_a_sentence_its_topic(fruit: Retriever) -> None:
    assert first(fruit, "بهای زعفران چطور است؟") == "بهای آن بالاست."
    assert first(fruit, "برداشت زعفران قائنات کی آغاز می‌شود؟") == "برداشت از مهر آغاز می‌شود."


def test_what_the_question_seeks_is_preferred(fruit: Retriever) -> None:
    assert first(fruit, "خرمای بم چند رقم دارد؟") == "در بم بیش از ۳۰ رقم خرما هست."
    assert first(fruit, "پسته چه سالی بیشتر صادر شد؟") == "صادرات پسته در سال ۱۴۰۲ بیشتر شد."


def test_a_question_that_matches_nothing_finds_nothing(fruit: Retriever) -> None:
    assert fruit.search("فضانورد چیست؟") == fruit.search("") == fruit.search("!!") == fruit.search("پسته", k=0) == []


def test_coverage_is_the_share_of_the_question_that_is_met(fruit: Retriever) -> None:
    assert fruit.search("خرمای بم")[0].coverage == 1.0
    assert 0 < fruit.search("خرمای بم و فضانورد")[0].coverage < 0.7


@pytest.mark.parametrize(
    "question", ["بهای زعفران سرخ قائنات", "صادرات پستهٔ کرمان چقدر است؟", "چند رقم خرما در بم هست؟"]
)
def test_hits_know_which_words_of_the_question_they_have(fruit: Retriever, question: str) -> None:
    asked, terms = fruit.read(question).terms, fruit.analyzer.terms
    for hit in fruit.search(question):
        told = [found & asked for found in hit.terms]
        assert told == [asked & {*terms(hit.sentence.text)}, asked & {*terms(hit.sentence.passage.text)}]


def test_hits_know_their_neighbours_in_the_passage(fruit: Retriever) -> None:
    hit = fruit.search("زعفران سرخ", 1)[0]
    assert hit.before is None
    assert hit.after is not None
    assert hit.after.text == "بهای آن بالاست."


@given(question=st.text(st.sampled_from("پستهخرمابزعفران ‌؟ی"), max_size=40), k=st.integers(0, 20))
@settings(max_examples=60)
def test_hits_are_ordered_exact_and_no_more_than_asked_for(fruit: Retriever, question: str, k: int) -> None:
    hits = fruit.search(question, k)
    assert len(hits) <= k
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert len({hit.sentence for hit in hits}) == len(hits)
    for hit in hits:
        assert hit.article.text[hit.sentence.start : hit.sentence.end] == hit.sentence.text
        assert 0 <= hit.coverage <= 1


def test_the_same_question_gives_the_same_hits(fruit: Retriever) -> None:
    assert fruit.search("پسته کرمان") == fruit.search("پستهٔ كرمان؟") == fruit.search(fruit.read("پسته کرمان"))


@pytest.mark.parametrize(
    ("question", "seeks"),
    [
        ("مدیر شرکت کیست؟", Seeks.PERSON),
        ("چه کسی آن را ساخت؟", Seeks.PERSON),
        ("چه‌کسی آن را ساخت؟", Seeks.PERSON),
        ("در چه سالی ساخته شد؟", Seeks.TIME),
        ("چند سال پیش ساخته شد؟", Seeks.TIME),
        ("چند سال طول کشید؟", Seeks.QUANTITY),
        ("چقدر می‌ارزد؟", Seeks.QUANTITY),
        ("در کدام شهر ساخته شد؟", Seeks.PLACE),
        ("کجاست؟", Seeks.PLACE),
        ("چرا ساخته شد؟", Seeks.REASON),
        ("به چه دلیلی ساخته شد؟", Seeks.REASON),
        ("چگونه ساخته شد؟", Seeks.MANNER),
        ("خشت چیست؟", Seeks.DEFINITION),
        ("کدام خشت ساخته شد؟", Seeks.ONE_OF),
        ("کدام خشت‌ها ساخته شد؟", Seeks.LIST),
        ("آیا ساخته شد؟", Seeks.ANYTHING),
    ],
)
def test_question_words_say_what_is_sought(fruit: Retriever, question: str, seeks: Seeks) -> None:
    assert fruit.read(question).seeks is seeks


@pytest.mark.parametrize(
    ("question", "enumerates", "selects"),
    [
        ("کدام خوشه‌ها رسیدند؟", True, False),
        ("کدام خوشه ها رسیدند؟", True, False),
        ("کدوم خوشهها رسیدن", True, False),
        ("چه خوشه‌هایی رسیدند؟", True, False),
        ("چه هوایی دارد", False, False),
        ("جاهای دیدنی کدام‌اند؟", True, False),
        ("خوشه ها چیا هستن", True, False),
        ("چیا رسیده", True, False),
        ("خوشه‌ها چیاست", True, False),
        ("کدام خوشه رسید؟", False, True),
        ("کدام استان رسید؟", False, True),
        ("خوشه چیست؟", False, False),
        ("در چه دوره‌ای ساخته شد؟", False, False),
        ("چه دوره‌هایی گذشت؟", True, False),
        ("چه دوره‌های تازه‌ای گذشت؟", True, False),
        ("چه مدارکی لازم است؟", True, False),
        ("کدوم مناطق برق ندارن", True, False),
    ],
)
def test_questions_for_several_things_are_told_from_those_for_one(
    fruit: Retriever, question: str, enumerates: bool, selects: bool
) -> None:
    asked = fruit.read(question)
    assert (asked.enumerates, asked.selects) == (enumerates, selects)


@pytest.mark.parametrize(
    ("spoken", "written"),
    [
        ("کدوم پسته رو میخرن", "کدام پسته را می‌خرند"),
        ("خرما چیه؟", "خرما چیست؟"),
        ("پسته‌ها کدومن؟", "پسته‌ها کدامند؟"),
    ],
)
def test_spoken_forms_ask_the_same(fruit: Retriever, spoken: str, written: str) -> None:
    asked, as_written = fruit.read(spoken), fruit.read(written)
    assert (asked.terms, asked.seeks) == (as_written.terms, as_written.seeks)


def test_a_synonym_steps_in_only_for_a_word_the_corpus_lacks(fruit: Retriever) -> None:
    assert "بها" in fruit.read("قیمت زعفران").terms
    assert "قیمت" not in fruit.read("بهای زعفران").terms


def test_a_follow_up_takes_the_topic_along_with_less_weight(fruit: Retriever) -> None:
    asked = fruit.read("بهای آن؟").following(fruit.read("زعفران قائنات چه رنگی است؟"))
    assert {"بها", "زعفران"} <= asked.terms
    assert asked.weights[0] > max(asked.weights[1:])
    assert [group.weight for group in asked.query] == [1.0, 0.3, 0.3, 0.3]


@pytest.mark.parametrize("door", ["retrieval", "retrieval.indexing", "retrieval.system", "retrieval.text"])
def test_the_public_names_are_those_there_are(door: str) -> None:
    module = import_module(door)
    assert sorted(module.__all__) == sorted(set(module.__all__))
    assert all(hasattr(module, name) for name in module.__all__)


def test_a_folder_is_a_corpus_too(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("انار ساوه نامدار است.", encoding="utf-8")
    retriever = Retriever.from_corpus(str(tmp_path), engine="rank-bm25")
    assert [hit.article.id for hit in retriever.search("انار معروف ساوه")] == ["a.txt"]


def test_a_mistyped_word_may_mean_one_that_came_since_it_was_last_asked(tmp_path: Path, data: Path) -> None:
    corpus, folder = tmp_path / "corpus", data_folder(tmp_path, data)
    corpus.mkdir()
    (corpus / "a.txt").write_text("انار ساوه نامدار است.", encoding="utf-8")
    retriever = Retriever.from_corpus(corpus, data=folder)
    assert retriever.search("گلاابی") == []
    (corpus / "b.txt").write_text("گلابی نطنز شیرین است.", encoding="utf-8")
    assert refresh_stored(corpus, retriever.engine, folder).changed
    assert [hit.article.id for hit in retriever.renewed().search("گلاابی")] == ["b.txt"]


def test_articles_are_found_by_all_that_they_say(fruit: Retriever) -> None:
    found = fruit.search_articles("برداشت زعفران قائنات و بهای آن")
    assert found[0].article.id == "saffron"
    assert found[0].coverage == pytest.approx(1.0)
    assert [hit.article.id for hit in fruit.search_articles("خرما")] == ["date"]
    assert fruit.search_articles("کشتی") == []
    assert fruit.search_articles("خرما", 0) == []
    assert fruit.search_articles("خرما", having=Form.ROW) == []


def test_tables_are_looked_for_where_an_article_of_the_topic_has_one(tmp_path: Path) -> None:
    table = "بهای خرما\n\n| رقم | بها |\n|---|---|\n| مضافتی | ۹۰ |\n| پیارم | ۲۰۰ |\n"
    (tmp_path / "prices.md").write_text(table, encoding="utf-8")
    (tmp_path / "walnut.txt").write_text("گردوی تویسرکان گران است.", encoding="utf-8")
    prices = Retriever.from_corpus(tmp_path)
    assert [hit.article.id for hit in prices.search_articles("خرما", having=Form.ROW)] == ["prices.md"]
    assert prices.search_articles("گردو", having=Form.ROW) == []


def test_the_best_hits_within_the_article_of_the_last_answer(fruit: Retriever) -> None:
    (near,) = fruit.search("صادرات پسته", 1)
    hits = fruit.search_beside(fruit.read("پسته و خرما"), near.number)
    assert {hit.article.id for hit in hits} == {"pistachio"}
    assert all(0 < hit.confidence < 1 for hit in hits)
    assert fruit.search_beside(fruit.read("از"), near.number) == []


def test_the_lines_of_an_article_are_its_sentences_in_order(fruit: Retriever) -> None:
    article = fruit.articles.get("saffron")
    assert article is not None
    lines = fruit.lines("saffron")
    assert [article.text[slice(*line.span)] for line in lines] == [
        "برداشت از مهر آغاز می‌شود.",
        "زعفران قائنات سرخ است.",
        "بهای آن بالاست.",
    ]
    assert [line.passage == lines[0].passage for line in lines] == [True, False, False]
    assert fruit.lines("nothing") == []
