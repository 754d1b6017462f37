"""Copies of one story in answers: found once, the newest version first, and no rivals of one another."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from retrieval import Retriever, default_data_folder
from retrieval.engines import ENGINES
from tests.conftest import data_folder
from tests.retrieval.indexing.test_copies import BUDGET, GOLD, SHORT, STORY, Row, row, written

OTHERS: list[Row] = [
    row("پل سفید تا دی‌ماه برای تعمیر بسته است و خودروها از پل نو می‌گذرند."),
    row("بیمارستان تازهٔ شهر با ۲۰۰ تخت به بهره‌برداری رسید."),
    row("شهرداری مهرکوه بودجهٔ فضای سبز را افزایش داد."),
]
STORY_QUESTION, SHORT_QUESTION = "بودجهٔ شهرداری چند میلیارد تومان است؟", "کتابخانهٔ مرکزی تیرازان چند جلد کتاب دارد؟"


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    if request.param == "tantivy":
        pytest.importorskip("tantivy")
    return str(request.param)


def retriever(folder: Path, rows: list[Row], engine: str = "rank-bm25") -> Retriever:
    return Retriever.from_corpus(
        written(folder / "corpus", rows), engine, data=data_folder(folder, default_data_folder())
    )


def test_copies_are_found_once_and_the_newest_version_first(tmp_path: Path, engine: str) -> None:
    rows = [
        row(f"به گزارش ایسنا، {STORY}", source="ایسنا", date="1404-08-12"),
        row(STORY, source="مهر", date="1404-08-12"),
        row(BUDGET.format(sum="۳۵۰"), source="ایسنا", date="1404-08-13"),
        row(f"{STORY}\n\nاین نشست در تالار آیینه بود.", source="فارس", date="1404-08-11"),
    ]
    found = retriever(tmp_path, [*OTHERS, *rows], engine)
    hits = found.search(STORY_QUESTION)
    quoted = [hit.article.text[slice(*hit.quotation)] for hit in hits]
    assert "۳۵۰ میلیارد" in quoted[0]
    assert not any("۳۰۰ میلیارد" in quotation for quotation in quoted)
    assert [copy.source for copy in hits[0].copies] == ["مهر", "ایسنا", "فارس"]
    (only_older, *_) = found.search("این نشست در کدام تالار بود؟")
    assert (only_older.article.source, only_older.copies) == ("فارس", ())


@pytest.mark.parametrize(("text", "question"), [(STORY, STORY_QUESTION), (SHORT, SHORT_QUESTION)])
def test_copies_do_not_make_an_answer_less_sure(tmp_path: Path, engine: str, text: str, question: str) -> None:
    others = [*OTHERS, *(row(f"خبر شمارهٔ {number} دربارهٔ کشاورزی و آب است.") for number in range(12))]
    (once, *_) = retriever(tmp_path / "once", [*others, row(text)], engine).search(question)
    (often, *_) = retriever(tmp_path / "often", [*others, *[row(text)] * 15], engine).search(question)
    assert often.article.text == once.article.text == text
    assert len(often.copies) == 14
    assert often.confidence >= once.confidence - 0.05


def test_copies_do_not_take_the_places_of_others(tmp_path: Path, engine: str) -> None:
    rows = [*[row(SHORT)] * 60, row("کتابخانهٔ مرکزی مهرکوه روزهای جمعه بسته است.")]
    hits = retriever(tmp_path, rows, engine).search("کتابخانهٔ مرکزی", 5)
    assert len(hits) == 2
    assert {hit.article.text for hit in hits} == {fields["text"] for fields in rows}


def test_a_time_that_is_asked_for_picks_its_own_version(tmp_path: Path, engine: str) -> None:
    rows = [row(STORY, date="1404-08-12"), row(BUDGET.format(sum="۳۵۰"), date="1404-09-15"), *OTHERS]
    found = retriever(tmp_path, rows, engine)
    for asked, figure in (("", "۳۵۰"), ("در ۱۵ آذر ", "۳۵۰"), ("در ۱۲ آبان ", "۳۰۰")):
        question = found.read(f"بودجهٔ شهرداری {asked}چند میلیارد تومان بود؟", datetime.date(2025, 12, 20))
        (hit, *_) = found.search(question)
        assert f"{figure} میلیارد" in hit.sentence.text, asked


def test_two_days_of_a_series_are_both_found(tmp_path: Path, engine: str) -> None:
    rows = [
        row(GOLD.format(gram="۷ میلیون و ۲۰۰", coin="۹۱"), date="1404-08-12"),
        row(GOLD.format(gram="۷ میلیون و ۳۵۰", coin="۹۳"), date="1404-08-13"),
        *OTHERS,
    ]
    hits = retriever(tmp_path, rows, engine).search("قیمت هر گرم طلا چند است؟")
    assert [hit.article.date for hit in hits[:2]] == [datetime.date(2025, 11, 4), datetime.date(2025, 11, 3)]
    assert not any(hit.copies for hit in hits)
