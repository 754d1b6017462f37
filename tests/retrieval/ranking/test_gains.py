"""Sentences that say what is asked go before others that only have its words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from retrieval import Form, Retriever, answer_probability
from retrieval.ranking.gains import GAINS
from retrieval.ranking.rank import SAID_AND_TIME
from tests.conftest import ROOT


def _over(folder: Path, *articles: dict[str, str]) -> Retriever:
    """A retriever over some articles."""
    rows = [{"id": str(place), **article} for place, article in enumerate(articles)]
    text = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    (folder / "articles.jsonl").write_text(text, encoding="utf-8")
    return Retriever.from_corpus(folder)


def _best(retriever: Retriever, question: str) -> str:
    """The sentence that is found first."""
    return retriever.search(retriever.read(question), 1)[0].sentence.text


def test_the_documentation_has_the_table_of_gains() -> None:
    rows = [
        "| gain | where the question asks for | a sentence gains | at most | confidence |",
        "|---|---|---|---:|---|",
    ]
    for gain in GAINS:
        raises = f"{'raises' if gain.log_odds > 0 else 'lowers'} it" if gain.makes_surer else ""
        lowers = f"others keep {gain.trust_in_others:.0%}" if gain.trust_in_others < 1 else ""
        rows.append(f"| `{gain.name}` | {gain.asked} | {gain.says} | {gain.log_odds} | {raises}{lowers} |")
    expected = "\n".join(rows)
    assert expected in (ROOT / "docs" / "ranking.md").read_text(encoding="utf-8"), f"write there:\n{expected}"


OBITUARY = (
    "بهرام کوهیار، نوازنده سنتور، بامداد سوم دی ۱۴۰۴ در بیمارستان مهر چشم از جهان فروبست. "
    "کوهیار پنجم اسفند ۱۳۲۲ در روستای سرخاب زاده شد. او سه کتاب نوشت."
)


@pytest.fixture(scope="module")
def obituary(tmp_path_factory: pytest.TempPathFactory) -> Retriever:
    return _over(tmp_path_factory.mktemp("obituary"), {"title": "بهرام کوهیار درگذشت", "text": OBITUARY})


@pytest.mark.parametrize(
    ("question", "day"),
    [("کوهیار کی فوت کرد", "سوم دی"), ("کوهیار کی به دنیا اومد", "پنجم اسفند"), ("کوهیار از چی مرد", "سوم دی")],
)
def test_birth_and_death_are_told_apart(obituary: Retriever, question: str, day: str) -> None:
    assert day in _best(obituary, question)


RULES = """ماده ۱- «امانت‌دار» کسی است که کارت عضویت گرفته باشد.

ماده ۲- هر امانت‌دار می‌تواند چهار کتاب ببرد.

«ودیعه»: پولی که هنگام عضویت گرفته می‌شود و پس داده می‌شود.

ودیعه برای هر امانت‌دار ۷۰ هزار تومان است.
"""
REVIEW = (
    "صدای زیاد بزرگ‌ترین عیب دستگاه است. نمره ما به تندباد ۴ هفت از ده است. "
    "تندباد ۴ تازه‌ترین پنکه شرکت باران است که سه هفته آن را آزمودیم. بهای تندباد ۴ نه میلیون تومان است."
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Retriever:
    return _over(
        tmp_path_factory.mktemp("library"),
        {"title": "آیین‌نامه کتابخانه سروستان", "text": RULES},
        {"title": "بررسی پنکه تندباد ۴", "text": REVIEW},
    )


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("منظور از امانت‌دار در آیین‌نامه کتابخانه چیست", "کارت عضویت"),
        ("امانت دار تو آیین نامه کتابخونه یعنی چه", "کارت عضویت"),
        ("تعریف ودیعه در آیین‌نامه کتابخانه سروستان", "پولی که"),
        ("تندباد ۴ چیه", "تازه‌ترین پنکه"),
    ],
)
def test_what_is_asked_for_is_defined(library: Retriever, question: str, said: str) -> None:
    assert said in _best(library, question)


def test_who_asks_for_something_else_is_not_given_a_definition(library: Retriever) -> None:
    assert "۷۰ هزار" in _best(library, "ودیعه کتابخانه سروستان چقدر است")


def test_a_mention_does_not_tell_what_a_word_means(library: Retriever) -> None:
    told, mentioned = (
        answer_probability(library.search(library.read(f"منظور از {word} در آیین‌نامه کتابخانه سروستان"), 3))
        for word in ("ودیعه", "کتاب")
    )
    assert told > 2 * mentioned


TERMS = """# فرهنگ سفالگری

## لعاب
پوششی شیشه‌ای که پیش از پخت دوم بر سفال می‌نشیند. لعاب در دمای بالا ذوب می‌شود.

## چرخ
دو صفحهٔ گرد بر یک محور، که گل را میان دست‌ها می‌چرخاند.
"""


def test_a_word_is_defined_in_quotation_marks_wherever_these_stand(tmp_path: Path) -> None:
    text = (
        "ماده ۱- در این مقررات، «نشست فوق‌العاده» به جلسه‌ای گفته می‌شود که خارج از نوبت باشد.\n\n"
        "ماده ۲- هزینهٔ نشست فوق‌العاده ۳ میلیون تومان است.\n\nماده ۳- نشست فوق‌العاده با پنج عضو رسمی است."
    )
    retriever = _over(tmp_path, {"title": "مقررات انجمن", "text": text})
    assert "خارج از نوبت" in _best(retriever, "نشست فوق العاده یعنی چی")


def test_the_first_sentence_below_a_word_tells_what_it_means(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(TERMS, encoding="utf-8")
    assert "پوششی" in _best(Retriever.from_corpus(tmp_path), "لعاب یعنی چه")


LAMP = """---
title: چراغ مطالعهٔ شبتاب ۴
---
شرکت روشنان چراغ مطالعهٔ شبتاب ۴ را به بازار داد. ویژگی‌های آن:

* توان: ۹ وات
* وزن: ۷۰۰ گرم
* رنگ: سفید و مشکی
* بها: ۸۵۰ هزار تومان

مدل پیشین، شبتاب ۳، توان ۱۲ وات و بهای ۶۰۰ هزار تومان داشت و دیگر ساخته نمی‌شود.
"""


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Retriever:
    folder: Path = tmp_path_factory.mktemp("shop")
    (folder / "lamp.md").write_text(LAMP, encoding="utf-8")
    return Retriever.from_corpus(folder)


@pytest.mark.parametrize(
    ("question", "entry"),
    [
        ("توان چراغ مطالعه", "توان: ۹ وات"),
        ("بهای چراغ مطالعه چند است", "بها: ۸۵۰ هزار تومان"),
        ("رنگ چراغ شبتاب ۴ چیست؟", "رنگ: سفید و مشکی"),
    ],
)
def test_the_entry_whose_label_is_asked_for_goes_first(shop: Retriever, question: str, entry: str) -> None:
    hit = shop.search(shop.read(question), 1)[0]
    assert (hit.form, hit.sentence.text) == (Form.PAIR, entry)


def test_what_only_a_sentence_tells_is_told_by_it(shop: Retriever) -> None:
    hit = shop.search(shop.read("چه شرکتی چراغ مطالعه شبتاب ۴ را به بازار داد"), 1)[0]
    assert hit.form is not Form.PAIR
    assert "شرکت روشنان" in hit.sentence.text


RECIPE = """# نان خرمایی سروستان

نان خرمایی سروستان شیرینی خشکی است که با آرد و خرما درست می‌شود و در عید به مهمان می‌دهند.

## مواد لازم

1. آرد گندم، سه پیمانه
2. خرمای نرم، یک پیمانه

## روش پخت

1. خرما را با روغن پنج دقیقه تفت دهید.
2. آرد را الک کنید و آرام بیفزایید.
3. مایه را در سینی بریزید و بیست دقیقه بپزید.

نان خرمایی در ظرف دربسته ده روز تازه می‌ماند. هر نان خرمایی سروستان نزدیک صد کیلوکالری دارد.
"""


@pytest.fixture(scope="module")
def kitchen(tmp_path_factory: pytest.TempPathFactory) -> Retriever:
    folder: Path = tmp_path_factory.mktemp("kitchen")
    (folder / "bread.md").write_text(RECIPE, encoding="utf-8")
    return Retriever.from_corpus(folder)


@pytest.mark.parametrize("question", ["طرز تهیه نان خرمایی سروستان", "نون خرمایی سروستان چجوری درست میشه"])
def test_how_is_answered_by_the_steps(kitchen: Retriever, question: str) -> None:
    hit = kitchen.search(kitchen.read(question), 1)[0]
    assert hit.form is Form.ITEM
    assert "روش پخت" in hit.article.text[slice(*hit.context[-1])]


def test_how_long_is_not(kitchen: Retriever) -> None:
    assert "ده روز" in _best(kitchen, "نان خرمایی چند روز تازه می‌ماند")


COUNTY = {
    "2024-05-02": (
        "بهروز کاجی، فرماندار سروستان، در نشست خبری از ساخت جاده خبر داد. به گفته فرماندار سروستان، راه بهار باز می‌شود."
    ),
    "2025-09-10": "با حکم استاندار، نسرین افرا به عنوان فرماندار سروستان منصوب شد. افرا پیش از این بخشدار کوهپایه بود.",
}


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Retriever:
    articles = [{"title": "", "date": day, "text": text} for day, text in COUNTY.items()]
    return _over(tmp_path_factory.mktemp("county"), *articles)


@pytest.mark.parametrize("question", ["فرماندار سروستان کیست؟", "فرماندار سروستان کیه", "الان کی فرماندار سروستانه"])
def test_the_one_who_took_the_post_last_holds_it(county: Retriever, question: str) -> None:
    assert "افرا" in _best(county, question)


def test_what_a_holder_said_is_no_question_for_the_holder(county: Retriever) -> None:
    assert "جاده" in _best(county, "فرماندار سروستان از چه خبر داد")


GARDENER = (
    "پروین کوه‌گرد، ۴۷ ساله، بیست سال است که در سروستان باغ‌داری می‌کند. پروین در دو باغ کار می‌کند. "
    "او تا امروز ۱۴۰ نهال گردو کاشته است. کوه‌گرد سه شاگرد هم دارد."
)


@pytest.fixture(scope="module")
def gardener(tmp_path_factory: pytest.TempPathFactory) -> Retriever:
    title = "گفت‌وگو با پروین کوه‌گرد، باغ‌دار نمونه"
    return _over(tmp_path_factory.mktemp("gardener"), {"title": title, "text": GARDENER})


@pytest.mark.parametrize(
    ("question", "counted"),
    [
        ("پروین کوه‌گرد چند تا نهال کاشته", "۱۴۰ نهال"),
        ("کوه گرد چندتا شاگرد داره", "سه شاگرد"),
        ("پروین کوه‌گرد چند ساله است", "۴۷ ساله"),
    ],
)
def test_what_is_asked_for_is_counted(gardener: Retriever, question: str, counted: str) -> None:
    assert counted in _best(gardener, question)


def test_only_who_counts_it_gains(gardener: Retriever) -> None:
    hits = gardener.search(gardener.read("پروین کوه‌گرد چند تا نهال کاشته"), 4, explain=True)
    assert [hit.shares[SAID_AND_TIME] > 0 for hit in hits] == ["۱۴۰ نهال" in hit.sentence.text for hit in hits]


LEAD = "شهرداری از آغاز ساخت بوستان نیلوفر در کرانهٔ رود خبر داد."
COST = "شهردار، مریم دریایی، هزینهٔ ساخت بوستان را ۸۵ میلیارد تومان اعلام کرد."


def _cost(folder: Path, between: int) -> tuple[str, float]:
    """The first hit for the cost, some passages below the lead that names of what: its text and its confidence."""
    folder.mkdir()
    above = [LEAD, *(f"کارگاه شمارهٔ {number} آماده است." for number in range(between))]
    town = _over(folder, {"title": "خبر کوتاه", "text": "\n\n".join([*above, COST])})
    hit = town.search(town.read("هزینه بوستان نیلوفر چقدر است"), 1)[0]
    return hit.sentence.text, hit.confidence


def test_a_subject_is_named_by_a_passage_above_that_is_not_far(tmp_path: Path) -> None:
    near, sure = _cost(tmp_path / "near", 0)
    assert near == COST
    assert sure > 0.3
    far, less_sure = _cost(tmp_path / "far", 14)
    assert far != COST or less_sure < sure


@pytest.mark.parametrize(
    ("question", "told"), [("چراغ سوسو چنده", "تومان"), ("چراغ سوسو چقدر میشه", "تومان"), ("چراغ سوسو کجاست", "خیابان")]
)
def test_a_question_word_alone_asks_for_a_price_or_a_street(tmp_path: Path, question: str, told: str) -> None:
    text = (
        "چراغ سوسو تازه‌ترین ساخته شرکت فانوس است.\n\nآن را از دی‌ماه با ۲۴۰ هزار تومان می‌فروشند. "
        "سه رنگ دارد.\n\nنمونه‌ای از آن در خیابان بلوط، پلاک ۹ به نمایش گذاشته شده است."
    )
    retriever = _over(tmp_path, {"title": "چراغ سوسو", "text": text})
    assert told in _best(retriever, question)


CLINIC = """# بیمارستان سپیدار

نام بیمارستان: سپیدار
شماره پروانه: ۳۱۲/ب/۹
تلفن: ۰۶۱-۵۵۰۸۱۲۳
ایمیل: info@sepidar.example
"""


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("شماره تماس بیمارستان سپیدار", "۰۶۱-۵۵۰۸۱۲۳"),
        ("بیمارستان سپیدار تلفنش چنده", "۰۶۱-۵۵۰۸۱۲۳"),
        ("ایمیل بیمارستان سپیدار چیه", "@"),
    ],
)
def test_a_value_has_its_form(tmp_path: Path, question: str, told: str) -> None:
    (tmp_path / "a.md").write_text(CLINIC, encoding="utf-8")
    assert told in _best(Retriever.from_corpus(tmp_path), question)


def test_without_a_value_of_its_form_nothing_is_sure(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(CLINIC, encoding="utf-8")
    retriever = Retriever.from_corpus(tmp_path)
    mail, web = (retriever.search(f"{asked} بیمارستان سپیدار", 1)[0] for asked in ("ایمیل", "سایت"))
    assert mail.confidence > 5 * web.confidence


@pytest.mark.parametrize("question", ["مدیر موزه سرو کیه", "مدیر موزه سرو اسمش چیه"])
def test_the_holder_of_a_post_is_named_beside_it(tmp_path: Path, question: str) -> None:
    text = (
        "با نظر مدیر موزه سرو، سهیل کوشا راهنمای تالار سفال شد. سودابه نیکو، مدیر موزه سرو، از او خواست زود آغاز کند. "
        "موزه سرو پنج تالار دارد."
    )
    assert "سودابه نیکو" in _best(_over(tmp_path, {"title": "", "text": text, "source": "خبر"}), question)


def test_works_are_told_by_their_names(tmp_path: Path) -> None:
    text = (
        "ناهید صنوبری، نویسندهٔ کتاب‌های کودکان، در ۱۳۲۰ در سروستان زاده شد. "
        "از صنوبری کتاب‌های «ابر و آینه»، «باغ شیشه» و «کلاغ سپید» مانده است. او جایزهٔ کتاب سال را نپذیرفت."
    )
    retriever = _over(tmp_path, {"title": "زندگی ناهید صنوبری", "text": text})
    for question in ("ناهید صنوبری چه کتابایی نوشته", "کتاب‌های ناهید صنوبری چیا هستن"):
        (hit, *_) = (one for one in retriever.search(question, 3, explain=True) if "باغ شیشه" in one.sentence.text)
        assert hit.shares["what is said, and time"] > 2


PRICES = """# تعرفهٔ خیاطی نخل

قیمت‌ها به هزار تومان است.

| کار | زمان | مردانه |
|---|---|---|
| کوتاه‌کردن شلوار | یک روز | ۶۰ |
| تعویض آستر | سه روز | ۲۱۰ |
"""


def test_the_unit_of_a_table_stands_anywhere_in_its_article(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(PRICES, encoding="utf-8")
    (hit,) = Retriever.from_corpus(tmp_path).search("تعویض آستر خیاطی نخل چنده", 1, explain=True)
    assert "۲۱۰" in hit.sentence.text
    assert hit.shares["what is said, and time"] > 0


LIVES = (
    {
        "title": "زندگی‌نامه سهراب تاکستانی",
        "text": "سهراب تاکستانی شاعر نامدار در ۱۲ مهر ۱۳۱۹ در پونه‌زار به دنیا آمد.\n\n"
        "او در ۹ آذر ۱۳۹۵ در بیمارستان مهر از دنیا رفت و به خاک سپرده شد.",
    },
    {
        "title": "مهین برفابی درگذشت",
        "text": "مهین برفابی، نقاش پیشکسوت، شامگاه پنجشنبه در ۸۱ سالگی از دنیا رفت.\n\n"
        "برفابی در سال ۱۳۲۳ در روستای گلزار به دنیا آمده بود.",
    },
)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("سهراب تاکستانی کی از دنیا رفت", "۹ آذر"),
        ("تاکستانی کی فوت کرد", "۹ آذر"),
        ("سهراب تاکستانی کی به دنیا اومد", "۱۲ مهر"),
        ("برفابی کجا به دنیا آمد", "گلزار"),
        ("برفابی کی مرد", "پنجشنبه"),
    ],
)
def test_a_noun_tells_what_happened_with_its_verb_alone(tmp_path: Path, question: str, told: str) -> None:
    assert told in _best(_over(tmp_path, *LIVES), question)
