"""JSON (`.json`): articles in a list or an object, under the keys of crawlers and databases; Telegram's exports.

The objects that hold a text under one of the names in `data/keys.txt` are articles, however deep they stand.
"""

from __future__ import annotations

from collections.abc import Iterator

from retrieval.corpus.encoding import DAMAGE
from retrieval.corpus.readers import telegram
from retrieval.corpus.readers.bodies import is_paragraph
from retrieval.corpus.readers.dump import Dump, holds_message, holds_text, parse
from retrieval.corpus.readers.json_pieces import Object, pieces
from retrieval.corpus.readers.record import FaultError, RawRecord, damage_of, text_of
from retrieval.corpus.readers.telegram import Chat

__all__ = ["parse", "records"]

REMEDY = "write each article as an object with «title» and «text»"


def records(name: str, content: bytes) -> Iterator[RawRecord]:
    """See `Reader.records`."""
    text = text_of(content, with_damage=True)
    del content  # its values take several times as much
    if not text.strip():
        raise FaultError("it has no text", REMEDY)
    dump, chats = Dump(name), list[Chat]()
    is_damaged = DAMAGE.search(text) is not None
    line, counted, found = 1, 0, False
    for piece in pieces(text, is_record, is_whole):
        line, counted = line + text.count("\n", counted, piece.start), piece.start
        reason = piece.reason or (damage_of(text[piece.start : piece.end]) if is_damaged else "")
        if piece.value is None or reason:
            yield dump.fault(reason, "put it right, or remove it", line)
        elif telegram.is_chat(piece.around) and telegram.is_message(piece.value):
            if not telegram.has_too_many_parts(piece.value):
                telegram.add(chats, piece.around, piece.value, line)
                continue
            yield dump.fault(f"its text has more than {telegram.MAX_PARTS:,} parts", "split it", line)
        else:
            yield from (dump.article(row, line) for row in rows_of(piece.value))
        found = True
    for chat in chats:
        for row, at in chat.rows():
            found = True
            yield dump.article(row, at)
    if not found:
        raise telegram.refusal(chats) if chats else FaultError("it has no articles", REMEDY)


def is_record(row: Object) -> bool:
    """Whether an object is an article, a message, or a table with a list for each column."""
    if telegram.is_message(row) or _is_table(row):
        return True
    if is_paragraph(row):
        return False
    return holds_text(row) or (holds_message(row) and not any(map(_holds_objects, row.values())))


def is_whole(row: Object) -> bool:
    """Whether an object, as far as it goes, is an article or a message: no other stands in it."""
    return holds_text(row) or telegram.is_message(row)


def _holds_objects(value: object) -> bool:
    return isinstance(value, list) and any(isinstance(member, dict) for member in value)


def rows_of(value: dict[str, object]) -> Iterator[Object]:
    """The rows of a table that has a list, or an object, for each column; else the object itself."""
    if not _is_table(value):
        yield value
        return
    for cells in zip(*map(_cells, value.values()), strict=True):
        row = dict(zip(value, cells, strict=True))
        if holds_text(row):
            yield row


def _is_table(value: Object) -> bool:
    """Whether all values of an object are columns of the same length, and make rows that are articles."""
    columns = [_cells(column) for column in value.values()]
    lengths = {len(cells) for cells in columns}
    if len(columns) < 2 or len(lengths) > 1 or not lengths.pop():
        return False
    return holds_text({key: cells[0] for key, cells in zip(value, columns, strict=True)})


def _cells(column: object) -> list[object]:
    """The cells of a column: a list, or an object with a key for each row."""
    return list(column.values()) if isinstance(column, dict) else column if isinstance(column, list) else []
