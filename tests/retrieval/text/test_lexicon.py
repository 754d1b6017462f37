"""The word tables: compiled once, kept behind a checksum, and compiled again rather than trusted when damaged."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retrieval import Analyzer, LexiconError
from retrieval.system import versions
from retrieval.system.files import read_checked
from retrieval.text import lexicon
from retrieval.text.lexicon import load
from retrieval.text.orthography import bare, fold
from retrieval.text.plurals import SINGULARS
from tests.conftest import ROOT

FINGERPRINT = "4cf4909e8f0812ef8b7f3c8fb07ca346"
"""Of the tables, whichever hazm and Python compiled them. Where it changes, `versions.LEXICON` has to as well."""

WAITS = "Compiling the Persian word tables"


@pytest.fixture
def cached(tmp_path: Path, analyzer: Analyzer, data: Path) -> Path:
    """A folder that holds a copy of the compiled tables."""
    assert analyzer
    (table,) = data.glob(f"lexicon-{versions.LEXICON}-hazm-*.bin")
    shutil.copy(table, tmp_path)
    return tmp_path


@pytest.fixture
def compilations(analyzer: Analyzer, data: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Counts compilations, each of which gives the tables that hazm gave before, without its seconds of work."""
    assert analyzer
    (table,) = data.glob(f"lexicon-{versions.LEXICON}-hazm-*.bin")
    content, done = read_checked(table), []

    def compile_again() -> bytes:
        assert content is not None
        done.append("compiled")
        return content

    monkeypatch.setattr(lexicon, "_compile", compile_again)
    return done


def test_the_tables_are_compiled_once(tmp_path: Path, compilations: list[str]) -> None:
    told: list[str] = []
    folder = tmp_path / "new" / "folder"
    first, second = load(folder, told.append), load(folder, told.append)
    assert len(compilations) == len(told) == 1
    assert told[0].startswith(WAITS)
    assert first.fingerprint == second.fingerprint
    assert first.terms("خوشه") == second.terms("خوشه") == ("خوشه",)


@given(data=st.data())
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_damaged_tables_are_compiled_again(cached: Path, compilations: list[str], data: st.DataObject) -> None:
    (table,) = cached.glob("*.bin")
    content = table.read_bytes()
    place, bit = data.draw(st.integers(0, len(content) - 1)), data.draw(st.integers(0, 7))
    changed = content[:place] + bytes([content[place] ^ 1 << bit]) + content[place + 1 :]
    table.write_bytes(content[:place] if data.draw(st.booleans()) else changed)
    compilations.clear()
    load(cached)
    assert compilations == ["compiled"]
    assert table.read_bytes() == content


def test_tables_of_another_version_are_left_alone(
    cached: Path, compilations: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(versions, "LEXICON", -1)
    load(cached)
    assert compilations == ["compiled"]
    assert len(list(cached.glob("lexicon-*.bin"))) == 2


@pytest.mark.parametrize("name", ["file/below", "x" * 300])
def test_a_folder_that_cannot_be_written_costs_the_compilation_each_time(
    tmp_path: Path, compilations: list[str], name: str
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    told: list[str] = []
    for _ in range(2):
        assert load(tmp_path / name, told.append).terms("کتاب") == ("کتاب",)
    assert len(compilations) == 2
    assert len(told) == 4
    assert "cannot be kept in" in told[1]
    assert told[1].endswith("they will be compiled again.")


def test_without_hazm_the_remedy_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "hazm", None)
    monkeypatch.delitem(sys.modules, "retrieval.text.lexicon_compiler", raising=False)
    with pytest.raises(LexiconError, match="make setup"):
        load(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_two_processes_that_start_at_once_both_answer_and_leave_one_table(tmp_path: Path) -> None:
    """The real compilation by hazm, twice at a time; it gives the known tables every time."""
    folder = tmp_path / "fresh"
    command = [sys.executable, "-m", "bot", "ask", "--json", "سوغات لار چیست؟"]
    environment = os.environ | {"PASOKH_DATA": str(folder), "PYTHONPATH": str(ROOT)}
    environment |= {"PASOKH_CORPUS": str(ROOT / "corpus")}
    started = [
        subprocess.Popen(
            command, env=environment, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
        )
        for _ in range(2)
    ]
    for process in started:
        answer, told = process.communicate(timeout=180)
        assert process.returncode == 0
        assert told.startswith(WAITS)
        assert len(told.splitlines()) == 1
        assert json.loads(answer)["status"] == "answered"
    assert sorted(file.name.split("-")[0] for file in folder.iterdir()) == [
        "everyday_verbs",
        "index",
        "lexicon",
        "synonyms",
    ]
    assert load(folder).fingerprint == FINGERPRINT


@pytest.mark.parametrize(
    ("word", "terms"),
    [("خوشه", ("خوشه",)), ("رسیدهاند", ("رسید",)), ("است", ()), ("کدام", ()), ("مساله", ("مسیله",)), ("ژخقثصض", None)],
)
def test_written_words_have_their_terms(analyzer: Analyzer, word: str, terms: tuple[str, ...] | None) -> None:
    assert analyzer.lexicon.terms(word) == terms
    assert (word in analyzer.lexicon) is (terms is not None)


@pytest.mark.parametrize(
    ("plural", "singular"),
    [
        *[("مدارس", "مدرسه"), ("قوانین", "قانون"), ("اعضاء", "عضو"), ("شغلها", "شغل"), ("مشاغلی", "شغل")],
        *[("ادارات", "اداره"), ("مسافرین", "مسافر"), ("ساکنین", "ساکن"), ("روحانیون", "روحانی"), ("زنان", "زن")],
        *[("سنگین", "سنگین"), ("ماشین", "ماشین"), ("فروردین", "فروردین"), ("حقوق", "حقوق"), ("آثار", "اثار")],
    ],
)
def test_a_plural_is_searched_by_its_singular(analyzer: Analyzer, plural: str, singular: str) -> None:
    assert analyzer.terms(plural) == [singular]


@pytest.mark.parametrize(
    ("word", "term"),
    [
        *[
            ("ماهی", "ماهی"),
            ("ماهی‌ها", "ماهی"),
            ("گوشیم", "گوشی"),
            ("میگوی", "میگو"),
            ("رشته‌های", "رشته"),
            ("رشت", "رشت"),
        ],
        *[("شورای", "شورا"), ("دریای", "دریا"), ("سرمای", "سرما"), ("خانه‌ای", "خانه"), ("شهردار", "شهردار")],
    ],
)
def test_a_word_is_not_taken_for_a_form_of_another(analyzer: Analyzer, word: str, term: str) -> None:
    assert analyzer.terms(word) == [term]


def test_every_broken_plural_has_a_singular_that_is_searched(analyzer: Analyzer) -> None:
    assert {plural for plural, singular in SINGULARS.items() if not analyzer.lexicon.terms(singular)} == set()
    assert {plural for plural in SINGULARS if analyzer.terms(plural) != analyzer.terms(SINGULARS[plural])} == set()


def test_spoken_forms_and_finite_verbs_are_known(analyzer: Analyzer) -> None:
    known = analyzer.lexicon
    assert known.spoken("کدوم") == ()
    assert known.spoken("میرن") == ("رفت",)
    assert known.spoken("خوشه") is None
    assert [known.is_finite_verb(word) for word in ("رسیدهاند", "دارد", "است", "رسیده", "کتاب")] == [
        *(True, True, True),
        *(False, False),
    ]


@pytest.mark.parametrize("word", ["رسیدهاند", "میخوابن", "میشه", "داره", "میرن"])
def test_a_verb_is_known_as_it_is_written_and_as_it_is_spoken(analyzer: Analyzer, word: str) -> None:
    assert analyzer.is_verb(word)


@pytest.mark.parametrize("word", ["کتاب", "کتابا", "گرونتر", "خونه"])
def test_a_spoken_noun_is_no_verb(analyzer: Analyzer, word: str) -> None:
    assert not analyzer.is_verb(word)


@pytest.mark.parametrize("word", "میره برن بره نره میاره نمیارن".split())
def test_a_spoken_verb_is_its_lemma(analyzer: Analyzer, word: str) -> None:
    assert analyzer.lexicon.spoken(word) in {("رفت",), ("اورد",)}


@pytest.mark.parametrize(
    ("word", "lemma"),
    [
        ("میریزن", "ریخت"),
        ("بپزه", "پخت"),
        ("نیومد", "امد"),
        ("برسونه", "رساند"),
        ("برگرده", "برگشت"),
        ("بشینه", "نشست"),
        ("میسوزونه", "سوزاند"),
        ("برمیگردونم", "برگرداند"),
        ("برنگردوند", "برگرداند"),
        ("درمیارن", "درآورد"),
        ("دربیاد", "درآمد"),
    ],
)
def test_regular_verbs_are_spoken_by_rule(analyzer: Analyzer, word: str, lemma: str) -> None:
    assert analyzer.lexicon.spoken(word) == (fold(lemma),)


@pytest.mark.parametrize(
    ("forms", "lemma"),
    [
        ("برمی‌گردد برنمی‌گردند برنگشت برگشته‌اند برگردید", "برگشت"),
        ("برمی‌گرداند برگردانید برنگرداند", "برگرداند"),
        ("بازمی‌گردانند بازگرداند", "بازگرداند"),
        ("درمی‌یابد درنیافته دریافت", "دریافت"),
        ("فرامی‌خوانند فراخواند", "فراخواند"),
    ],
)
def test_a_preverb_is_one_word_with_its_verb(analyzer: Analyzer, forms: str, lemma: str) -> None:
    assert set(analyzer.terms(forms)) == {lemma}


@pytest.mark.parametrize(
    ("form", "past"),
    [
        ("می‌گذرد", "گذشت"),
        ("می‌یابند", "یافت"),
        ("می‌شنود", "شنید"),
        ("می‌خوابند", "خوابید"),
        ("می‌سنجد", "سنجید"),
        ("می‌کارند", "کاشت"),
        ("می‌سپارد", "سپرد"),
        ("می‌نوردد", "نوردید"),
    ],
)
def test_a_form_is_of_the_commoner_verb(analyzer: Analyzer, form: str, past: str) -> None:
    assert analyzer.terms(form) == analyzer.terms(past) == [past]


def test_a_light_verb_is_no_rare_one(analyzer: Analyzer) -> None:
    assert analyzer.terms("می‌کند نکند بکند") == []  # of «کردن», not of «کندن»


@pytest.mark.parametrize(
    ("spoken", "written"),
    [("انقد", "این‌قدر"), ("هرکی", "هرکس"), ("هرچی", "هرچه"), ("مگه", "مگر"), ("آخه", ""), ("یهویی", "ناگهان")],
)
def test_a_spoken_word_is_searched_as_it_is_written(analyzer: Analyzer, spoken: str, written: str) -> None:
    assert analyzer.lexicon.spoken(bare(fold(spoken))) == tuple(analyzer.terms(written))


def test_a_stop_word_that_is_a_compound_stays_one(analyzer: Analyzer) -> None:
    assert analyzer.terms("درحالی‌که آن‌قدر اینقدر بود") == []


@pytest.mark.parametrize("word", "نان نام نرم بام بدن نجوم نمونه بیان".split())
def test_a_noun_is_no_spoken_verb(analyzer: Analyzer, word: str) -> None:
    assert analyzer.lexicon.spoken(word) is None


@given(word=st.text(max_size=20))
def test_any_word_can_be_looked_up(analyzer: Analyzer, word: str) -> None:
    known = analyzer.lexicon.terms(word)
    assert known is None or all(term and not term.isspace() for term in known)
    assert isinstance(analyzer.lexicon.is_finite_verb(word), bool)


def test_how_common_a_term_is_in_the_language(analyzer: Analyzer) -> None:
    share = analyzer.lexicon.share
    assert share("دانشگاه") > share("خورشید") > share("شنگرف") >= lexicon.RARE_SHARE
    assert share("واژه‌ای‌که‌نیست") == lexicon.RARE_SHARE
    assert share("رفت") >= 0.0019  # a verb is common whatever the form that was counted
