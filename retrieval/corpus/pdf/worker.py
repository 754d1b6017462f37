"""The process in which PDFium reads a file: `python worker.py FILE` prints a line of JSON for each page.

It runs by itself, with `order.py` and `sight.py` beside it, so that it starts in a tenth of a second. Its limits are
set before the file is opened: what loops or grows is ended by the system.
"""

from __future__ import annotations

import contextlib
import json
import math
import sys
from bisect import bisect
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING or __package__:
    from retrieval.corpus.pdf.order import (
        MARKER,
        Glyph,
        has_turned_ligatures,
        is_right_to_left,
        with_brackets,
        words_of,
    )
    from retrieval.corpus.pdf.sight import SeenLine, letters_of, seen_lines
else:  # run by itself
    from order import MARKER, Glyph, has_turned_ligatures, is_right_to_left, with_brackets, words_of
    from sight import SeenLine, letters_of, seen_lines

MAX_MEMORY, MAX_SECONDS, MAX_WRITTEN = 256_000_000, 8, 16_000_000
"""Bytes that the process may map, seconds that it may compute, and bytes that it may write."""
MAX_SECONDS_OF_BOOK, LETTERS_A_SECOND = 40, 25_000
"""Seconds that it may compute at the most, and for how many letters found it may compute one more. PDFium gives some
70,000 a second; a machine may be three times slower."""
MAX_PAGE = 200_000
"""Letters of a page."""
CELL_GAP = 1.2
"""How many times the height of its letters a gap in a line is where it parts cells."""
FULL_TURN = 6.3
"""A turn of 360 degrees, in tenths of a radian."""
BOLD = 600
"""The weight of letters from which on they are bold."""
MAX_PATHS, RULE_DEPTH = 5_000, 3
"""Drawn shapes of a page, and forms inside one another, that are looked at."""
RULE_WIDTH, RULE_HEIGHT = 2.0, 5.0
"""Points that a vertical rule is wide at most, and high at least."""
PASSWORD, DAMAGED, NO_LIBRARY = 3, 4, 5
"""Exit statuses."""


def limit() -> None:
    """Bound the time and memory of this process, where the system can."""
    with contextlib.suppress(ImportError):
        import resource  # noqa: PLC0415  # POSIX alone has it

        for kind, most in (
            (resource.RLIMIT_AS, MAX_MEMORY),
            (resource.RLIMIT_CPU, MAX_SECONDS_OF_BOOK),
            (resource.RLIMIT_FSIZE, MAX_WRITTEN),
            (resource.RLIMIT_CORE, 0),
        ):
            with contextlib.suppress(ValueError, OSError):
                resource.setrlimit(kind, (most, most))


def limit_time(letters: int) -> None:
    """Bound the time by what has been found: what computes and finds nothing is ended early, a long book is read."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415  # see `limit`

        most = min(MAX_SECONDS + letters // LETTERS_A_SECOND, MAX_SECONDS_OF_BOOK)
        resource.setrlimit(resource.RLIMIT_CPU, (most, MAX_SECONDS_OF_BOOK))


def main(path: str) -> int:
    """Print what a file says of itself, then its pages, each a list of lines; returns the exit status."""
    try:
        import pypdfium2  # noqa: PLC0415  # it may be missing
    except ModuleNotFoundError:
        return NO_LIBRARY
    limit()
    limit_time(0)
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        return PASSWORD if "password" in str(error).lower() else DAMAGED
    _write({"said": document.get_metadata_dict(skip_empty=True), "pages": len(document)})
    letters = 0
    for number in range(len(document)):
        try:
            page = document[number]
            found = list(glyphs_of(page))
            lines = list(lines_of(found, page.get_height(), rules_of(page)))
            letters += len(found)
            page.close()
        except pypdfium2.PdfiumError:
            lines = []
        _write(lines)
        limit_time(letters)
    return 0


def _write(value: Any) -> None:
    sys.stdout.buffer.write(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace") + b"\n")


def glyphs_of(page: Any) -> Iterator[Glyph]:
    """The glyphs of a page in the order of PDFium.

    Those that stand askew to most others, as in a watermark or a letterhead, are left out.
    """
    from pypdfium2 import raw as pdfium  # noqa: PLC0415  # see `main`

    text = page.get_textpage()
    raw, count = text.raw, min(text.count_chars(), MAX_PAGE)
    letters = [_letter(pdfium.FPDFText_GetUnicode(raw, place)) for place in range(count)]
    boxes = (pdfium.FS_RECTF * count)()
    for place in range(count):
        pdfium.FPDFText_GetLooseCharBox(raw, place, boxes[place])
    edges = memoryview(boxes).cast("B").cast("f") if count else memoryview(b"")  # left, top, right and bottom of each
    starts = [place for place, letter in enumerate(letters) if not letter.isspace() and letters[place - 1].isspace()]
    turns = {place: round(pdfium.FPDFText_GetCharAngle(raw, place), 1) % FULL_TURN for place in starts}
    main_turn = Counter(turns.values()).most_common(1)[0][0] if turns else 0.0
    turn, is_bold, points = main_turn, False, 0.0
    for place, letter in enumerate(letters):
        if place in turns:  # a word begins; one in the midst of another line is rare
            turn, is_bold = turns[place], pdfium.FPDFText_GetFontWeight(raw, place) >= BOLD
            points = pdfium.FPDFText_GetFontSize(raw, place)
        elif letter.isdigit() and not letters[place - 1].isdigit():
            points = pdfium.FPDFText_GetFontSize(raw, place)
        is_drawn = not letter.isspace() or not pdfium.FPDFText_IsGenerated(raw, place)
        if (is_drawn and turn != main_turn) or (letter < " " and not letter.isspace()):
            continue
        left, top, right, bottom = edges[4 * place : 4 * place + 4]
        if main_turn:
            left, bottom, right, top = _turned(left, bottom, right, top, main_turn)
        if not math.isfinite(left + bottom + right + top):  # a damaged file may place a letter nowhere
            continue
        yield Glyph(letter, left, right, bottom, is_drawn, top - bottom, is_bold, points)
    text.close()


def _letter(code: int) -> str:
    return chr(code) if code and not 0xD800 <= code < 0xE000 else " "


def _turned(left: float, bottom: float, right: float, top: float, turn: float) -> tuple[float, float, float, float]:
    """A box on a page that is turned back."""
    sine, cosine = math.sin(turn), math.cos(turn)
    across = sorted(x * cosine + y * sine for x, y in ((left, bottom), (right, top)))
    up = sorted(y * cosine - x * sine for x, y in ((left, bottom), (right, top)))
    return across[0], up[0], across[1], up[1]


class Rules(NamedTuple):
    """The rules of a page, such as those of its tables.

    Args:
        upright: the place, the foot and the head of each vertical one, in points.
        level: the height, the left and the right end of each horizontal one.
    """

    upright: list[tuple[float, float, float]]
    level: list[tuple[float, float, float]]


def rules_of(page: Any) -> Rules:
    """The rules of a page."""
    from pypdfium2 import raw as pdfium  # noqa: PLC0415  # see `main`

    found = Rules([], [])
    paths = page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=RULE_DEPTH)
    for path in islice(paths, MAX_PATHS):
        left, bottom, right, top = path.get_bounds()
        if right - left <= RULE_WIDTH < RULE_HEIGHT <= top - bottom:
            found.upright.append(((left + right) / 2, bottom, top))
        elif top - bottom <= RULE_WIDTH < RULE_HEIGHT <= right - left:
            found.level.append(((bottom + top) / 2, left, right))
    return found


def lines_of(found: list[Glyph], height: float, rules: Rules) -> Iterator[dict[str, Any]]:
    """The lines of a page: their cells in the order of reading, their edges, and the height of their letters.

    Args:
        found: what `glyphs_of` gives.
        height: of the page.
        rules: what `rules_of` gives.
    """
    turns_ligatures = has_turned_ligatures(found)
    for line in seen_lines(found):
        cells = _cells(line, rules)
        words = [words_of(cell, turns_ligatures=turns_ligatures) for cell in cells]
        yield {
            "cells": [with_brackets(" ".join(cell.split())) for cell in words],
            "edges": [_edges(cell) for cell in cells],
            "left": round(line.left, 1),
            "right": round(line.right, 1),
            "bottom": round(line.bottom, 1),
            "size": round(line.size, 1),
            "bold": 2 * sum(one.is_bold for one in line.letters) > len(line.letters),
            "place": round(line.bottom / height, 3) if height else 0.5,
            "band": _band(line, cells, rules),
        }


def _band(line: SeenLine, cells: Sequence[Sequence[Glyph]], rules: Rules) -> tuple[float, float] | None:
    """The foot and the head of the row of a drawn table that a line stands in; of those of its cells the narrowest."""
    middle = line.bottom + line.size / 2
    if sum(bottom <= middle <= top for _, bottom, top in rules.upright) < 2:
        return None
    foot, head = -math.inf, math.inf
    for left, right in map(_edges, cells):
        x = (left + right) / 2
        for height, start, end in rules.level:
            if start <= x <= end:
                foot, head = (max(foot, height), head) if height <= middle else (foot, min(head, height))
    return (round(foot, 1), round(head, 1)) if math.isfinite(head - foot) else None


def _cells(line: SeenLine, rules: Rules) -> list[list[Glyph]]:
    """The glyphs of a line, parted where there is a wide gap or a rule, in the order of reading.

    A number or a bullet is no cell by itself.
    """
    gaps = _gaps(line, rules)
    if not gaps:
        return [line.glyphs]
    cells: list[list[Glyph]] = [[] for _ in range(len(gaps) + 1)]
    last = 0
    for glyph in line.glyphs:
        if glyph.is_drawn and not glyph.letter.isspace():
            last = sum(glyph.left > gap for gap in gaps)
        cells[last].append(glyph)
    if is_right_to_left("".join(glyph.letter for glyph in line.glyphs)):
        cells.reverse()
    if MARKER.fullmatch("".join(glyph.letter for glyph in letters_of(cells[0]))):
        cells[:2] = [cells[0] + cells[1]]
    return cells


def _edges(cell: Sequence[Glyph]) -> tuple[float, float]:
    drawn = letters_of(cell)
    return round(min(glyph.left for glyph in drawn), 1), round(max(glyph.right for glyph in drawn), 1)


def _gaps(line: SeenLine, rules: Rules) -> list[float]:
    """Where the wide gaps of a line are, and those with a rule in them."""
    middle = line.bottom + line.size / 2
    beside = sorted(x for x, bottom, top in rules.upright if bottom <= middle <= top)
    found = []
    reached = min(one.right for one in line.letters)
    for left, right in sorted((one.left, one.right) for one in line.letters):
        if left - reached > CELL_GAP * line.size or (left > reached and bisect(beside, left) > bisect(beside, reached)):
            found.append((left + reached) / 2)
        reached = max(reached, right)
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
