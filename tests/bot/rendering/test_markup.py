"""Texts with marks: joined, cut and changed, each letter keeps its marks."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from bot.rendering.markup import Mark, MarkedSpan, Rich, joined, marked, rich

Marks = tuple[tuple[Mark, str], ...]

TEXT = st.text("ab گ\n<👍", max_size=12)
MARKS = st.sampled_from([(Mark.BOLD, ""), (Mark.ITALIC, ""), (Mark.QUOTATION, ""), (Mark.LINK, "http://x")])
RICH = st.recursive(
    TEXT.map(Rich),
    lambda inner: (
        st.builds(lambda text, mark: marked(text, *mark), inner, MARKS)
        | st.lists(inner, max_size=4).map(lambda texts: rich(*texts))
    ),
    max_leaves=8,
)


def letters(text: Rich) -> Iterator[tuple[str, Marks]]:
    """Each letter with the marks around it, the outermost first."""
    for place, letter in enumerate(text.text):
        yield letter, tuple((span.mark, span.link) for span in text.spans if span.start <= place < span.end)


@given(text=RICH)
def test_marks_are_sorted_and_one_is_inside_the_other_or_apart(text: Rich) -> None:
    assert all(0 <= span.start < span.end <= len(text.text) for span in text.spans)
    assert list(text.spans) == sorted(text.spans, key=lambda span: (span.start, -span.end))
    for place, inner in enumerate(text.spans):
        assert all(inner.start >= outer.end or inner.end <= outer.end for outer in text.spans[:place])


@given(texts=st.lists(RICH, max_size=4), separator=st.sampled_from(["", "\n", "، "]))
def test_joined_texts_keep_their_marks_and_the_separator_has_none(texts: list[Rich], separator: str) -> None:
    expected: list[tuple[str, Marks]] = []
    for number, text in enumerate(texts):
        expected += [(letter, ()) for letter in separator] if number else []
        expected += letters(text)
    assert list(letters(joined(separator, texts))) == expected


@given(text=RICH, start=st.integers(0, 30), length=st.integers(0, 30))
def test_a_part_keeps_its_marks(text: Rich, start: int, length: int) -> None:
    assert list(letters(text.part(start, start + length))) == list(letters(text))[start : start + length]


@given(text=RICH)
def test_stripping_takes_white_space_from_the_edges_alone(text: Rich) -> None:
    stripped = text.strip()
    assert stripped.text == text.text.strip()
    assert "".join(map(str, letters(stripped))) in "".join(map(str, letters(text)))


@given(text=RICH)
def test_letters_that_are_changed_keep_their_marks(text: Rich) -> None:
    changes = {"a": "", "b": "xyz"}
    changed = text.mapped(lambda run: "".join(changes.get(letter, letter) for letter in run))
    assert list(letters(changed)) == [
        (one, marks) for letter, marks in letters(text) for one in changes.get(letter, letter)
    ]


@given(text=RICH)
def test_letters_that_are_inserted_have_the_marks_of_those_behind(text: Rich) -> None:
    places = [place for place, letter in enumerate(text.text) if letter == "a"]
    assert list(letters(text.inserted("->", places))) == [
        (one, marks) for letter, marks in letters(text) for one in (f"->{letter}" if letter == "a" else letter)
    ]


def test_a_mark_around_nothing_is_none() -> None:
    assert marked("", Mark.BOLD) == Rich()
    assert not Rich()
    assert Rich("یک", (MarkedSpan(0, 2, Mark.BOLD),)).part(1, 1) == Rich()
