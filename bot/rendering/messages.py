"""A text with marks → the parts of it that fit into a message each.

A line runs in the direction of its first strong letter, and a number in that of the letters before it. Right-to-left
marks keep Latin letters from turning the Persian around them, and left-to-right marks keep commands together.
"""

from __future__ import annotations

import re
import unicodedata

from bot.rendering.markup import Rich
from retrieval.text import for_message

MAX_MESSAGE_UNITS = 4096
"""UTF-16 code units of a message in Telegram."""

_RIGHT_TO_LEFT_MARK, _LEFT_TO_RIGHT_MARK = "\u200f", "\u200e"
_COMMANDS = re.compile(r"(?<!\S)(?=/[A-Za-z])")
_COMMAS_THAT_TURN = re.compile(r"(?<=[A-Za-z])(?=[،؛]\s*\d)")
_BREAKS = (re.compile(r"(?:[.!؟?…]»?\s|\n)\s*"), re.compile(r"\s+"), re.compile(r""))
"""Where a text may be cut, the best places first: sentence ends, spaces, anywhere."""


def split(text: Rich, limit: int = MAX_MESSAGE_UNITS) -> list[Rich]:
    """The messages that show a text, cut at sentence ends where possible.

    Control characters and marks that turn a line round are left out, half-spaces stay. White space at the edges of a
    message is dropped.

    Args:
        text: what is shown.
        limit: how long a message may be, in UTF-16 code units.

    Returns:
        The messages in order; none for a text without any letter.
    """
    parts: list[Rich] = []
    rest = _directed(text.mapped(for_message)).strip()
    while rest:
        end = _cut(rest.text, limit)
        parts.append(rest.part(0, end).strip())
        rest = rest.part(end, len(rest.text)).strip()
    return list(filter(None, parts))


def utf16_length(text: str) -> int:
    """The length of `text` in UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _cut(text: str, limit: int) -> int:
    """The code points of the longest opening of `text` that fits and ends well."""
    if utf16_length(text) <= limit:
        return len(text)
    most = next(end for end in range(min(len(text), limit), 0, -1) if utf16_length(text[:end]) <= limit)
    for place in _BREAKS:
        ends = [match.end() for match in place.finditer(text[:most]) if match.end() > most // 2]
        if ends:
            return ends[-1]
    return most


def _directed(text: Rich) -> Rich:
    """The text with marks where letters that run from left to right would turn others round, or be turned.

    Right-to-left marks stand before each line that begins with such a letter, and before a Persian comma between one
    and a number. Left-to-right marks stand before the stroke of a command, which else is shown behind its name.
    """
    text = text.inserted(_LEFT_TO_RIGHT_MARK, [match.start() for match in _COMMANDS.finditer(text.text)])
    starts = (match.end() for match in re.finditer(r"^", text.text, re.MULTILINE))
    places = [start for start in starts if _runs_left_to_right(text.text, start)]
    commas = [match.start() for match in _COMMAS_THAT_TURN.finditer(text.text)]
    return text.inserted(_RIGHT_TO_LEFT_MARK, sorted([*places, *commas]))


def _runs_left_to_right(text: str, start: int) -> bool:
    """Whether the first strong letter of the line that begins at `start` is a left-to-right one."""
    for place in range(start, len(text)):
        if text[place] == "\n":
            return False
        direction = unicodedata.bidirectional(text[place])
        if direction in {"L", "R", "AL"}:
            return direction == "L"
    return False
