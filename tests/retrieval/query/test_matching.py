"""A question's words meet the articles' whatever their spelling, speech or language; and no text is too strange."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval import CorpusError, Question, Retriever, Seeks
from retrieval.query import synonyms
from retrieval.query.corrections import MIN_WORD_LETTERS, Corrector
from retrieval.query.english import glossary, look_up
from retrieval.query.finglish import readings
from retrieval.query.near_words import MAX_WORD_LETTERS
from retrieval.query.slips import ADDED_COST, LETTERS
from retrieval.text import bare
from retrieval.text.function_words import SPOKEN_WORDS
from retrieval.text.word_tables import read, rows
from tests.conftest import data_folder

TEXTS = [
    "شنگرف‌پویان کارخانهٔ سیمان شیراز را در سه مرحله ساخت.",
    "محمد علی جمشیدی در نشست شهرداری از هنرمندان قدردانی کرد.",
    "پزشکان بیمارستان بهار با نرم‌افزار OpenMRS کار می‌کنند.",
    "خوشه‌های صنعتی به مرحلهٔ توسعه‌یافتگی رسیده‌اند.",
    "مدیرعامل شرکت فولاد مبارکه عباس برنهاد است.",
]


def over(folder: Path, texts: list[str], synonyms: str | None = None) -> Retriever:
    folder.mkdir(exist_ok=True)
    rows = [{"id": str(number), "title": "", "text": text} for number, text in enumerate(texts)]
    lines = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    (folder / "articles.jsonl").write_text(lines, encoding="utf-8")
    if synonyms is not None:
        (folder / "synonyms.txt").write_text(synonyms, encoding="utf-8")
    return Retriever.from_corpus(folder)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Retriever:
    return over(tmp_path_factory.mktemp("office"), TEXTS)


@pytest.fixture(scope="module")
def corrector(office: Retriever) -> Corrector:
    return Corrector(office.index, office.analyzer.lexicon)


def asked(question: Question) -> tuple[object, ...]:
    """What a question asks, whatever it was typed as: terms that occur, kind, noun."""
    return question.seeks, question.enumerates, question.head, question.terms


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("شیرازز", "شیراز"),
        ("شیراذ", "شیراز"),
        ("شیرا", "شیراز"),
        ("شریاز", "شیراز"),
        ("فولاذ", "فولاد"),
        ("کارخامه", "کارخانه"),
        ("هنرمندنا", "هنرمند"),
        ("بیمارستتلن", "بیمارستان"),
        ("خوشهاهی", "خوشه"),
        ("توسعهیافگتی", "توسعه"),
        ("توسعه‌یافگتی", "یافت"),
    ],
)
def test_a_word_that_the_articles_lack_is_corrected(office: Retriever, typed: str, meant: str) -> None:
    assert meant in office.read(f"{typed} چیست؟").terms


def test_a_dictionary_word_is_doubted_and_a_word_of_the_articles_left_alone(office: Retriever) -> None:
    (group,) = office.read("سیما").query
    assert group.terms == ("سیما",)
    assert "سیمان" in group.substitutes
    (group,) = office.read("سیمان").query
    assert (group.terms, group.substitutes) == (("سیمان",), ())


@pytest.mark.parametrize("typed", ["کداام خوشه‌ها رسیدند؟", "کدوام خوشه‌ها رسیدند؟"])
def test_a_mistyped_question_word_still_asks(office: Retriever, typed: str) -> None:
    assert asked(office.read(typed)) == asked(office.read("کدام خوشه‌ها رسیدند؟"))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("ظول", "طول"), ("ادرش", "آدرس"), ("قیمث", "قیمت"), ("علث", "علت")],
)
def test_a_word_of_the_tables_is_meant_though_the_articles_lack_it(tmp_path: Path, typed: str, meant: str) -> None:
    bridge = over(tmp_path, ["پل ۳۴۰ متری با ۲۱ میلیارد تومان ساخته شد.", "نشانی: میدان نو.", "بهای نان بالاست."])
    assert bare(meant) in bridge.read(f"{typed} پل").terms


def test_a_word_of_the_tables_is_left_as_it_is(tmp_path: Path) -> None:
    school = over(tmp_path, ["نشانی مدرسه میدان نو است و درس ساعت ۸ آغاز می‌شود."])
    assert "درس" not in school.read("آدرس مدرسه").terms


def test_a_name_is_not_turned_into_another(tmp_path: Path) -> None:
    office = over(tmp_path, ["محمد مهرداد شهردار است."])
    behind_name = office.read("محمد مهرداران کیست").query[1]
    assert "مهرداد" not in behind_name.terms


@pytest.mark.parametrize(
    ("spoken", "stem"),
    [
        ("کارخونه‌شونو", "کارخانه"),
        ("پزشکاشون", "پزشک"),
        ("پزشکامونو", "پزشک"),
        ("پزشکایی", "پزشک"),
        ("پزشکارو", "پزشک"),
        ("نشستو", "نشست"),
        ("نشستشو", "نشست"),
        ("مرحلشو", "مرحله"),
        ("کارخونمونو", "کارخانه"),
        ("سیمانیو", "سیمان"),
        ("شیرازن", "شیراز"),
        ("خوبه", "خوب"),
    ],
)
def test_what_speech_joins_to_a_word_is_taken_off(office: Retriever, spoken: str, stem: str) -> None:
    assert stem in office.read(f"{spoken} چی شد").terms


def test_of_several_stems_that_is_taken_of_which_the_articles_speak_more(tmp_path: Path) -> None:
    books = over(tmp_path / "books", ["شمار کتاب‌ها بیشتر شد.", "شمار خواننده‌ها کم شد.", "شماره تلفن عوض شد."])
    phones = over(tmp_path / "phones", ["شمار کتاب‌ها بیشتر شد.", "شماره تلفن عوض شد.", "شماره دفتر عوض شد."])
    assert "شمار" in books.read("شمارشو میخوام").terms
    assert "شماره" in phones.read("شمارشو میخوام").terms


@pytest.mark.parametrize(("typed", "stem"), [("پلشونو", "پل"), ("پلمو", "پل")])
def test_a_word_of_two_letters_may_be_somebodys(tmp_path: Path, typed: str, stem: str) -> None:
    assert stem in over(tmp_path, ["پل نو باز شد."]).read(f"{typed} بستن").terms


def test_a_word_may_be_both_spoken_and_mistyped(tmp_path: Path) -> None:
    hotel = over(tmp_path, ["مهمان‌سرای شهر باز شد.", "بیمارستان شهر بسته شد."])
    assert "بیمارستان" in hotel.read("بیمارسنتون کجاست").terms


@given(data=st.data())
@settings(max_examples=150)
def test_a_corrected_word_is_one_of_the_articles_within_the_distance(
    office: Retriever, corrector: Corrector, data: st.DataObject
) -> None:
    term = data.draw(
        st.sampled_from([term for term in office.index.vocabulary if len(term) > 3 and office.index.knows(term)])
    )
    place = data.draw(st.integers(0, len(term) - 1))
    letter = data.draw(st.sampled_from(LETTERS))
    kinds = [term[:place] + term[place + 1 :], term[:place] + letter + term[place:]]
    typed = data.draw(st.sampled_from([*kinds, term[:place] + letter + term[place + 1 :]]))
    found = corrector.corrections(typed)
    for correction in found:
        assert all(map(office.index.knows, correction.terms))
        assert correction.cost <= 2 * ADDED_COST
    if typed != term and set(term) <= set(LETTERS) and len(typed) >= MIN_WORD_LETTERS and len(found) < 6:
        assert any(term in correction.terms or not correction.terms for correction in found)


@pytest.mark.parametrize("size", [MIN_WORD_LETTERS - 1, MAX_WORD_LETTERS + 1, 2_000])
def test_what_is_no_word_is_not_corrected(corrector: Corrector, size: int) -> None:
    assert corrector.corrections("ا" * size) == []


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("شنگرف پویان چه ساخت؟", 0),
        ("شنگرفپویان چه ساخت؟", 0),
        ("شنگرف‌پویان چه ساخت؟", 0),
        ("محمدعلی جمشیدی کیست؟", 1),
        ("محمد علی جمشیدی کیه؟", 1),
        ("مدیر عامل فولاد", 4),
        ("مدیرعامل فولاد", 4),
        ("توسعه یافته", 3),
        ("توسعهیافته", 3),
        ("کار خانه سیمان", 0),
        ("نرم افزار پزشکان", 2),
        ("نرمافزار", 2),
    ],
)
def test_compounds_meet_however_they_are_written(office: Retriever, question: str, found: int) -> None:
    hit = office.search(question, 1)[0]
    assert hit.article.id == str(found)
    assert hit.coverage > 0.9


@pytest.mark.parametrize(
    ("spoken", "written"),
    [
        ("کدوم خوشه‌ها رسیدن", "کدام خوشه‌ها رسیدند؟"),
        ("کدوما خوشه‌های صنعتی رو ساختن؟", "کدام خوشه‌های صنعتی را ساختند؟"),
        ("مدیرعامل فولاد کیه", "مدیرعامل فولاد کیست؟"),
        ("چنتا مرحله داره؟", "چند مرحله دارد؟"),
        ("شرکت فولاد کجاس؟", "شرکت فولاد کجاست؟"),
        ("چجوری میسازن؟", "چگونه می‌سازند؟"),
    ],
)
def test_spoken_questions_ask_what_written_ones_ask(office: Retriever, spoken: str, written: str) -> None:
    assert asked(office.read(spoken)) == asked(office.read(written))


def test_every_spoken_form_is_one_word_and_means_another() -> None:
    assert all(" " not in spoken and spoken != written for spoken, written in SPOKEN_WORDS.items())


def test_phrases_that_only_ask_carry_nothing(office: Retriever) -> None:
    assert office.read("ساخت کارخانه چند سال به شمار می‌رود؟").terms == office.read("ساخت کارخانه چند سال؟").terms


@pytest.mark.parametrize(
    ("latin", "persian"),
    [
        ("which clusters reached the developed stage?", "کدام خوشه‌ها به مرحله توسعه‌یافتگی رسیده‌اند؟"),
        ("kodam khooshe ha be marhale tose yaftegi residand?", "کدام خوشه‌ها به مرحله توسعه‌یافتگی رسیده‌اند؟"),
        ("Who is the CEO of the steel company?", "مدیرعامل شرکت فولاد کیست؟"),
        ("modiramele sherkate foolad kie", "مدیر عامل شرکت فولاد کیه"),
        ("how many stages?", "چند مرحله؟"),
        ("chand marhale", "چند مرحله"),
        ("where is the Shiraz factory", "کارخانه شیراز کجاست"),
        ("karkhane shiraz kojast", "کارخانه شیراز کجاست"),
        ("salam modir amele foolad kie", "مدیرعامل فولاد کیه"),
        ("ba ki kar mikonand pezeshkan", "پزشکان با چه کسی کار می‌کنند"),
    ],
)
def test_latin_questions_ask_what_persian_ones_ask(office: Retriever, latin: str, persian: str) -> None:
    one, other = office.read(latin), office.read(persian)
    assert (one.seeks, one.enumerates, one.head) == (other.seeks, other.enumerates, other.head)
    assert [hit.sentence for hit in office.search(latin, 1)] == [hit.sentence for hit in office.search(persian, 1)]
    assert other.terms <= one.terms


def test_latin_words_of_the_articles_stay_as_they_are(office: Retriever) -> None:
    assert "openmrs" in office.read("OpenMRS چیست؟").terms & office.read("who uses OpenMRS?").terms
    assert office.read("who uses OpenMRS?").seeks is Seeks.PERSON


@given(text=st.text(st.characters(codec="utf-8"), max_size=60) | st.text("abehkhoosz' .?-", max_size=60))
def test_latin_text_is_no_trouble(office: Retriever, text: str) -> None:
    question = office.read(text)
    assert all(term == bare(term) for term in question.terms)


@pytest.mark.parametrize("text", ["a" * 1999, "kh" * 900, "'" * 100, "the of a", "x", "ſſſ K", "sh" * 12])
def test_hostile_latin_text_is_no_trouble(office: Retriever, text: str) -> None:
    office.search(text)


def test_finglish_is_spelt_by_sound() -> None:
    words = {"خوشه", "صنعتی", "قیمت", "توسعه", "آب"}
    begins = {bare(word)[:length] for word in words for length in range(1, 7)}
    for token, word in (("khooshe", "خوشه"), ("khoshe", "خوشه"), ("sanati", "صنعتی"), ("gheymat", "قیمت")):
        assert word in [found.spelling for found in readings(token, begins.__contains__, words.__contains__)]
    assert [found.spelling for found in readings("va", lambda _: True, {"و"}.__contains__)] == ["و"]
    assert readings("zzz", begins.__contains__, words.__contains__) == []


def test_the_glossary_is_sound() -> None:
    assert len(glossary()) >= 500
    for english, entry in glossary().items():
        assert english == english.lower().strip()
        assert entry.kind in {"n", "adj", "v", "-"}
        assert all(not any(letter.isascii() and letter.isalpha() for letter in word) for word in entry.persian)
    for word, persian in (
        ("cities", "شهر\u200cها"),
        ("reached", "رسیدن"),
        ("companies", "شرکت\u200cها"),
        ("city", "شهر"),
    ):
        found = look_up([word])
        assert found is not None
        assert found[1].persian[0] == persian
    assert look_up(["qwerty"]) is None


def test_the_everyday_synonyms_are_sets_of_words(office: Retriever) -> None:
    sets = [members for _, members in rows(read(synonyms.__file__, "synonyms.txt"))]
    assert len(sets) >= 300
    assert all(len(set(members)) == len(members) >= 2 for members in sets)
    assert all(office.analyzer.terms(member) for members in sets for member in members)


def test_a_synonym_counts_half_beside_the_word_and_fully_without_it(tmp_path: Path) -> None:
    both = over(tmp_path / "both", ["قیمت نان بالاست.", "بهای نان بالاست."])
    assert both.read("قیمت نان").query[0].substitutes == ("بها",)
    one = over(tmp_path / "one", ["بهای نان بالاست.", "آب سرد است."])
    assert "بها" in one.read("قیمت نان").query[0].terms


OWN = "# خودمان\nس‌ک‌ف، شرکت فولاد مبارکه\n\ncbi، بانک مرکزی\nپارتنر, شریک  # با ویرگول لاتین\n"


def test_a_corpus_has_synonyms_of_its_own(tmp_path: Path) -> None:
    texts = ["شرکت فولاد مبارکه بزرگ است.", "بانک مرکزی نرخ را گفت.", "شریک ما رفت."]
    retriever = over(tmp_path, texts, OWN)
    assert [article.id for article in retriever.articles] == ["0", "1", "2"]
    assert retriever.problems == ()
    for question, found in (("cbi چه گفت؟", "1"), ("what did CBI say?", "1"), ("پارتنر", "2")):
        assert retriever.search(question, 1)[0].article.id == found


def test_synonyms_lie_beside_a_corpus_of_one_file_and_leave_its_index_alone(tmp_path: Path, data: Path) -> None:
    over(tmp_path, ["شریک ما رفت."])
    file, kept = tmp_path / "articles.jsonl", data_folder(tmp_path, data)
    assert Retriever.from_corpus(file, data=kept).search("پارتنر") == []
    (index,) = kept.glob("index-*")
    before = index.stat().st_mtime_ns
    (tmp_path / "synonyms.txt").write_text(OWN, encoding="utf-8")
    assert Retriever.from_corpus(file, data=kept).search("پارتنر")
    assert index.stat().st_mtime_ns == before


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("الف، ب\n\nتنها # یکی\n", r"synonyms.txt, line 3: «تنها» stands alone; write a set a line"),
        ("خودرو، !؟\n", r"synonyms.txt, line 1: «!؟» has no word to search for; leave it out"),
        ("خودرو، ماشین\nاز، پول\n", r"synonyms.txt, line 2: «از» has no word to search for"),
    ],
)
def test_broken_synonyms_are_named_with_their_line(tmp_path: Path, content: str, told: str) -> None:
    with pytest.raises(CorpusError, match=told):
        over(tmp_path, ["شریک ما رفت."], content)


def test_synonyms_in_no_encoding_are_named(tmp_path: Path, office: Retriever) -> None:
    (tmp_path / "synonyms.txt").mkdir()
    with pytest.raises(CorpusError, match=r"synonyms.txt: it cannot be read"):
        synonyms.load(office.analyzer, len, tmp_path / "synonyms.txt")


def test_a_word_that_only_a_title_has_finds_its_article(tmp_path: Path) -> None:
    rows = [
        {"id": "a", "title": "کندوداری", "text": "زنبور گل دارد."},
        {"id": "b", "title": "", "text": "سیب."},
    ]
    (tmp_path / "articles.jsonl").write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    found = Retriever.from_corpus(tmp_path).search("کندوداری چیست؟")
    assert [hit.article.id for hit in found] == ["a"]
