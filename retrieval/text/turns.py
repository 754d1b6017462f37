"""The turns of speakers among the blocks of a conversation: an interview, minutes, questions and answers.

A name on a line of its own, or before a colon, that opens several turns is a speaker's. One whose turns mostly end with
a question mark asks: what is asked names the answers below it, and is none itself.

    لعیا پرسا                    heading, asks
    پس تقلبی را چطور بشناسیم؟    heading below it
    نوشین گرده‌شناس              heading below both
    در خانه نمی‌شود.             paragraph, read in all three
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from retrieval.types import Block, Kind

MAX_NAME, MAX_NAME_WORDS = 40, 5
"""Code points and words of a speaker's name."""
MAX_ASKING_TURN = 200
"""Code points of a turn that asks; a longer one says something too."""
MIN_TURNS = 2
"""A name that opens fewer turns is a heading like any other."""

_NAME = re.compile(r"[^\d:.!?؟…؛،«»()\n]+")
_PREFIX = re.compile(rf"(?P<name>[^\d:.!?؟…؛،«»()\n]{{2,{MAX_NAME}}}):\s+(?=\S)")
_PROSE = (Kind.PARAGRAPH, Kind.HEADING)


class _Turn(NamedTuple):
    """What one speaker says without a break.

    Args:
        speaker: the name.
        blocks: the places of the blocks, the line of the name among them.
        has_line: whether the name stands on a line of its own.
    """

    speaker: str
    blocks: range
    has_line: bool


def with_turns(text: str, blocks: Sequence[Block], level: int) -> list[Block]:
    """The blocks of a text in which the names of speakers, and what they ask, are headings.

    Args:
        text: what holds them.
        blocks: in order.
        level: of an asking speaker's name; the question is one deeper, an answering speaker's name two.

    Where nobody asks, the blocks stay as they are. A list of questions, each with an answer below it, asks too.
    """
    found = _with_asked_items(text, blocks, level)
    if not (turns := _turns(text, found)):
        return found
    asked = Counter(turn.speaker for turn in turns if _asks(text, found, turn))
    spoken = Counter(turn.speaker for turn in turns)
    asking = {speaker for speaker, count in asked.items() if count > spoken[speaker] / 2}
    if not asking:
        return found
    for turn in turns:
        is_question = turn.speaker in asking
        for place in turn.blocks:
            block = found[place]
            is_name = turn.has_line and place == turn.blocks.start
            if is_name:
                found[place] = Block(Kind.HEADING, block.start, block.end, level if is_question else level + 2)
            elif is_question and block.kind in _PROSE and block.end - block.start <= MAX_ASKING_TURN:
                found[place] = Block(Kind.HEADING, block.start, block.end, level + 1)
    return found


def _with_asked_items(text: str, blocks: Sequence[Block], level: int) -> list[Block]:
    """The blocks of a text in which each question among items is the heading of its answer, where all have one."""
    found = list(blocks)
    is_asked = [block.kind is Kind.ITEM and text[block.end - 1] in "؟?" for block in blocks]
    asked = [place for place, is_one in enumerate(is_asked) if is_one]
    answered = [place for place in asked if _is_answer(blocks, is_asked, place + 1)]
    if len(asked) < MIN_TURNS or answered != asked:
        return found
    for place in asked:
        found[place] = Block(Kind.HEADING, *blocks[place][1:3], level + 1)
        while _is_answer(blocks, is_asked, place + 1):
            place += 1  # noqa: PLW2901  # the answer goes on
            found[place] = Block(Kind.PARAGRAPH, *blocks[place][1:3])
    return found


def _is_answer(blocks: Sequence[Block], is_asked: Sequence[bool], place: int) -> bool:
    return place < len(blocks) and blocks[place].kind is Kind.ITEM and not is_asked[place]


def _turns(text: str, blocks: Sequence[Block]) -> list[_Turn]:
    """The turns of all speakers, in order; what stands before the first is none."""
    names = [_name(text, block) for block in blocks]
    counts = Counter(name for name, _ in filter(None, names))
    opened = [(place, *name) for place, name in enumerate(names) if name and counts[name[0]] >= MIN_TURNS]
    ends = [place for place, _, _ in opened[1:]] + [len(blocks)]
    return [_Turn(name, range(place, end), line) for (place, name, line), end in zip(opened, ends, strict=False)]


def _name(text: str, block: Block) -> tuple[str, bool] | None:
    """The name that may open a turn at a block, and whether it has the line for itself."""
    if block.kind not in _PROSE:
        return None
    end = block.end - 1 if text[block.end - 1] == ":" else block.end
    is_short = end - block.start <= MAX_NAME and _NAME.fullmatch(text, block.start, end)
    if is_short and len(text[block.start : end].split()) <= MAX_NAME_WORDS:
        return text[block.start : end].strip(), True
    opened = _PREFIX.match(text, block.start, block.end)
    return (opened["name"].strip(), False) if opened else None


def _asks(text: str, blocks: Sequence[Block], turn: _Turn) -> bool:
    """Whether a turn ends with a question."""
    return text[blocks[turn.blocks[-1]].end - 1] in "؟?"
