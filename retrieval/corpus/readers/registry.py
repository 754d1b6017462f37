"""Which module reads which files."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import cast

from retrieval.corpus.readers.record import FaultError, RawRecord, Reader
from retrieval.corpus.readers.unread import fault_of
from retrieval.types import Article

READERS = {
    ".txt": "plain_text",
    ".md": "markdown",
    ".markdown": "markdown",
    **dict.fromkeys((".jsonl", ".ndjson"), "jsonl"),
    ".json": "json",
    **dict.fromkeys((".csv", ".tsv"), "csv"),
    **dict.fromkeys((".xlsx", ".xlsm"), "xlsx"),
    **dict.fromkeys((".html", ".htm", ".mhtml", ".mht"), "html"),
    **dict.fromkeys((".xml", ".rss", ".atom"), "feeds"),
    ".docx": "docx",
    ".odt": "odt",
    ".epub": "epub",
    ".pdf": "pdf",
}
"""The reader of each file ending, a module beside this one. It is imported when its first file is met: where the index
is up to date, none is needed."""

MAX_BYTES = {
    **dict.fromkeys((".txt", ".md", ".markdown", ".html", ".htm", ".mhtml", ".mht"), 40_000_000),
    **dict.fromkeys((".docx", ".odt", ".epub", ".xlsx", ".xlsm", ".pdf", ".json"), 200_000_000),
}
"""Bytes of a file of some endings, beyond which it is not even read: ten million letters in UTF-8, the longest article,
take at most forty million; of an archive or a JSON text several times its bytes are kept while it is read."""
MAX_OTHERS_BYTES = 2_000_000_000
"""Bytes of a file of any other ending: those are read a record at a time."""


def check_size(name: str, size: int) -> None:
    """Look at a file's size before it is read.

    Args:
        name: its path within the corpus.
        size: its bytes.

    Raises:
        FaultError: it is larger than any of its format should be.
    """
    largest = MAX_BYTES.get(_ending(name), MAX_OTHERS_BYTES)
    if size > largest:
        raise FaultError(f"it is larger than {largest // 1_000_000:,} MB", "split it")


def records(name: str, content: bytes) -> Iterator[RawRecord]:
    """The records of a file.

    Args:
        name: its path within the corpus; its ending tells the format.
        content: its bytes.

    Raises:
        FaultError: its format or encoding is not known, or it has no text. Some of them come with the first record.
    """
    return _reader(_ending(name)).records(name, content)


def parse(record: RawRecord) -> Article:
    """The article of a record.

    Raises:
        FaultError: it is none.
    """
    return _reader(_ending(record.name)).parse(record)


def _ending(name: str) -> str:
    return os.path.splitext(name)[1].lower()


@cache
def _reader(ending: str) -> Reader:
    if ending not in READERS:
        raise fault_of(ending, READERS)
    return cast(Reader, import_module(f"retrieval.corpus.readers.{READERS[ending]}"))
