"""The contract of `ReadableStore`: tests that every store passes, over the same small corpus."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from retrieval import Analyzer, IndexStoreError
from retrieval.corpus.folder import Folder
from retrieval.index.documents import passage_documents, sentence_documents
from retrieval.index.passage_format import unpack
from retrieval.index.reader import IndexReader
from retrieval.index.unit_table import tabulate
from retrieval.indexing.opening import in_memory
from retrieval.indexing.spec import IndexSpec
from retrieval.text.stems import stem
from retrieval.types import Form

COPY = "شهردار تیرازان از تصویب بودجهٔ سال آیندهٔ شهرداری خبر داد. این بودجه ۳۰۰ میلیارد تومان است و ۱۵ درصد بیشتر شد."
ROWS = [
    {"id": "flood", "title": "سیل", "text": "سیل آمد. پل شکست.\n\nباران بند آمد.", "date": "2025-12-27"},
    {"id": "nuts", "title": "پسته", "text": "پسته در کرمان کاشته می‌شود. خرما در بم.", "source": "بهار"},
    {"id": "first", "title": "بودجهٔ شهرداری", "text": COPY, "date": "2025-11-01", "url": "https://a.example/1"},
    {"id": "copy", "title": "بودجهٔ شهرداری", "text": COPY, "date": "2025-11-02", "url": "https://b.example/2"},
]
TABLE = "# نرخ\n\n| شهر | نرخ |\n| --- | --- |\n| لار | ده تومان |\n| بم | نه تومان |\n"


def write(folder: Path) -> Path:
    """The corpus."""
    folder.mkdir()
    lines = [json.dumps(row, ensure_ascii=False) for row in ROWS]
    (folder / "rows.jsonl").write_text("\n".join([*lines, "{"]), encoding="utf-8")
    (folder / "table.md").write_text(TABLE, encoding="utf-8")
    return folder


class StoreContract:
    """They ask for a fixture `index` over the corpus that `write` writes, and for `plain`, the same in memory."""

    @pytest.fixture
    def plain(self, corpus: Path, analyzer: Analyzer) -> IndexReader:
        return in_memory(Folder(corpus), IndexSpec("rank-bm25", analyzer))

    def test_it_holds_the_same_passages(self, index: IndexReader, plain: IndexReader) -> None:
        for documents in (sentence_documents, passage_documents):
            assert [one.terms for one in documents(index.store)] == [one.terms for one in documents(plain.store)]
        found = list(index.store.all_passages())
        numbers = [number for number, *_ in found]
        assert numbers == sorted(numbers)
        assert [row[:4] for row in index.store.passages(numbers)] == found

    def test_any_sentence_leads_to_its_passage(self, index: IndexReader) -> None:
        for number, article, _, record in index.store.all_passages():
            size = int(tabulate([unpack(record)]).sizes[0])
            for sentence in range(number, number + size):
                assert [row[:2] for row in index.store.passages([sentence])] == [(number, article)]

    def test_numbers_and_names_of_units_agree(self, index: IndexReader) -> None:
        units = index.store.units
        names = units.names()
        for number, name in enumerate(names[1:], start=1):
            assert units.numbers([name, "ناگفته"]) == {name: number}
        shared = stem("باران")
        found = units.relatives([shared, "ناگفته"])
        assert names.index("باران") in found[shared]
        assert found["ناگفته"] == []
        assert set(names[1:]) <= set(units.vocabulary())

    def test_statistics_are_those_of_the_whole_collection(self, index: IndexReader, plain: IndexReader) -> None:
        for level in ("sentence_engine", "passage_engine"):
            engine, expected = getattr(index, level), getattr(plain, level)
            assert len(engine) == len(expected)
            for term in [*plain.store.units.names(), "ناگفته"]:
                assert engine.document_frequency(term) == expected.document_frequency(term)
                assert engine.idf(term) == expected.idf(term)

    def test_totals_and_problems(self, index: IndexReader, plain: IndexReader) -> None:
        assert index.totals == plain.totals
        assert list(map(str, index.problems)) == list(map(str, plain.problems)) != []

    def test_articles_in_the_order_of_the_corpus_and_by_day(self, index: IndexReader, plain: IndexReader) -> None:
        assert [one.id for one in index.articles] == [one.id for one in plain.articles]
        assert [one.text for one in index.articles] == [one.text for one in plain.articles]
        assert [one.id for one in index.articles[1:3]] == [one.id for one in plain.articles[1:3]]
        for start, count in ((0, 2), (1, 3), (4, 9), (9, 2)):
            expected = [one.id for one in plain.articles.latest(start, count)]
            assert [one.id for one in index.articles.latest(start, count)] == expected
        assert [one.id for one in index.store.of_days("2025-11-01", "2025-11-30", 9)] == ["copy", "first"]

    def test_articles_by_id_and_number(self, index: IndexReader) -> None:
        flood = index.articles.get("flood")
        assert flood is not None
        assert (flood.title, flood.date and flood.date.isoformat()) == ("سیل", "2025-12-27")
        assert index.articles.get("fire") is None
        owners = {article for _, article, *_ in index.store.all_passages()}
        index.store.expect(sorted(owners))
        assert {index.store.article(number).id for number in owners} == {one.id for one in index.articles}
        assert index.store.last_article == max(owners)
        with pytest.raises((IndexStoreError, IndexError)):
            index.store.article(10**6)

    def test_sentences_around_one_stay_in_its_article(self, index: IndexReader) -> None:
        numbers = index.store.sentence_numbers("flood")
        assert len(numbers) == 3
        assert index.store.around(numbers[1], 9, 9) == numbers
        assert index.store.around(numbers[1], 0, 1) == numbers[1:]
        assert index.store.sentence_numbers("fire") == range(0)

    def test_copies_and_their_story(self, index: IndexReader, plain: IndexReader) -> None:
        assert len(index.store.repeats()) == len(plain.store.repeats()) > 0
        older, newer = index.store.repeats()[0].tolist()
        assert [index.article(one).id for one in index.store.articles_with([older, newer])] == ["copy", "first"]
        assert index.store.story_of("first") == {"first", "copy"}
        assert index.store.story_of("nuts") == {"nuts"}

    def test_whether_an_article_has_a_table(self, index: IndexReader) -> None:
        firsts = {index.article(article).id: number for number, article, *_ in index.store.all_passages()}
        assert index.store.has_form([firsts["flood"], firsts["table.md"]], Form.ROW)
        assert not index.store.has_form([firsts["flood"], firsts["nuts"]], Form.ROW)

    def test_what_is_whole_is_checked_without_complaint(self, index: IndexReader) -> None:
        index.check()
