"""An article's blocks → passages: the sentences that are searched and quoted, and the context they are read in.

    headings ────────────┐
    lead-in, head row ───┴→ the context of ─→ a list, a table, a run of pairs: each item, row or pair a sentence
                                            └→ paragraphs that no blank line parts: their sentences

A heading, a lead-in and a head row are no answers by themselves: they name what stands below them. In a short text
without a title or heading the first sentence, its lead, names what the other passages speak of; in a dispatch, what its
own passage does too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from retrieval.text.item_marks import STEP
from retrieval.text.layout import blocks_of
from retrieval.text.orthography import bare
from retrieval.text.pairs import is_pair
from retrieval.text.sentences import sentence_spans
from retrieval.text.word_tables import word_set
from retrieval.types import Article, Block, Form, Kind, Passage, Sentence, Span

MAX_ROWS = 40
"""Rows of a table that make one passage; a longer table has several, each with the same context."""
MAX_WHOLE = 300
"""Code points of an item that is one sentence, and of a paragraph that leads in a list as a whole."""
MAX_LED = 12
"""Sentences of an untitled text whose first one names what the others speak of; a longer one speaks of more."""
MIN_LED = 3
"""Sentences of a dispatch whose first one names what those of its own passage speak of, too."""

_NAMING = word_set("نام اسم عنوان")
"""A label with one of these has what a run of pairs is about: «نام شرکت: …»."""

_FORMS = {Kind.ITEM: Form.ITEM, Kind.ROW: Form.ROW, Kind.HEAD_ROW: Form.ROW, Kind.PAIR: Form.PAIR}
"""What the blocks of a list or a table are as sentences; all others are prose."""


_TABLE = frozenset((Kind.HEAD_ROW, Kind.ROW))
_NAMES_TABLE = re.compile(r"جدول\b")
"""Matches the caption of a table that stands below it; a picture may stand there too."""


class PassageSpans(NamedTuple):
    """A passage of a text.

    Args:
        sentences: the spans of its sentences, at least one.
        forms: for each of them what it is.
        context: the spans of what names it: its headings from the highest on, its lead-in, its table's head row,
            the pair that says what the others are of.
    """

    sentences: tuple[Span, ...]
    forms: tuple[Form, ...]
    context: tuple[Span, ...]


def passages(article: Article) -> list[Passage]:
    """The passages of an article, in order."""
    return [Passage(article, one.sentences[0][0], one.sentences[-1][1]) for one in passage_spans(article)]


def sentences_of(article: Article) -> Iterator[Sentence]:
    """The sentences of an article, in order, each with its passage."""
    for one in passage_spans(article):
        passage = Passage(article, one.sentences[0][0], one.sentences[-1][1])
        yield from (Sentence(passage, *span) for span in one.sentences)


def sentences(passage: Passage) -> list[Sentence]:
    """The sentences of a passage, in order; for those of a whole article see `sentences_of`, which cuts it once."""
    return [one for one in sentences_of(passage.article) if passage.start <= one.start and one.end <= passage.end]


def passage_spans(article: Article) -> list[PassageSpans]:
    """What the `passages` of an article are made of."""
    text = article.text
    blocks = _with_steps(text, [one for one in article.blocks or blocks_of(text) if one.kind is not Kind.FURNITURE])
    found = list(_passages(text, blocks))
    count = sum(len(one.sentences) for one in found)
    if article.title or not found or found[0].context or count > MAX_LED:
        return found
    lead = found[0].sentences[0]
    is_dispatch = bool(article.source) and count >= MIN_LED
    first = found[0]._replace(context=(lead,)) if is_dispatch else found[0]
    return [first, *(passage._replace(context=(lead, *passage.context)) for passage in found[1:])]


def _with_steps(text: str, blocks: Sequence[Block]) -> list[Block]:
    """The blocks; paragraphs below one another that are numbered as steps («گام دوم: …») are items of a list."""
    found: list[Block] = []
    are_steps = [block.kind is Kind.PARAGRAPH and bool(STEP.match(text, block.start, block.end)) for block in blocks]
    for is_step, run in groupby(zip(are_steps, blocks, strict=True), key=lambda one: one[0]):
        its = [block for _, block in run]
        found += [block._replace(kind=Kind.ITEM) for block in its] if is_step and len(its) > 1 else its
    return found


def _passages(text: str, blocks: Sequence[Block]) -> Iterator[PassageSpans]:
    path: list[Block] = []
    leading: tuple[Span, ...] = ()
    runs = list(_runs(text, blocks))
    for place, run in enumerate(runs):
        kind = run[0].kind
        if kind is Kind.HEADING:
            path = [above for above in path if above.level < run[0].level] + run
            leading = ()
            continue
        context = tuple((heading.start, heading.end) for heading in path)
        if kind in _FORMS:
            below = runs[place + 1][0] if place + 1 < len(runs) else None
            if kind in _TABLE and below and below.kind is Kind.CAPTION and _NAMES_TABLE.match(text, below.start):
                leading = (*leading, (below.start, below.end))
            yield from _listed(text, run, context + leading)
            leading = ()
            continue
        sentences = tuple(span for block in run for span in sentence_spans(text, block.start, block.end))
        forms = [Form.SENTENCE] * len(sentences)
        if _leads_in(text, run, runs[place + 1 : place + 3]):
            forms[-1] = Form.LEAD_IN
            whole = (run[-1].start, run[-1].end)
            leading = (*leading, whole if whole[1] - whole[0] <= MAX_WHOLE else sentences[-1])
        else:
            leading = ()
        yield PassageSpans(sentences, tuple(forms), context)


def _leads_in(text: str, run: Sequence[Block], below: Sequence[Sequence[Block]]) -> bool:
    """Whether blocks lead to what stands below them: with a colon to a list or a table, as a caption to a table.

    A table's caption may stand between its lead-in and it.
    """
    if not below:
        return False
    if run[0].kind is Kind.CAPTION:
        return below[0][0].kind in _TABLE
    names = below[1:] if below[0][0].kind is Kind.CAPTION else below
    return text[run[-1].end - 1] == ":" and bool(names) and names[0][0].kind in _FORMS


def _listed(text: str, run: Sequence[Block], context: tuple[Span, ...]) -> Iterator[PassageSpans]:
    """The passages of a list, of a table or of pairs; a long item is more than one sentence."""
    if run[0].kind is Kind.HEAD_ROW:
        context, run = (*context, (run[0].start, run[0].end)), run[1:]
    elif run[0].kind is Kind.PAIR and _names_subject(text, run[0]):
        context = (*context, (run[0].start, run[0].end))
    for first in range(0, len(run), MAX_ROWS):
        sentences: list[Span] = []
        forms: list[Form] = []
        for block in run[first : first + MAX_ROWS]:
            is_long = block.kind is Kind.ITEM and block.end - block.start > MAX_WHOLE
            spans = sentence_spans(text, block.start, block.end) if is_long else [(block.start, block.end)]
            sentences += spans
            forms += [Form.SENTENCE if len(spans) > 1 else _form(text, block)] * len(spans)
        yield PassageSpans(tuple(sentences), tuple(forms), context)


def _form(text: str, block: Block) -> Form:
    """What a short block of a list or a table is as a sentence; an item may be a label with its value."""
    return Form.PAIR if block.kind is Kind.ITEM and is_pair(text, block.start, block.end) else _FORMS[block.kind]


def _names_subject(text: str, pair: Block) -> bool:
    """Whether a pair says what those below it are of."""
    label, _, _ = text[pair.start : pair.end].partition(":")
    return not _NAMING.isdisjoint(map(bare, label.split()))


def _runs(text: str, blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """The blocks that make one passage together. A heading is alone; one that names nothing is a paragraph."""
    is_parted = any(_has_blank_line(text, one, other) for one, other in pairwise(blocks))
    run: list[Block] = []
    for place, block in enumerate(blocks):
        if run and _begins(text, blocks[place - 1], block, is_parted=is_parted):
            yield run
            run = []
        below = blocks[place + 1] if place + 1 < len(blocks) else None
        names_nothing = below is None or (below.kind is Kind.HEADING and below.level <= block.level)
        is_sentence = block.kind is Kind.HEADING and names_nothing
        run.append(block._replace(kind=Kind.PARAGRAPH) if is_sentence else block)
    if run:
        yield run


def _begins(text: str, before: Block, block: Block, *, is_parted: bool) -> bool:
    """Whether a block begins a passage.

    Args:
        text: what holds both.
        before: the block before it.
        block: the block.
        is_parted: whether blank lines part some blocks of the text; where none do, each line is a paragraph.
    """
    if (
        Kind.HEADING in (before.kind, block.kind)
        or block.kind is Kind.HEAD_ROW
        or Kind.CAPTION in (before.kind, block.kind)
    ):
        return True
    one, other = _FORMS.get(before.kind), _FORMS.get(block.kind)
    if one is None and other is None:
        return not is_parted or _has_blank_line(text, before, block)
    return one != other


def _has_blank_line(text: str, one: Block, other: Block) -> bool:
    return text.count("\n", one.end, other.start) > 1
