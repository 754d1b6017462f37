"""What is stored and damaged: never a garbled quotation, never a traceback, and `--check` finds it."""

from __future__ import annotations

import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retrieval import Analyzer, IndexStoreError, Retriever
from retrieval.engines import ENGINES
from retrieval.index.reader import IndexReader
from tests.indexes import RECORDS, Opener, same, write_small_corpus

QUESTIONS = ("سیل چه کرد؟", "پسته کجا کاشته می‌شود؟", "انار کجا نامدار است؟", "پل شکست؟")


@pytest.fixture(params=sorted(ENGINES))
def opener(request: pytest.FixtureRequest, tmp_path: Path, analyzer: Analyzer) -> Opener:
    return Opener(write_small_corpus(tmp_path / "corpus"), tmp_path / "data", analyzer, request.param)


@pytest.fixture
def stored(tmp_path: Path, analyzer: Analyzer) -> Opener:
    """That of the engine on disk."""
    return Opener(write_small_corpus(tmp_path / "corpus"), tmp_path / "data", analyzer, "tantivy")


def damage(path: Path, data: st.DataObject) -> None:
    """Cut a file, or change up to a hundred bytes in a row."""
    content = bytearray(path.read_bytes())
    place = data.draw(st.integers(0, len(content) - 1))
    if data.draw(st.booleans()):
        del content[place:]
    else:
        size = data.draw(st.sampled_from([1, 1, 4, 100]))
        content[place : place + size] = bytes(
            byte ^ data.draw(st.integers(1, 255)) for byte in content[place : place + size]
        )
    path.unlink()  # not through the links of another generation
    path.write_bytes(content)


def asked(opener: Opener, index: IndexReader) -> set[tuple[str, str, str]]:
    """What is quoted in answer to some questions: the article's id, heading, and the sentence."""
    retriever = Retriever(index, opener.spec())
    hits = [hit for question in QUESTIONS for hit in retriever.search(question)]
    return {(hit.article.id, hit.article.heading, hit.sentence.text) for hit in hits}


def check_promise(opener: Opener, whole: IndexReader) -> None:
    """What is there is quoted as it is, or there is one line; what `--check` finds, a rebuild mends."""
    sentences = {(one.article.id, one.article.heading, one.text) for one in whole.sentences()}
    told = []
    try:
        assert asked(opener, opener()) <= sentences
    except IndexStoreError as error:
        told.append(str(error))
    try:
        opener.check()
    except IndexStoreError as error:
        told.append(str(error))
        opener.refresh(anew=True)
        opener.check()
    assert all(len(line.splitlines()) == 1 for line in told + opener.told)
    if told:
        assert same(opener(), whole)


@given(data=st.data())
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_damaged_store_is_never_quoted_garbled(opener: Opener, data: st.DataObject) -> None:
    whole = restored(opener)
    damage(opener.store, data)
    check_promise(opener, whole)


def test_what_sqlite_finds_is_told_in_one_line(opener: Opener) -> None:
    """A list of free pages that the header tells of and that is none: SQLite heads its finding with a line."""
    whole = restored(opener)
    content = bytearray(opener.store.read_bytes())
    content[32] ^= 1
    opener.store.write_bytes(content)
    check_promise(opener, whole)


@given(data=st.data())
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_damaged_engine_never_garbles_and_is_found(stored: Opener, data: st.DataObject) -> None:
    whole = restored(stored)
    damage(data.draw(st.sampled_from(segments(stored))), data)
    with pytest.raises(IndexStoreError, match="cannot be used"):
        stored.check()
    check_promise(stored, whole)


def restored(opener: Opener) -> IndexReader:
    """A fresh index, and beside it a stored one as it was the first time."""
    keep = opener.folder.with_name("keep")
    if not keep.exists():
        opener.refresh()
        shutil.copytree(opener.home, keep)
    shutil.rmtree(opener.home, ignore_errors=True)
    shutil.copytree(keep, opener.home)
    return opener.fresh()


def segments(opener: Opener) -> list[Path]:
    """The files of the engine that have content, in an order that does not change."""
    files = (file for file in opener.home.glob("*/*/*") if file.suffix not in {".lock", ".json"})
    return sorted(files, key=lambda file: (file.parent, file.suffix))


@pytest.mark.parametrize(
    "content", [b"SQLite format 3\0", b"\0" * 5000, "سلام".encode() * 100], ids=["header", "zeros", "text"]
)
def test_another_file_in_its_place_is_replaced_with_one_line(opener: Opener, content: bytes) -> None:
    opener.refresh()
    opener.store.write_bytes(content)
    with pytest.raises(IndexStoreError, match="it is damaged"):
        opener.check()
    assert same(opener(), opener.fresh())
    (line,) = opener.told
    assert line.startswith(f"{opener.store}: the stored index cannot be ")
    assert line.endswith("(it is damaged); it is built anew.")
    opener()
    assert (opener.analysed, opener.told) == (0, [])


@pytest.mark.parametrize(
    ("name", "value"), [("totals", "x"), ("totals", "3"), ("totals", "[1,2,3,4,5,6]"), ("updated", "x"), ("next", "x")]
)
def test_a_damaged_header_is_told_and_the_index_built_anew(opener: Opener, name: str, value: str) -> None:
    opener.refresh()
    with closing(sqlite3.connect(opener.store)) as other, other:
        other.execute("UPDATE meta SET value = ? WHERE name = ?", (value, name))
    with pytest.raises(IndexStoreError, match="the stored index cannot be read"):
        opener.check()
    assert same(opener(), opener.fresh())
    (line,) = opener.told
    assert line.endswith("it is built anew.")


def test_an_empty_file_in_its_place_is_an_empty_store(opener: Opener) -> None:
    opener.refresh()
    opener.store.write_bytes(b"")
    assert same(opener(), opener.fresh())
    assert opener.analysed == RECORDS


@pytest.mark.parametrize("size", [0, 10, 30_000])
def test_a_store_cut_short_is_built_anew(opener: Opener, size: int) -> None:
    opener.refresh()
    content = opener.store.read_bytes()
    assert len(content) > size
    opener.store.write_bytes(content[:size])
    assert same(opener(), opener.fresh(), changed=True)
    opener()
    assert (opener.analysed, opener.told) == (0, [])
    opener.check()


@pytest.mark.parametrize("kind", ["fast", "fieldnorm", "idx", "pos", "store", "term"])
def test_a_segment_cut_short_is_written_anew_from_the_store(
    stored: Opener, kind: str, capfd: pytest.CaptureFixture[str]
) -> None:
    whole = stored()
    for cut in (slice(0), slice(6), slice(60), slice(-1)):
        (file, *_) = (one for one in segments(stored) if one.suffix == f".{kind}")
        content = file.read_bytes()
        file.unlink()  # who opened before maps it into memory
        file.write_bytes(content[cut])
        assert same(whole, stored())
        (line,) = stored.told
        assert re.search(r": the index of the engine cannot be used \(.*\); it is built anew\.$", line)
        assert stored.analysed == 0
        assert stored.check() == whole.totals
    assert capfd.readouterr().err == "", "tantivy is not let into a panic"


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"segments": [0]}', '{"segments": [{"segment_id": 0}]}'])
def test_a_generation_that_lost_its_list_is_written_anew_from_the_store(stored: Opener, content: str) -> None:
    whole = stored()
    (listing,) = stored.home.glob("*/passages/meta.json")
    listing.unlink()
    listing.write_text(content, encoding="utf-8")
    with pytest.raises(IndexStoreError, match="cannot be used"):
        stored.check()
    assert same(whole, stored())
    (line,) = stored.told
    assert line.endswith("it is built anew.")


def test_a_lost_generation_is_written_anew_from_the_store(stored: Opener) -> None:
    whole = stored()
    for name in stored.generations:
        shutil.rmtree(stored.home / name)
    assert same(whole, stored())
    assert (stored.analysed, stored.told) == (0, [])


def test_check_reads_everything_and_changes_nothing(opener: Opener) -> None:
    with pytest.raises(IndexStoreError, match=r"nothing is stored of .*; run `retrieval index`"):
        opener.check()
    totals = opener.refresh().totals
    files = {file: file.read_bytes() for file in opener.home.rglob("*") if file.suffix != ".db-shm" and file.is_file()}
    assert opener.check() == totals
    assert opener.told == []
    for file, content in files.items():
        assert file.read_bytes() == content


def test_check_finds_an_engine_that_is_not_the_stores(stored: Opener) -> None:
    stored()
    (generation,) = stored.generations
    shutil.rmtree(stored.home / generation / "passages")
    shutil.copytree(stored.home / generation / "sentences", stored.home / generation / "passages")
    with pytest.raises(IndexStoreError, match=r"it has \(\d+, \d+\) sentences and passages, its engine"):
        stored.check()


@pytest.mark.parametrize("name", ["x" * 300, "nul\0", "file"])
def test_a_folder_that_cannot_be_costs_only_time(opener: Opener, tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    opener.folder = tmp_path / name
    for _ in range(2):
        assert len(opener().articles) == 3
        assert opener.analysed == RECORDS
        (line,) = opener.told
        assert "the stored index cannot be" in line
        assert line.endswith("it will be built again next time.")
    with pytest.raises(IndexStoreError, match="the stored index cannot be"):
        opener.refresh()
