"""Other spellings keep the meaning: gold spans move with their text, and the same seed gives the same errors."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import Article, PasokhError
from retrieval.evaluation.datasets.judged import Collection, Judged, Span
from retrieval.evaluation.perturbing.edits import Edit, apply
from retrieval.evaluation.perturbing.misspelling import NEIGHBOURS, typing_errors
from retrieval.evaluation.perturbing.perturbations import CORPUS, PERTURBATIONS, chosen, perturb

TEXT = st.text("ابپتسشکگلمنهویئأؤةء آ\u200c\u0654۰۱۲45 .،؟", max_size=80)
CORPUS_SIDE = [name for name, perturbation in PERTURBATIONS.items() if perturbation.side == CORPUS]


def asked(question: str, key: str = "q1") -> Collection:
    return Collection((Article("a", "عنوان", "متن"),), (Judged(key, question, "file"),))


def reworded(name: str, question: str, seed: int = 1, key: str = "q1") -> str:
    return perturb(asked(question, key), name, seed).questions[0].question


@pytest.mark.parametrize(
    ("name", "question", "expected"),
    [
        ("half-spaces-lost-question", "خوشه‌های می‌رسند", "خوشههای میرسند"),
        ("half-spaces-spaced-question", "خوشه‌های می‌رسند", "خوشه های می رسند"),
        ("arabic-letters-question", "یک کتاب", "يك كتاب"),
        ("arabic-digits-question", "سال ۱۳۹۵ و 20", "سال ١٣٩٥ و ٢٠"),
        ("hamza-question", "مسئلهٔ تأثیر مسئول مؤسسه", "مسأله تاثیر مسؤول موسسه"),
        ("hamza-question", "برکه‌ی رئیس و برکه‌یی", "برکهٔ رییس و برکه‌یی"),
        ("spoken", "کدام خوشه‌ها می‌شود برای آنها؟", "کدوم خوشه‌ها میشه واسه اونا؟"),
        ("no-punctuation", "«پل»، کی (ساخته) شد؟!", "پل کی ساخته شد"),
    ],
)
def test_what_a_perturbation_does(name: str, question: str, expected: str) -> None:
    assert reworded(name, question) == expected


@pytest.mark.parametrize("seed", range(20))
def test_courtesies_stand_around_the_question_to_the_letter(seed: int) -> None:
    before, question, _ = reworded("courtesy", "پل کی ساخته شد؟", seed).partition("پل کی ساخته شد؟")
    assert before
    assert question


@pytest.mark.parametrize("name", PERTURBATIONS)
def test_only_its_own_side_changes(name: str) -> None:
    text = "مسئله‌ی یکم: «خوشه‌های ۱۲ شهرستان» چیست؟ کدام‌اند؟"
    before = Collection((Article("a", text, f"{text}\n\n{text}"),), (Judged("q", text, "file"),))
    after = perturb(before, name, 1)
    corpus_side = PERTURBATIONS[name].side == CORPUS
    assert (after.articles != before.articles, after.questions != before.questions) == (corpus_side, not corpus_side)


@given(pieces=st.tuples(TEXT, TEXT, TEXT), name=st.sampled_from(CORPUS_SIDE))
def test_gold_spans_survive_on_the_corpus_side(pieces: tuple[str, str, str], name: str) -> None:
    # Words of their own: a change of several letters may reach over a gold span's edge, and takes the whole along.
    before, gold, after = (f"{piece} " for piece in pieces)
    span = Span("a", len(before), len(before) + len(gold))
    collection = Collection((Article("a", "", before + gold + after),), (Judged("q", "چه؟", "f", (span,), (span,)),))

    changed = perturb(collection, name, 1)

    (moved,), text = changed.questions[0].answers, changed.articles[0].text
    alone = [reworded(name.replace("-corpus", "-question"), piece) for piece in (before, gold, after)]
    assert [text[: moved.start], text[moved.start : moved.end], text[moved.end :]] == alone
    assert changed.questions[0].passages == (moved,)


@st.composite
def edited_texts(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    """A text made of pieces, some of which are edited."""
    pieces = draw(
        st.lists(st.tuples(st.text("abc", min_size=1, max_size=3), st.none() | st.text("xy", max_size=3)), max_size=8)
    )
    text, edits = "", []
    for old, new in pieces:
        if new is not None:
            edits.append(Edit(len(text), len(text) + len(old), new))
        text += old
    return text, edits


@given(edited_texts())
def test_what_stands_between_edits_is_kept_in_its_place(made: tuple[str, list[Edit]]) -> None:
    text, edits = made
    edited = apply(text, edits)
    bounds = [0, *(place for edit in edits for place in (edit.start, edit.end)), len(text)]
    for start, end in zip(bounds[::2], bounds[1::2], strict=True):
        assert edited.text[edited.start(start) : edited.end(end)] == text[start:end] or start == end
    for edit in edits:
        assert edited.text[edited.start(edit.start) : edited.end(edit.end)] == edit.new
        if edit.end - edit.start > 1 and text[edit.start : edit.end] != edit.new:
            assert edited.start(edit.start + 1) == edited.start(edit.start)
            assert edited.end(edit.end - 1) == edited.end(edit.end)
    assert edited.end(len(text)) == len(edited.text)


def distance(one: str, other: str) -> int:
    """The optimal string alignment distance: insertions, deletions, substitutions and swaps of neighbours."""
    rows = [[max(i, j) if not (i and j) else 0 for j in range(len(other) + 1)] for i in range(len(one) + 1)]
    for i in range(1, len(one) + 1):
        for j in range(1, len(other) + 1):
            same = one[i - 1] == other[j - 1]
            rows[i][j] = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (not same))
            if i > 1 and j > 1 and one[i - 2 : i] == other[j - 2 : j][::-1]:
                rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
    return rows[-1][-1]


@given(seed=st.integers(0, 10_000))
def test_one_error_is_one_error_and_two_are_in_two_words(seed: int) -> None:
    question = "کدام شهرستان‌ها نامزد برداشت انار شدند؟"
    for count in (1, 2):
        text = apply(question, typing_errors(question, count, Random(seed))).text
        words = zip(question.split(" "), text.split(" "), strict=True)
        assert [distance(old, new) for old, new in words if old != new] == [1] * count


@pytest.mark.parametrize("question", ["", "؟", "۱۲", "آب", "و"])
@pytest.mark.parametrize("count", [1, 2])
def test_short_questions_are_no_trouble(question: str, count: int) -> None:
    apply(question, typing_errors(question, count, Random(1)))


def test_neighbours_are_keys_that_touch() -> None:
    assert set(NEIGHBOURS["ا"]) == set("لتغعذد")
    assert all(letter in NEIGHBOURS[other] for letter, others in NEIGHBOURS.items() for other in others)


def test_errors_depend_on_seed_and_question_alone() -> None:
    question = "کدام شهرستان‌ها نامزد برداشت انار شدند؟"
    assert reworded("one-typo", question) == reworded("one-typo", question)
    assert len({reworded("one-typo", question, seed) for seed in range(20)}) > 10
    assert len({reworded("one-typo", question, key=f"q{key}") for key in range(20)}) > 10


def test_names() -> None:
    assert chosen(["all"]) == list(PERTURBATIONS)
    assert chosen(["hamza"]) == ["hamza-question", "hamza-corpus"]
    assert chosen(["one-typo", "hamza-corpus"]) == ["hamza-corpus", "one-typo"]
    with pytest.raises(PasokhError, match="no perturbation is called «typos»; use one of: all, half-spaces-lost"):
        chosen(["typos"])
