"""Copies of one story are joined, and the articles of a series are not, in whatever order they come and go."""

from __future__ import annotations

import itertools
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval import Analyzer
from retrieval.corpus.folder import Folder
from retrieval.index.reader import IndexReader
from retrieval.indexing.opening import in_memory
from retrieval.indexing.spec import IndexSpec
from tests.indexes import Opener, families, repeated, rows, same

BUDGET = (
    "شهردار تیرازان از تصویب بودجهٔ سال آیندهٔ شهرداری خبر داد. رضا نیک‌پور گفت بودجهٔ شهرداری {sum} میلیارد تومان است"
    " که ۱۵ درصد بیشتر از سال گذشته است. او افزود ۴۰ درصد این مبلغ برای نوسازی ناوگان اتوبوس هزینه می‌شود."
    "\n\nشورای شهر این بودجه را در نشست ۱۲ آبان با ۱۱ رأی موافق تصویب کرد."
)
STORY = BUDGET.format(sum="۳۰۰")
SHORT = "کتابخانهٔ مرکزی تیرازان با صد هزار جلد کتاب پس از سه سال بازسازی به روی مردم گشوده شد."
GOLD = (
    "هر گرم طلای ۱۸ عیار امروز در بازار تیرازان به {gram} هزار تومان رسید. سکهٔ تمام {coin} میلیون تومان معامله شد."
    " کارشناسان این نوسان را نتیجهٔ تغییر نرخ ارز می‌دانند و خرید و فروش آرام است."
)
WEATHER = (
    "فردا آسمان تیرازان صاف تا کمی ابری است. بیشینهٔ دما {high} و کمینهٔ آن {low} درجه پیش‌بینی می‌شود. شهروندان از"
    " سفرهای غیرضروری در ساعت ۲۴ تا ۶ بامداد خودداری کنند و زنجیر چرخ همراه داشته باشند."
)
MATCH = (
    "تیم فوتبال {home} در هفتهٔ نهم لیگ دستهٔ یک با نتیجهٔ {goals} بر ۱ تیم {guest} را شکست داد. این دیدار در ورزشگاه"
    " شهر برگزار شد و تماشاگران زیادی داشت. سرمربی {home} از تلاش بازیکنان خود تشکر کرد."
)
OFFICE = (
    "با حکم شهردار تیرازان، {name} به عنوان مدیر {place} شهرداری تیرازان منصوب شد. شهردار در این حکم بر استفاده از"
    " نیروهای جوان، پاسخ‌گویی به مردم، شفافیت در کارها و همکاری با شوراهای محله تأکید کرده است."
)
RATE = "بر پایهٔ اعلام سازمان میادین، قیمت هر کیلو {fruit} در میدان مرکزی تره‌بار تیرازان در روز {day} {price} تومان بود."

Row = dict[str, str]


def row(text: str, **fields: str) -> Row:
    """An article with a text."""
    return {"text": text, **fields}


COPIES: dict[str, tuple[Row, Row]] = {
    "the same text": (row(STORY), row(STORY)),
    "one sentence": (row(SHORT, date="1404-08-12"), row(SHORT, date="1404-08-13")),
    "the agency before it": (row(f"به گزارش ایسنا، {STORY}"), row(f"به گزارش خبرنگار مهر، {STORY}")),
    "another title": (row(STORY, title="بودجهٔ شهر تصویب شد"), row(STORY, title="شهردار تیرازان خبر داد")),
    "a paragraph more": (row(STORY), row(f"{STORY}\n\nاین نشست با حضور خبرنگاران در تالار شهر برگزار شد.")),
    "a corrected number": (row(STORY, date="1404-08-12"), row(BUDGET.format(sum="۳۵۰"), date="1404-08-13")),
    "the only number corrected on the same day": (
        row("شهرداری تیرازان ۳۰۰ تاکسی برقی را تا پایان سال به ناوگان شهر می‌افزاید.", date="1404-08-12"),
        row("شهرداری تیرازان ۳۵۰ تاکسی برقی را تا پایان سال به ناوگان شهر می‌افزاید.", date="1404-08-12"),
    ),
    "the only number corrected as it says": (
        row("شهرداری تیرازان ۳۰۰ تاکسی برقی را تا پایان سال به ناوگان شهر می‌افزاید.", date="1404-08-12"),
        row(
            "شهرداری تیرازان ۳۵۰ تاکسی برقی را تا پایان سال به ناوگان شهر می‌افزاید.", title="اصلاحیه", date="1404-08-14"
        ),
    ),
    "a word or two otherwise": (
        row(STORY),
        row(STORY.replace("گفت", "اظهار کرد").replace("هزینه می‌شود", "صرف خواهد شد")),
    ),
    "half-spaces and letters": (row(STORY), row(STORY.replace("\u200c", " ").replace("ی", "ي").replace("ک", "ك"))),
}
SERIES: dict[str, tuple[Row, Row]] = {
    "two days' prices": (
        row(GOLD.format(gram="۷ میلیون و ۲۰۰", coin="۹۱"), title="قیمت طلا و سکه", date="1404-08-12"),
        row(GOLD.format(gram="۷ میلیون و ۳۵۰", coin="۹۳"), title="قیمت طلا و سکه", date="1404-08-13"),
    ),
    "two days' prices without days": (
        row(GOLD.format(gram="۷ میلیون و ۲۰۰", coin="۹۱")),
        row(GOLD.format(gram="۷ میلیون و ۳۵۰", coin="۹۳")),
    ),
    "one price of two days": (
        row("بهای بلیت تک‌سفرهٔ مترو تیرازان ۴ هزار تومان اعلام شد.", date="1403-01-10"),
        row("بهای بلیت تک‌سفرهٔ مترو تیرازان ۶ هزار تومان اعلام شد.", date="1404-07-10"),
    ),
    "two days' weather": (
        row(WEATHER.format(high="۱۲", low="۳"), title="هوای تیرازان", date="1404-08-12"),
        row(WEATHER.format(high="۹", low="۱"), title="هوای تیرازان", date="1404-08-13"),
    ),
    "the weather of two cities": (
        row(WEATHER.format(high="۱۲", low="۳"), title="هوای تیرازان", date="1404-08-12"),
        row(WEATHER.format(high="۱۲", low="۳").replace("تیرازان", "مهرکوه"), title="هوای مهرکوه", date="1404-08-12"),
    ),
    "two matches": (
        row(MATCH.format(home="هراز", guest="نساجی", goals="۲"), title="هراز نساجی را شکست داد"),
        row(MATCH.format(home="سپیدرود", guest="ملوان", goals="۲"), title="سپیدرود ملوان را شکست داد"),
    ),
    "two matches of one team": (
        row(MATCH.format(home="هراز", guest="نساجی", goals="۲"), date="1404-08-12"),
        row(MATCH.format(home="هراز", guest="ملوان", goals="۳"), date="1404-08-19"),
    ),
    "the other way round": (
        row(MATCH.format(home="هراز", guest="نساجی", goals="۲"), date="1404-08-12"),
        row(MATCH.format(home="هراز", guest="نساجی", goals="۱").replace("بر ۱", "بر ۲"), date="1404-08-19"),
    ),
    "two appointments": (
        row(OFFICE.format(name="سودابه ناصری", place="آموزش"), title="انتصاب سودابه ناصری"),
        row(OFFICE.format(name="جلال امیدی", place="پارک‌های"), title="انتصاب جلال امیدی"),
    ),
    "two appointments without titles": (
        row(OFFICE.format(name="سودابه ناصری", place="آموزش")),
        row(OFFICE.format(name="جلال امیدی", place="پارک‌های")),
    ),
    "the same price on two dates": (
        row(RATE.format(fruit="سیب", day="۱۲ آبان ۱۴۰۴", price="۵۲ هزار")),
        row(RATE.format(fruit="سیب", day="۱۹ آبان ۱۴۰۴", price="۵۲ هزار")),
    ),
    "the same price on two days of the week": (
        row(RATE.format(fruit="سیب", day="شنبه", price="۵۲ هزار")),
        row(RATE.format(fruit="سیب", day="یکشنبه", price="۵۲ هزار")),
    ),
    "two things": (
        row(RATE.format(fruit="سیب", day="شنبه", price="۵۲ هزار"), title="قیمت سیب"),
        row(RATE.format(fruit="انار", day="شنبه", price="۵۲ هزار"), title="قیمت انار"),
    ),
    "a dispatch within the day's news": (row(SHORT), row(f"{SHORT}\n\n{STORY}\n\n{GOLD.format(gram='۷', coin='۹')}")),
    "nothing in common": (row(STORY), row(SHORT)),
    "hardly a word": (row("سلام."), row("سلام.")),
}


def written(folder: Path, rows: Sequence[Row]) -> Path:
    """A corpus with an article a file, each written a second after the one before."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, fields in enumerate(rows):
        write(folder, number, fields)
    return folder


def write(folder: Path, number: int, fields: Row) -> None:
    file = folder / f"{number}.jsonl"
    file.write_text(json.dumps({"id": str(number), **fields}, ensure_ascii=False), encoding="utf-8")
    os.utime(file, (1_700_000_000 + number, 1_700_000_000 + number))


def index_of(folder: Path, rows: Sequence[Row], analyzer: Analyzer) -> IndexReader:
    return in_memory(Folder(written(folder, rows)), IndexSpec("rank-bm25", analyzer))


@pytest.mark.parametrize("pair", COPIES.values(), ids=COPIES)
def test_copies_are_joined(pair: tuple[Row, Row], tmp_path: Path, analyzer: Analyzer) -> None:
    index = index_of(tmp_path, pair, analyzer)
    assert families(index) == {frozenset("01")}
    assert index.repeats


@pytest.mark.parametrize("pair", SERIES.values(), ids=SERIES)
def test_the_articles_of_a_series_stay_apart(pair: tuple[Row, Row], tmp_path: Path, analyzer: Analyzer) -> None:
    index = index_of(tmp_path, pair, analyzer)
    assert families(index) == set()
    assert repeated(index) == set()
    assert not index.repeats


def test_every_sentence_is_known_by_the_newest_version(tmp_path: Path, analyzer: Analyzer) -> None:
    corrected = f"{BUDGET.format(sum='۳۵۰')}"
    older = row(f"{STORY}\n\nاین نشست در تالار شهر بود.", date="1404-08-11")
    index = index_of(tmp_path, [row(corrected, date="1404-08-13"), row(STORY, date="1404-08-12"), older], analyzer)
    pairs = dict(repeated(index))
    sums = {name: newest for name, newest in pairs.items() if "۳۰۰" in name}
    assert len(pairs) == 8
    assert len(sums) == 2
    assert all(newest.startswith("0: ") and "۳۵۰" in newest for newest in sums.values())
    assert not any("تالار" in name for name in pairs), "what only the oldest has is found there"


def test_of_one_day_the_file_written_last_is_the_newest(tmp_path: Path, analyzer: Analyzer) -> None:
    corpus = written(tmp_path / "corpus", [row(STORY), row(BUDGET.format(sum="۳۵۰"))])
    opener = Opener(corpus, tmp_path / "data", analyzer)
    assert {newest[0] for _, newest in repeated(opener())} == {"1"}
    os.utime(corpus / "0.jsonl", (1_700_000_100, 1_700_000_100))
    index = opener()
    assert opener.analysed == 0
    assert {newest[0] for _, newest in repeated(index)} == {"0"}
    assert same(index, opener.fresh())


POOL: list[Row] = [
    row(STORY, date="1404-08-12"),
    row(f"به گزارش ایسنا، {STORY}", date="1404-08-12"),
    row(BUDGET.format(sum="۳۵۰"), date="1404-08-13"),
    row(f"{STORY}\n\n{SHORT}"),
    row(SHORT),
    row(SHORT, date="1404-08-12"),
    row(GOLD.format(gram="۷ میلیون و ۲۰۰", coin="۹۱"), date="1404-08-12"),
    row(GOLD.format(gram="۷ میلیون و ۳۵۰", coin="۹۳"), date="1404-08-13"),
]


@settings(max_examples=25)
@given(st.lists(st.sets(st.integers(0, len(POOL) - 1), min_size=1), min_size=1, max_size=4))
def test_what_is_joined_depends_on_what_is_there_alone(
    tmp_path_factory: pytest.TempPathFactory, analyzer: Analyzer, states: list[set[int]]
) -> None:
    """The corpus goes from state to state, each some articles of the pool; it is the same as if built at once."""
    folder = tmp_path_factory.mktemp("copies")
    opener = Opener(folder / "corpus", folder / "data", analyzer)
    opener.corpus.mkdir()
    for there in states:
        for file in opener.corpus.iterdir():
            file.unlink()
        for number in there:
            write(opener.corpus, number, POOL[number])
        assert same(opener(), opener.fresh())


def test_the_order_in_which_articles_come_does_not_matter(tmp_path: Path, analyzer: Analyzer) -> None:
    joined = set()
    for place, order in enumerate(itertools.permutations(range(4))):
        opener = Opener(tmp_path / f"corpus{place}", tmp_path / f"data{place}", analyzer)
        opener.corpus.mkdir()
        for number in order:
            write(opener.corpus, number, POOL[number])
            opener.refresh()
        index = opener()
        joined.add((frozenset(families(index)), frozenset(repeated(index))))
    assert len(joined) == 1
    assert joined.pop()[0] == {frozenset("0123")}


def test_what_is_added_and_removed_leaves_nothing(tmp_path: Path, analyzer: Analyzer) -> None:
    corpus = written(tmp_path / "corpus", [POOL[4], POOL[6]])
    opener = Opener(corpus, tmp_path / "data", analyzer)
    before = tables(opener())
    written(corpus, [POOL[4], POOL[6], *POOL[:4], POOL[5]])
    assert tables(opener()) != before
    for file in corpus.iterdir():
        if file.name not in {"0.jsonl", "1.jsonl"}:
            file.unlink()
    assert tables(opener()) == before


def tables(index: IndexReader) -> list[Any]:
    """All that the store has of copies."""
    return [rows(index, f"SELECT * FROM {table} ORDER BY 1") for table in ("sketch", "family", "repeat")]


def test_a_long_series_with_copies_in_it_is_told_apart(tmp_path: Path, analyzer: Analyzer) -> None:
    """A hundred days of one report, each by two outlets."""
    days = [
        row(WEATHER.format(high=str(10 + day), low=str(200 - day)), date=f"2025-{1 + day // 28:02}-{1 + day % 28:02}")
        for day in range(100)
    ]
    index = index_of(tmp_path, [{**day, "source": outlet} for day in days for outlet in ("الف", "ب")], analyzer)
    assert families(index) == {frozenset((str(2 * day), str(2 * day + 1))) for day in range(100)}


TITLE = "بودجهٔ تیرازان"
REWRITTEN = "سخنگوی شهرداری خبر پیشین را نادرست خواند. او گفت شورا هنوز رأیی نداده است و کار بررسی ادامه دارد."


def addressed(text: str, url: str, **fields: str) -> Row:
    return row(text, url=url, **{"title": TITLE, **fields})


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/news/خبر-۱",
        "http://www.example.org/news/%D8%AE%D8%A8%D8%B1-%DB%B1/?utm_source=rss#top",
    ],
)
def test_of_one_address_the_newer_article_counts(url: str, tmp_path: Path, analyzer: Analyzer) -> None:
    older = addressed(STORY, "https://example.org/news/خبر-۱", date="1404-08-12")
    newer = addressed(REWRITTEN, url, date="1404-08-13", title=f"{TITLE}؛ اصلاحیه")
    outlet = row(f"به گزارش ایسنا، {STORY}", date="1404-08-12", title=TITLE, url="https://example.com/1")
    index = index_of(tmp_path, [newer, older], analyzer)
    assert families(index) == {frozenset("01")}
    pairs = dict(repeated(index))
    assert len(pairs) == 4
    assert all(name.startswith("1: ") and newest.startswith("0: ") for name, newest in pairs.items())
    assert all(index.copies_of(number) == () for number in range(6))

    with_outlet = index_of(tmp_path, [newer, older, outlet], analyzer)
    told = [name for name, _ in repeated(with_outlet)]
    assert sorted(name[0] for name in told) == ["1"] * 4, "what another outlet still says is not withdrawn"


def test_an_article_at_the_address_of_a_newer_one_is_back_when_that_goes(tmp_path: Path, analyzer: Analyzer) -> None:
    rows = [addressed(STORY, "https://example.org/1"), addressed(REWRITTEN, "https://example.org/1")]
    opener = Opener(written(tmp_path / "corpus", rows), tmp_path / "data", analyzer)
    assert {newest[0] for _, newest in repeated(opener())} == {"1"}
    (opener.corpus / "1.jsonl").unlink()
    index = opener()
    assert repeated(index) == set()
    assert same(index, opener.fresh())


@pytest.mark.parametrize(
    ("url", "title", "other"),
    [
        ("https://example.org/", TITLE, TITLE),
        ("", TITLE, TITLE),
        ("https://[::1", TITLE, TITLE),
        ("https://example.org/list", "انتصاب سودابه ناصری", "انتصاب جلال امیدی"),
        ("https://example.org/list", "", ""),
    ],
)
def test_articles_that_name_a_site_or_a_list_stay_apart(
    url: str, title: str, other: str, tmp_path: Path, analyzer: Analyzer
) -> None:
    rows = [
        addressed(OFFICE.format(name="سودابه ناصری", place="آموزش"), url, title=title),
        addressed(OFFICE.format(name="جلال امیدی", place="پارک‌های"), url, title=other),
    ]
    assert families(index_of(tmp_path, rows, analyzer)) == set()
