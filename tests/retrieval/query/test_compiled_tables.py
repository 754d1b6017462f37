"""Compiled tables: made once, read from then on, made again where the file is damaged or was made of something else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from retrieval import Analyzer
from retrieval.corpus.folder import SYNONYMS
from retrieval.query import compiled_tables
from retrieval.query.compiled_tables import compiled
from retrieval.query.synonyms import compile_sets
from retrieval.system import versions
from retrieval.text.word_tables import read


class _Compiler:
    """Compiles tables of synonyms, and counts how often."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self, text: str, analyzer: Analyzer) -> Any:
        self.times += 1
        return compile_sets(text, analyzer)


def test_a_table_is_compiled_once(tmp_path: Path, analyzer: Analyzer) -> None:
    compiler = _Compiler()
    first, again = (compiled(SYNONYMS, analyzer, compiler, list, tmp_path / "new") for _ in range(2))
    assert first == again == compiled(SYNONYMS, analyzer, compile_sets, list, None)
    assert [list(map(tuple, phrases)) for phrases in first] == compile_sets(
        read(compiled_tables.__file__, SYNONYMS), analyzer
    )
    assert compiler.times == 1
    assert first is again


def test_a_damaged_file_is_replaced(tmp_path: Path, analyzer: Analyzer) -> None:
    compiler = _Compiler()
    first = compiled(SYNONYMS, analyzer, compiler, list, tmp_path)
    (path,) = tmp_path.iterdir()
    whole = path.read_bytes()
    path.write_bytes(whole[:-9])
    assert compiled(SYNONYMS, analyzer, compiler, list, tmp_path) == first
    assert compiler.times == 2
    assert path.read_bytes() == whole


def test_another_version_is_compiled_anew(tmp_path: Path, analyzer: Analyzer, monkeypatch: pytest.MonkeyPatch) -> None:
    compiler = _Compiler()
    compiled(SYNONYMS, analyzer, compiler, list, tmp_path)
    monkeypatch.setattr(versions, "TABLES", versions.TABLES + 1)
    compiled(SYNONYMS, analyzer, compiler, list, tmp_path)
    assert compiler.times == 2


def test_a_folder_that_cannot_be_written_keeps_nothing(tmp_path: Path, analyzer: Analyzer) -> None:
    (tmp_path / "file").touch()
    compiler = _Compiler()
    first, again = (compiled(SYNONYMS, analyzer, compiler, list, tmp_path / "file") for _ in range(2))
    assert first == again
    assert compiler.times == 2
