"""Tables of the package in the terms of an analyzer, compiled once and kept in files beside the lexicon.

To analyse the thousands of words of these tables takes longer than all else of a start.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from retrieval.system import versions
from retrieval.system.files import fingerprint, kept
from retrieval.text.analyzer import Analyzer
from retrieval.text.word_tables import read

MAX_SHARED = 4
"""Tables that are kept in memory for all retrievers: each change of the articles makes another one."""

Made = TypeVar("Made")


def compiled(
    name: str,
    analyzer: Analyzer,
    compile_table: Callable[[str, Analyzer], Any],
    make: Callable[[Any], Made],
    folder: Path | None,
) -> Made:
    """What is made of a table of the package. Whoever asks for the same one shares it, and must not change it.

    Args:
        name: the table's file.
        analyzer: text → terms.
        compile_table: from the table's text to what JSON can write.
        make: from that, as JSON reads it, to what is wanted.
        folder: where it is kept; one that cannot be written costs the compilation each time. None keeps nothing.
    """
    text = read(__file__, name)
    if folder is None:
        return _shared(make, json.dumps(compile_table(text, analyzer), ensure_ascii=False).encode())
    made_of = (versions.TABLES, versions.TERMS, versions.LEXICON, analyzer.lexicon.fingerprint, text)
    path = folder / f"{Path(name).stem}-{fingerprint(repr(made_of).encode())}.bin"
    return _shared(make, kept(path, lambda: json.dumps(compile_table(text, analyzer), ensure_ascii=False).encode()))


def _shared(make: Callable[[Any], Made], content: bytes) -> Made:
    made: Made = _made(make, content)
    return made


@lru_cache(MAX_SHARED)
def _made(make: Callable[[Any], Any], content: bytes) -> Any:
    return make(json.loads(content))
