"""The lines of a PDF's page as a reader sees them, whatever order and pieces a program has drawn them in."""

from __future__ import annotations

from retrieval.corpus.pdf.worker.glyphs import Glyph
from retrieval.corpus.pdf.worker.order import words_of
from retrieval.corpus.pdf.worker.sight import seen_lines
from retrieval.corpus.readers.registry import parse, records
from tests.retrieval.corpus.readers.pdf_files import Drawn, paragraph, pdf

FLOOD = "سیل به گنبد رسید و پل آق‌قلا را شکست. باران از شنبه بند می‌آید و راه‌ها باز می‌شود."


def from_the_right(text: str, right: float, bottom: float = 0, points: float = 10) -> list[Glyph]:
    """The glyphs of a line as they stand on a page, each as wide as half its size."""
    width = points / 2
    return [
        Glyph(letter, right - width * (place + 1), right - width * place, bottom, True, points, points=points)
        for place, letter in enumerate(text)
    ]


END = Glyph("\n", 0, 0, 0, is_drawn=False)


def lines_of(*glyphs: Glyph) -> list[str]:
    return [words_of(line.glyphs, turns_ligatures=False) for line in seen_lines(glyphs)]


def test_words_that_are_drawn_from_the_left_are_turned_round() -> None:
    line = from_the_right("کتاب شفق باز", 500)
    turned = [*line[:5], *reversed(line[5:8]), *line[8:]]
    assert words_of(turned, turns_ligatures=False) == "کتاب شفق باز"


def test_pieces_of_a_line_that_a_number_parts_are_put_in_order() -> None:
    line = from_the_right("از اول آبان تا دی", 500)
    number = from_the_right("۲۱", 440)  # between the third and the fourth word
    moved = [one._replace(left=one.left - 20, right=one.right - 20) for one in line[12:]]
    drawn = [*moved, line[11], *line[:11], Glyph(" ", 445, 445, 0, is_drawn=False), *reversed(number)]
    assert words_of(drawn, turns_ligatures=False) == "از اول آبان ۱۲ تا دی"


def test_a_sign_that_is_drawn_apart_stands_behind_its_letter() -> None:
    line = from_the_right("خانه ما", 500)
    sign = Glyph("ٔ", line[3].left, line[3].left + 3, 4, is_drawn=True, size=6)
    assert lines_of(sign, END, *line) == ["خانهٔ ما"]
    assert lines_of(*line, END, sign) == ["خانهٔ ما"]


def test_pieces_beside_one_another_are_one_line_and_numbers_belong_to_their_items() -> None:
    line = from_the_right("کارت ملی", 480)
    marker = from_the_right("۲.", 500)
    other = from_the_right("باران", 480, bottom=-20)
    assert lines_of(*line, END, *other, END, *marker) == ["۲. کارت ملی", "باران"]
    assert lines_of(*from_the_right("آمد", 400), END, *from_the_right("سیل", 430)) == ["سیل آمد"]


def test_numbers_that_call_footnotes_are_left_out_and_powers_are_not() -> None:
    text = from_the_right("سیل آمد", 500)
    call = from_the_right("۳", 465, bottom=4, points=6)
    assert lines_of(*text, *call) == ["سیل آمد"]
    assert lines_of(*call, END, *text) == ["سیل آمد"]
    assert lines_of(*from_the_right("ده متر", 500), *from_the_right("۲", 470, bottom=4, points=6)) == ["ده متر۲"]


def test_rules_part_the_cells_of_a_table_that_stand_close_to_one_another() -> None:
    rows = [("گنبد", "نان"), ("ساری", "شیر"), ("گراش", "آرد")]
    lines = [
        Drawn(cell, 600 - 15 * place, right)
        for place, row in enumerate(rows)
        for cell, right in zip(row, (540, 510), strict=True)
    ]

    def rows_of(shapes: str) -> list[str]:
        (record,) = records("a.pdf", pdf([*paragraph(FLOOD, 760), *lines], shapes=shapes))
        article = parse(record)
        return [article.text[start:end] for kind, start, end, _ in article.blocks if "row" in kind.value]

    assert rows_of("") == []
    assert rows_of("515 560 0.5 60 re f") == ["گنبد | نان", "ساری | شیر", "گراش | آرد"]


def grid(left: int, right: int, columns: list[int], rows: list[int]) -> str:
    """The drawing operators of a table's rules: from left to right, and between its highest and lowest row."""
    upright = [f"{x} {rows[-1]} 0.5 {rows[0] - rows[-1]} re f" for x in columns]
    return "\n".join([*upright, *(f"{left} {y} {right - left} 0.5 re f" for y in rows)])


def rows_of(lines: list[Drawn], shapes: str) -> list[tuple[str, str]]:
    (record,) = records("a.pdf", pdf([*paragraph(FLOOD, 760), *lines], shapes=shapes))
    article = parse(record)
    return [(kind.value, article.text[start:end]) for kind, start, end, _ in article.blocks if "row" in kind.value]


def test_the_lines_of_a_cell_are_one_and_cells_above_several_columns_belong_to_the_head() -> None:
    lines = [
        *(Drawn("واحد", 607, 535), Drawn("ساعت کار", 615, 470), Drawn("صبح", 600, 465), Drawn("عصر", 600, 405)),
        *(Drawn("امور", 585, 535), Drawn("مشترکان", 573, 535), Drawn("باز", 579, 465), Drawn("بسته", 579, 405)),
        *(Drawn("شبکه", 555, 535), Drawn("بسته", 555, 465), Drawn("باز", 555, 405)),
    ]
    shapes = grid(380, 540, [380, 420, 480, 540], [625, 596, 569, 550]) + "\n380 611 100 0.5 re f"
    assert rows_of(lines, shapes) == [
        ("head row", "واحد | ساعت کار صبح | عصر"),
        ("row", "امور مشترکان | باز | بسته"),
        ("row", "شبکه | بسته | باز"),
    ]


def test_a_blank_between_letters_that_are_stacked_is_none_and_one_between_letters_that_touch_is() -> None:
    line = from_the_right("محیط", 500)
    blank = Glyph(" ", 495, 495, 0, is_drawn=False)
    stacked = [one._replace(left=one.left + 3, right=one.right + 3) for one in line[1:]]
    assert words_of([line[0], blank, *stacked], turns_ligatures=False) == "محیط"
    assert words_of([line[0], blank, *line[1:]], turns_ligatures=False) == "م حیط"
