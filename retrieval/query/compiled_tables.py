"""Tables of the package in the terms of an analyzer, compiled once and kept in files beside the lexicon.

To analyse the thousands of words of these tables takes longer than all else of a start.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from retrieval.system import versions
from retrieval.system.files import fingerprint, kept
from retrieval.text.analyzer import Analyzer
from retrieval.text.word_tables import read


def compiled(name: str, analyzer: Analyzer, compile_table: Callable[[str, Analyzer], Any], folder: Path | None) -> Any:
    """What a table of the package is compiled to, as JSON gives it.

    Args:
        name: the table's file.
        analyzer: text → terms.
        compile_table: from the table's text to what JSON can write.
        folder: where it is kept; one that cannot be written costs the compilation each time. None keeps nothing.
    """
    text = read(__file__, name)
    if folder is None:
        return json.loads(json.dumps(compile_table(text, analyzer)))
    made_of = (versions.TABLES, versions.TERMS, versions.LEXICON, analyzer.lexicon.fingerprint, text)
    path = folder / f"{Path(name).stem}-{fingerprint(repr(made_of).encode())}.bin"
    return json.loads(kept(path, lambda: json.dumps(compile_table(text, analyzer), ensure_ascii=False).encode()))
