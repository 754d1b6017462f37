"""Glyphs of a line as they stand on a page → its letters in the order of reading.

PDFium turns Persian words round, but not all: some that browsers draw, and pieces of a line that a number parts, stay
where they were drawn. What it leaves besides: letters of a ligature turned round, Latin words and numbers of a
right-to-left line in the wrong order («html.Index»), brackets mirrored. The places of the glyphs tell the order; what
follows is the algorithm of Unicode (UAX #9) the other way round, for what office documents have of it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from .glyphs import ARABIC_LETTERS, TOUCHING, Glyph, is_right_to_left

_JOINING = ARABIC_LETTERS - set("اآأإدذرزژوؤةءى")
_TURNABLE = re.compile("[A-Za-z\u00c0-\u024f\\d]")
"""Finds what PDFium may leave in the wrong order: a line without it is right."""
_UNIT = re.compile(r"\d*[A-Za-z\u00c0-\u024f](?:.*[A-Za-z\u00c0-\u024f\d])?|\d+(?:[./,:\u066b\u066c]\d+)*%?")
"""In a right-to-left line, what is read from left to right: Latin words with what is between them, or one number."""
_BRACKETS = {letter: pair for pair in ("()", "[]", "«»", "{}") for letter in pair}
_CLOSE = " .،,؛;:؟!?"
"""What stands behind a bracket that closes."""
STACKED = 0.2, 0.5
"""The shares of a letter's height by which the next one of its word reaches over it, where they are stacked."""
_MISCODED = str.maketrans({"\u036c": "ی", "\u0377": "ک", "\u037a": "ک"})
"""Letters that the fonts of Persian TeX give a wrong code, which no Persian text has."""


def words_of(glyphs: Sequence[Glyph], *, turns_ligatures: bool) -> str:
    """The words of glyphs in the order of reading.

    Args:
        glyphs: of a line, in the order that PDFium gives.
        turns_ligatures: see `has_turned_ligatures`.
    """
    if turns_ligatures:
        glyphs = list(_unturned(glyphs))
    text = "".join(glyph.letter for glyph in glyphs)
    if is_right_to_left(text):
        glyphs = _from_the_right(list(_without_torn_words(glyphs)))
        text = "".join(_turned(glyphs) if _TURNABLE.search(text) else (glyph.letter for glyph in glyphs))
    return text.translate(_MISCODED)


def _without_torn_words(glyphs: Sequence[Glyph]) -> Iterator[Glyph]:
    """The glyphs of a right-to-left line without the blanks that PDFium sees in a word, where letters are stacked."""
    before: Glyph | None = None
    blanks: list[Glyph] = []
    for glyph in glyphs:
        if glyph.letter == " " and (not glyph.is_drawn or glyph.left == glyph.right):
            blanks.append(glyph)
            continue
        if not (before and _are_stacked(before, glyph)):
            yield from blanks
        blanks.clear()
        yield glyph
        before = glyph
    yield from blanks


def _are_stacked(one: Glyph, other: Glyph) -> bool:
    """Whether a Persian letter that joins the next one stands above it, as in fine fonts."""
    reach = other.right - one.left
    reaches = one.size * STACKED[0] < reach < one.size * STACKED[1]
    return reaches and one.letter in _JOINING and other.letter in ARABIC_LETTERS


def _from_the_right(glyphs: Sequence[Glyph]) -> Sequence[Glyph]:
    """The glyphs of a right-to-left line, its Persian words and their letters from the right to the left."""
    letters = [glyph for glyph in glyphs if glyph.is_drawn and not glyph.letter.isspace()]
    if not any(map(_jumps, letters, letters[1:])):
        return glyphs
    words: list[list[Glyph]] = [[]]
    blanks: list[Glyph] = []
    for glyph in glyphs:
        if glyph.letter == " ":
            words.append([])
            blanks.append(glyph)
        else:
            words[-1].append(glyph)
    words = [sorted(word, key=_place) if any(map(_jumps, word, word[1:])) else word for word in words]
    words.sort(key=lambda word: -_middle(word) if word else math.inf)
    found = [*words[0]]
    for blank, one, word in zip(blanks, words, words[1:], strict=False):
        middle = (_left(one) + _right(word)) / 2 if one and word else blank.left
        found += [blank._replace(left=middle, right=middle, is_drawn=True), *word]
    return found


def _place(glyph: Glyph) -> float:
    return -glyph.left - glyph.right


def _middle(word: Sequence[Glyph]) -> float:
    return (_left(word) + _right(word)) / 2


def _left(word: Sequence[Glyph]) -> float:
    return min(glyph.left for glyph in word)


def _right(word: Sequence[Glyph]) -> float:
    return max(glyph.right for glyph in word)


def _jumps(one: Glyph, other: Glyph) -> bool:
    """Whether a letter stands to the right of the one before it, where one of them is Persian."""
    is_persian = one.letter in ARABIC_LETTERS or other.letter in ARABIC_LETTERS
    return is_persian and not _are_one(one, other) and other.left > (one.left + one.right) / 2


def has_turned_ligatures(glyphs: Sequence[Glyph]) -> bool:
    """Whether the two letters of «لا», drawn as one glyph, come the wrong way round on a page."""
    found = [one.letter + other.letter for one, other in pairwise(glyphs) if _are_one(one, other)]
    return sum(letters in ("ال", "أل", "آل", "إل") for letters in found) > sum(letters == "لا" for letters in found)


def _are_one(one: Glyph, other: Glyph) -> bool:
    """Whether two letters are drawn as one glyph: they have one place."""
    is_one_place = one.left == other.left and one.right == other.right
    return is_one_place and one.letter in ARABIC_LETTERS and other.letter in ARABIC_LETTERS


def _unturned(glyphs: Sequence[Glyph]) -> Iterator[Glyph]:
    """Glyphs, the letters of each ligature turned round."""
    ligature: list[Glyph] = []
    for glyph in glyphs:
        if ligature and not _are_one(ligature[-1], glyph):
            yield from reversed(ligature)
            ligature = []
        ligature.append(glyph)
    yield from reversed(ligature)


def _turned(glyphs: Sequence[Glyph]) -> Iterator[str]:
    """The letters of a right-to-left line; what stands between Persian words is put in order by its place."""
    between: list[Glyph] = []
    for glyph in glyphs:
        if glyph.letter in ARABIC_LETTERS:
            if between:
                yield from _in_order(between)
                between = []
            yield glyph.letter
        else:
            between.append(glyph)
    yield from _in_order(between)


def _in_order(glyphs: list[Glyph]) -> Iterator[str]:
    """Latin words, numbers and marks between two Persian words, in the order of reading."""
    if not any(glyph.letter.isalnum() for glyph in glyphs):
        yield from (glyph.letter for glyph in glyphs)
        return
    blanks = next(place for place, glyph in enumerate(glyphs) if not glyph.letter.isspace())
    end = len(glyphs) - next(place for place, glyph in enumerate(reversed(glyphs)) if not glyph.letter.isspace())
    yield from (glyph.letter for glyph in glyphs[:blanks])
    yield from _read(sorted(_placed(glyphs[blanks:end]), key=lambda glyph: glyph.left + glyph.right))
    yield from (glyph.letter for glyph in glyphs[end:])


def _read(glyphs: Sequence[Glyph]) -> Iterator[str]:
    """Glyphs from left to right → words, numbers and marks, from right to left."""
    shown = "".join(_spaced(glyphs))
    pieces: list[str] = []
    end = 0
    for unit in _UNIT.finditer(shown):
        pieces += [*shown[end : unit.start()], unit[0]]
        end = unit.end()
    yield from reversed([*pieces, *shown[end:]])


def _spaced(glyphs: Sequence[Glyph]) -> Iterator[str]:
    """The letters of glyphs from left to right, without blanks between two that touch one another."""
    for place, glyph in enumerate(glyphs):
        inside = glyph.letter == " " and 0 < place < len(glyphs) - 1
        if not inside or glyphs[place + 1].left - glyphs[place - 1].right > TOUCHING:
            yield glyph.letter


def _placed(glyphs: Sequence[Glyph]) -> Iterator[Glyph]:
    """Glyphs, of which the blanks that are not drawn stand in the middle of their neighbours."""
    for place, glyph in enumerate(glyphs):
        if glyph.is_drawn or not 0 < place < len(glyphs) - 1:
            yield glyph
            continue
        before, behind = glyphs[place - 1], glyphs[place + 1]
        middle = (before.left + before.right + behind.left + behind.right) / 4
        yield glyph._replace(left=middle, right=middle)


def with_brackets(line: str) -> str:
    """A right-to-left line with brackets that open before they close.

    PDFium mirrors some of them, whether the producer has done so or not. So it is their neighbours that tell.
    """
    if not is_right_to_left(line):
        return line
    letters = list(line)
    is_open = dict.fromkeys(_BRACKETS.values(), False)
    for place, letter in enumerate(line):
        if pair := _BRACKETS.get(letter):
            before, behind = line[place - 1] if place else " ", line[place + 1] if place + 1 < len(line) else " "
            is_before, is_behind = before == " " and behind != " ", before != " " and behind in _CLOSE
            opens = not is_open[pair] if is_before == is_behind else is_before
            letters[place] = pair[0 if opens else 1]
            is_open[pair] = opens
    return "".join(letters)
