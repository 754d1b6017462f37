"""What every reader works with: a record, the fault of one, and the protocol of a reader."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple, Protocol

from retrieval.corpus.encoding import DAMAGE, decode, decode_with_damage
from retrieval.types import Article

IS_DRAFT = "it is a draft"
"""The reason for which drafts are left out; it is stored with them."""


class FaultError(Exception):
    """Something wrong in a file; becomes a CorpusError where the file's place is known.

    Args:
        reason: what is wrong; white space in it, as in the messages of libraries, becomes single blanks.
        remedy: what to do about it.
        line: the line at fault, from 1, where one is.
    """

    def __init__(self, reason: str, remedy: str, line: int | None = None) -> None:
        super().__init__(reason)
        self.reason, self.remedy, self.line = " ".join(reason.split()), remedy, line


class DraftError(FaultError):
    """An article that is not published yet: drafts are left out, and counted."""

    def __init__(self, line: int | None = None) -> None:
        super().__init__(IS_DRAFT, "publish it (`draft: false`) to have it answered from", line)


class RawRecord(NamedTuple):
    """The piece of a file that becomes one article: the whole file, or a line, row, item or chapter of it.

    Args:
        name: the file's path within the corpus; the article's id where the format has none of its own.
        line: where the piece begins, from 1.
        content: the piece, in whatever form its reader parses.
    """

    name: str
    line: int
    content: bytes


class Reader(Protocol):
    """How the files of a format are read. A module with these two functions is one."""

    def records(self, name: str, content: bytes) -> Iterator[RawRecord]:
        """Cut a file into records. This runs in the one process that writes, so it is kept cheap.

        Raises:
            FaultError: the file as a whole cannot be read.
        """

    def parse(self, record: RawRecord) -> Article:
        """The article of a record. This runs in all processes; a fault does not touch the file's other records.

        Raises:
            FaultError: the record is no article.
        """


def whole(name: str, content: bytes) -> Iterator[RawRecord]:
    """The `records` of formats with one article a file."""
    yield RawRecord(name, 1, content)


@contextmanager
def as_fault(remedy: str, line: int | None = None) -> Iterator[None]:
    """Within it, a ValueError of what is read is a fault of the file.

    Args:
        remedy: what to do about it.
        line: see `FaultError`.

    Raises:
        FaultError: with the message of the ValueError.
    """
    try:
        yield
    except ValueError as error:
        raise FaultError(str(error), remedy, line) from error


def text_of(content: bytes, *, with_damage: bool = False) -> str:
    """The text of a file, by `decode` or `decode_with_damage` of `retrieval.corpus.encoding`.

    Raises:
        FaultError: its encoding is not known, or it is damaged.
    """
    with as_fault("save it as UTF-8 text"):
        return decode_with_damage(content) if with_damage else decode(content)


def damage_of(text: str) -> str:
    """What is wrong with the part of a text with damage; "" where it is sound."""
    damage = None if text.isascii() else DAMAGE.search(text)
    return f"it is UTF-8 but damaged at byte {len(text[: damage.start()].encode())}" if damage else ""
