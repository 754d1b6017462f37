"""The stored index: the same as a fresh one, never stale, never damaged, and never in the way."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from retrieval import Analyzer, Article, CorpusError, index, store, terms
from retrieval.engines import Group
from retrieval.index import Index, open_index
from retrieval.sentences import passages, sentences
from retrieval.units import UnitTable
from tests.conftest import CORPUS, ROOT, _private

ROWS = [
    {"id": "a", "title": "سیل", "text": "سیل آمد. پل شکست.\n\nباران بند آمد.", "date": "2025-12-27", "url": "u"},
    {"id": "b", "text": "پسته در کرمان کاشته می‌شود.\u2028خرما در بم.", "source": "بهار", "author": "نیکو"},
]


class Opener:
    """Opens the index of one corpus again and again; `told` is what was announced, `analysed` how many articles."""

    def __init__(self, corpus: Path, folder: Path, analyzer: Analyzer) -> None:
        self.corpus, self.folder, self._analyzer = corpus, folder, analyzer
        self.told: list[str] = []
        self.analysed = 0

    def __call__(self) -> Index:
        self.told, self.analysed = [], 0
        return open_index(
            self.corpus,
            engine="rank-bm25",
            analyzer=self._analyzer,
            folder=self.folder,
            announce=self.told.append,
            track=self._track,
        )

    def _track(self, articles: tuple[Article, ...]) -> tuple[Article, ...]:
        self.analysed = len(articles)
        return articles

    @property
    def stored(self) -> Path:
        """The one file in the folder."""
        (file,) = self.folder.iterdir()
        return file


@pytest.fixture
def opener(tmp_path: Path, analyzer: Analyzer) -> Opener:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "rows.jsonl").write_text("\n".join(json.dumps(row) for row in ROWS) + "\n{\n", encoding="utf-8")
    (corpus / "c.txt").write_text("انار ساوه نامدار است.", encoding="utf-8")
    return Opener(corpus, tmp_path / "data", analyzer)


def same_units(one: UnitTable, other: UnitTable) -> bool:
    """Whether two tables hold the same units."""
    arrays = ("words", "stems", "traits", "starts", "ordered", "lengths")
    return one.vocabulary == other.vocabulary and all(
        np.array_equal(getattr(one, name), getattr(other, name)) for name in arrays
    )


def same(one: Index, other: Index) -> bool:
    """Whether two indexes hold the same and score alike."""
    fields = ("articles", "sentences", "mean_sentence", "mean_passage")
    arrays = ("marks", "passage_numbers", "passage_starts", "passage_articles")
    queries = [[Group((term,))] for term in ("سیل", "پسته", "انار", "باران")]
    return (
        all(getattr(one, field) == getattr(other, field) for field in fields)
        and all(np.array_equal(getattr(one, name), getattr(other, name)) for name in arrays)
        and all(same_units(getattr(one, name), getattr(other, name)) for name in ("units", "titles"))
        and [str(problem) for problem in one.problems] == [str(problem) for problem in other.problems]
        and all(one.sentence_engine.search(query, 9) == other.sentence_engine.search(query, 9) for query in queries)
        and all(one.passage_engine.search(query, 9) == other.passage_engine.search(query, 9) for query in queries)
    )


def test_the_stored_index_is_the_fresh_one_and_is_used(opener: Opener) -> None:
    fresh = opener()
    assert (opener.analysed, opener.told) == (3, [])
    stored = opener()
    assert (opener.analysed, opener.told) == (0, [])
    assert same(fresh, stored)
    assert len(fresh.problems) == 1


def test_numbers_and_bounds_follow_passages_and_sentences(analyzer: Analyzer) -> None:
    built = open_index(CORPUS, engine="rank-bm25", analyzer=analyzer, folder=None, announce=print, track=iter)
    expected = [[list(sentences(passage)) for passage in passages(article)] for article in built.articles]
    flat = [passage for article in expected for passage in article]
    assert list(built.sentences) == [sentence for passage in flat for sentence in passage]
    assert len(built.passage_engine) == len(flat)
    for number, sentence in enumerate(built.sentences):
        first, end = built.passage_bounds(number)
        assert first <= number < end
        assert list(built.sentences[first:end]) == flat[built.passage_numbers[number]]
        assert built.sentences[first].passage == sentence.passage


def _edit(corpus: Path) -> None:
    (corpus / "c.txt").write_text("انار ساوه بسیار نامدار است.", encoding="utf-8")


def _touch(corpus: Path) -> None:
    """Other letters, as many bytes: only the time tells."""
    (corpus / "c.txt").write_text("انار میبد نامدار است."[:21], encoding="utf-8")
    os.utime(corpus / "c.txt", ns=(1, 1))


def _add(corpus: Path) -> None:
    (corpus / "below").mkdir()
    (corpus / "below" / "d.md").write_text("# گندم\nگندم زرد است.", encoding="utf-8")


def _remove(corpus: Path) -> None:
    (corpus / "c.txt").unlink()


def _rename(corpus: Path) -> None:
    (corpus / "c.txt").rename(corpus / "e.txt")


def _mend(corpus: Path) -> None:
    (corpus / "rows.jsonl").write_text(json.dumps(ROWS[0]), encoding="utf-8")


@pytest.mark.parametrize("change", [_edit, _touch, _add, _remove, _rename, _mend])
def test_a_changed_corpus_is_noticed_without_a_word(opener: Opener, change: Callable[[Path], None]) -> None:
    before = opener()
    change(opener.corpus)
    after = opener()
    assert opener.analysed == len(after.articles)
    assert opener.told == []
    assert not same(before, after)
    assert same(after, opener())
    assert opener.analysed == 0
    assert opener.stored


@pytest.mark.parametrize("module", [index, terms], ids=["reading", "terms"])
def test_an_index_of_another_version_is_built_anew(
    opener: Opener, module: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    opener()
    monkeypatch.setattr(module, "VERSION", -1)
    opener()
    assert (opener.analysed, opener.told) == (3, [])
    opener()
    assert opener.analysed == 0


def test_each_corpus_has_its_own_index(opener: Opener, analyzer: Analyzer) -> None:
    opener()
    other = Opener(CORPUS, opener.folder, analyzer)
    other()
    for one in (opener, other):
        one()
        assert one.analysed == 0


@pytest.mark.parametrize(
    "content",
    [b"", b"SQLite format 3\0", b"\0" * 5000, "سلام".encode() * 100],
    ids=["empty", "header", "zeros", "text"],
)
def test_another_file_in_its_place_is_replaced_with_one_line(opener: Opener, content: bytes) -> None:
    fresh = opener()
    opener.stored.write_bytes(content)
    assert same(fresh, opener())
    (line,) = opener.told
    assert line.startswith(f"{opener.stored}: the stored index cannot be read (it is damaged)")
    assert line.endswith("built anew.")
    opener()
    assert (opener.analysed, opener.told) == (0, [])


@given(data=st.data())
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_damage_goes_unnoticed(opener: Opener, data: st.DataObject) -> None:
    """Neither a cut nor one changed byte, wherever it stands, is ever quoted."""
    fresh = opener()
    content = bytearray(opener.stored.read_bytes())
    place = data.draw(st.integers(0, len(content) - 1))
    if data.draw(st.booleans()):
        del content[place:]
    else:
        content[place] ^= data.draw(st.integers(1, 255))
    opener.stored.write_bytes(content)
    assert same(fresh, opener())
    assert (opener.analysed, len(opener.told)) == (3, 1)


def test_a_folder_that_cannot_be_written_costs_only_time(opener: Opener, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    opener.folder = tmp_path / "file" / "data"
    for _ in range(2):
        assert len(opener().articles) == 3
        assert opener.analysed == 3
        assert opener.told
        assert all("the stored index cannot be" in line for line in opener.told)
        assert opener.told[-1].endswith("it will be built again next time.")


@pytest.mark.parametrize("name", ["x" * 300, "nul\0"])
def test_a_folder_with_an_impossible_name_costs_only_time(opener: Opener, tmp_path: Path, name: str) -> None:
    opener.folder = tmp_path / name
    assert len(opener().articles) == 3
    assert opener.told[-1].endswith("it will be built again next time.")


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_a_read_only_folder_costs_only_time(opener: Opener) -> None:
    opener.folder.mkdir()
    opener.folder.chmod(0o500)
    assert len(opener().articles) == 3
    assert "Permission denied" in opener.told[0]


def test_a_full_disk_leaves_the_old_index_and_no_rubbish(opener: Opener, data: Path, tmp_path: Path) -> None:
    folder = _private(tmp_path, data)
    command = [sys.executable, "-m", "bot", "ask", "--corpus", str(opener.corpus), "انار ساوه چگونه است؟"]
    environment = os.environ | {"PASOKH_DATA": str(folder), "PYTHONPATH": str(ROOT)}

    def ask(most: int) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            check=True,
            timeout=120,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY)),
        )

    ask(resource.RLIM_INFINITY)
    (stored,) = folder.glob("index-*")
    before, files = stored.read_bytes(), sorted(folder.iterdir())
    _edit(opener.corpus)
    full = ask(100)
    assert "بسیار نامدار است" in full.stdout
    assert len(full.stderr.splitlines()) == 2  # the broken JSONL line, and the disk
    assert "the stored index cannot be written (File too large); it will be built again next time." in full.stderr
    assert stored.read_bytes() == before
    assert sorted(folder.iterdir()) == files


def test_a_corpus_that_vanishes_is_an_error_although_its_index_is_stored(opener: Opener) -> None:
    opener()
    for file in opener.corpus.iterdir():
        file.unlink()
    with pytest.raises(CorpusError, match="has no articles"):
        opener()


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@given(
    rows=st.lists(
        st.fixed_dictionaries({"title": TEXT, "text": TEXT.map(lambda text: f"سیل {text}"), "source": TEXT}),
        min_size=1,
        max_size=4,
    )
)
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(rows=[{"title": "\u2028", "text": "a\u00a0.\x85b", "source": "\x1c"}])
def test_any_article_survives_the_store(opener: Opener, rows: list[dict[str, str]]) -> None:
    for file in opener.corpus.iterdir():
        file.unlink()
    lines = (json.dumps(row | {"id": number}) for number, row in enumerate(rows))
    (opener.corpus / "rows.jsonl").write_text("\n".join(lines), encoding="utf-8")
    fresh = opener()
    assert same(fresh, opener())
    assert opener.analysed == 0


def test_the_store_tells_none_from_damaged(tmp_path: Path) -> None:
    assert store.load(tmp_path / "none", "1") is None
    store.save(tmp_path / "empty", "1", store.Snapshot((), ()))
    assert store.load(tmp_path / "empty", "1") == store.Snapshot((), ())
    assert store.load(tmp_path / "empty", "2") is None
