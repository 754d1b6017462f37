"""The stored index: the same as a fresh one, and never stale."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from retrieval import Analyzer, CorpusError, EngineError
from retrieval.corpus.folder import Folder
from retrieval.engines import ENGINES
from retrieval.engines.base import K1, B
from retrieval.errors import IndexStoreError
from retrieval.indexing import spec, update
from retrieval.indexing.stored_index import StoredIndex
from retrieval.system import versions
from retrieval.text.passages import passages, sentences
from tests.conftest import CORPUS
from tests.indexes import RECORDS, Opener, contents, passage_numbers, same, write_small_corpus


@pytest.fixture(params=sorted(ENGINES))
def opener(request: pytest.FixtureRequest, tmp_path: Path, analyzer: Analyzer) -> Opener:
    return Opener(write_small_corpus(tmp_path / "corpus"), tmp_path / "data", analyzer, request.param)


def test_the_stored_index_is_the_fresh_one_and_is_used(opener: Opener) -> None:
    fresh = opener()
    assert (opener.analysed, opener.told) == (RECORDS, [])
    stored = opener()
    assert (opener.analysed, opener.told) == (0, [])
    assert same(fresh, stored)
    assert same(opener.fresh(), stored)
    assert len(fresh.problems) == 1


def test_numbers_and_bounds_follow_passages_and_sentences(analyzer: Analyzer, tmp_path: Path) -> None:
    built = Opener(CORPUS, tmp_path, analyzer).fresh()
    expected = [list(sentences(passage)) for article in built.articles for passage in passages(article)]
    flat = [sentence for passage in expected for sentence in passage]
    assert list(built.sentences()) == flat
    assert built.totals[:3] == (len(built.articles), len(expected), len(flat))
    assert (len(built.sentence_engine), len(built.passage_engine)) == (len(flat), len(expected))
    numbers = passage_numbers(built)
    assert [flat[number].passage for number in numbers] == [passage[0].passage for passage in expected]
    of = dict(zip(numbers, expected, strict=True))
    assert all(sentence in of[int(built.block([number]).passages[0])] for number, sentence in enumerate(flat))
    assert sum(map(built.sentences_of, [article.id for article in built.articles])) == len(flat)


def test_means_are_those_of_what_the_engines_hold(analyzer: Analyzer, tmp_path: Path) -> None:
    built = Opener(CORPUS, tmp_path, analyzer).fresh()
    texts = [analyzer.terms(sentence.text) for sentence in built.sentences()]
    titles = [len(analyzer.terms(content.article.title)) for content in contents(built)]
    terms = sum(map(len, texts))
    assert built.mean_sentence == pytest.approx(terms / len(texts))
    assert built.mean_passage == pytest.approx((terms + sum(titles)) / len(titles))
    assert (built.sentence_engine.k1, built.sentence_engine.b) == (K1, B)


def test_articles_are_a_sequence_in_the_order_of_the_corpus(opener: Opener) -> None:
    articles = opener().articles
    assert [article.id for article in articles] == ["c.txt", "a", "b"]
    assert (articles[0], articles[-1]) == (articles[-3], articles[2])
    assert [article.id for article in articles[1:]] == ["a", "b"]
    assert [article.id for article in articles[::-2]] == ["b", "c.txt"]
    assert (articles[5:], articles[2:1]) == ((), ())
    assert (articles.get("a"), articles.get("d")) == (articles[1], None)
    with pytest.raises(IndexError):
        articles[3]


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
    lines = (corpus / "rows.jsonl").read_text(encoding="utf-8").split("\n")
    lines[2] = json.dumps({"id": "d", "text": "باران آمد."})
    (corpus / "rows.jsonl").write_text("\n".join(lines), encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "analysed"), [(_edit, 1), (_touch, 1), (_add, 1), (_remove, 0), (_rename, 1), (_mend, 1)]
)
def test_a_changed_corpus_is_noticed_without_a_word(
    opener: Opener, change: Callable[[Path], None], analysed: int
) -> None:
    """And only what has changed is analysed: of the JSONL file one line."""
    before = opener()
    held = contents(before)
    change(opener.corpus)
    after = opener()
    broken = sum("line 3" in str(problem) for problem in opener.fresh().problems)
    assert opener.analysed in (analysed, analysed + broken), "what is broken is tried again"
    assert opener.told == []
    assert same(opener.fresh(), after, changed=True)
    assert contents(before) == held != contents(after), "who opened before keeps what was there"
    assert same(after, opener())
    assert opener.analysed == 0


class CountedFolder(Folder):
    """A folder that counts how often each file is read."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.reads = Counter[str]()

    def read(self, name: str) -> bytes:
        self.reads[name] += 1
        return super().read(name)


def _swap_ids(corpus: Path) -> None:
    """An id goes from a later file to an earlier one, a line to another place, a file is new, another unreadable."""
    (corpus / "a.jsonl").write_text('{"id": "b", "text": "باران آمد."}\n', encoding="utf-8")
    lines = (corpus / "rows.jsonl").read_text(encoding="utf-8").split("\n")
    (corpus / "rows.jsonl").write_text("\n".join(["", lines[0]]), encoding="utf-8")
    (corpus / "c.txt").write_bytes(b"\xff\0")


@pytest.mark.parametrize(("kept", "reads"), [(update.MAX_KEPT_BYTES, 1), (0, 2)], ids=["kept", "read again"])
def test_a_changed_file_is_read_once_unless_what_is_new_is_too_much_to_keep(
    opener: Opener, kept: int, reads: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    (opener.corpus / "a.jsonl").write_text('{"id": "d", "text": "گندم زرد است."}\n', encoding="utf-8")
    opener()
    _swap_ids(opener.corpus)
    monkeypatch.setattr(update, "MAX_KEPT_BYTES", kept)
    source = CountedFolder(opener.corpus)
    refreshed = StoredIndex(source, opener.folder, opener.spec()).refresh()
    assert source.reads == {"a.jsonl": reads, "rows.jsonl": reads, "c.txt": reads}
    assert (refreshed.change.added, len(refreshed.change.removed)) == (1, 3)
    assert same(opener.fresh(), opener(), changed=True)


@pytest.mark.parametrize("name", ["INDEX", "TERMS"])
def test_an_index_of_another_version_is_built_anew_and_says_so(
    opener: Opener, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = opener()
    monkeypatch.setattr(versions, name, -1)
    with pytest.raises(IndexStoreError, match="is of another version; run `retrieval index`"):
        opener.check()
    after = opener()
    (line,) = opener.told
    assert line.startswith(f"{opener.store}: the stored index is of another version (")
    assert line.endswith("; it is built anew.")
    assert opener.analysed == RECORDS
    assert same(before, after)
    opener()
    assert (opener.analysed, opener.told) == (0, [])


def test_a_store_of_another_layout_is_not_kept(opener: Opener) -> None:
    opener()
    for name in ("store-1.db", "store-1.db-wal"):
        (opener.home / name).write_bytes(opener.store.read_bytes())
    opener()
    assert len(list(opener.home.glob("store-1.db*"))) == 2  # nothing has changed, nothing is written
    (opener.corpus / "d.txt").write_text("گلاب قمصر.", encoding="utf-8")
    opener()
    assert not list(opener.home.glob("store-1.db*"))


def test_each_corpus_has_its_own_index(opener: Opener, analyzer: Analyzer) -> None:
    opener()
    other = Opener(CORPUS, opener.folder, analyzer, opener.engine)
    other()
    for one in (opener, other):
        one()
        assert one.analysed == 0


def test_a_corpus_that_vanishes_is_an_error_although_its_index_is_stored(opener: Opener) -> None:
    opener()
    for file in opener.corpus.iterdir():
        file.unlink()
    with pytest.raises(CorpusError, match="has no articles"):
        opener()


def test_engines_take_turns_over_one_store(opener: Opener, analyzer: Analyzer) -> None:
    others = [Opener(opener.corpus, opener.folder, analyzer, name) for name in ENGINES]
    for step in range(3):
        (opener.corpus / "c.txt").write_text(f"انار ساوه {'بسیار ' * step}نامدار است.", encoding="utf-8")
        for one in others[:: 1 if step % 2 else -1]:
            assert same(one.fresh(), one(), changed=True), (step, one.engine)
            assert one.told == []


def test_auto_goes_by_the_size_of_the_corpus(opener: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    opener.engine = "auto"
    assert not opener().sentence_engine.adds_up
    size = sum(file.stat().st_size for file in opener.corpus.iterdir())
    monkeypatch.setattr(spec, "MAX_BYTES_IN_MEMORY", size)
    assert not opener().sentence_engine.adds_up
    monkeypatch.setattr(spec, "MAX_BYTES_IN_MEMORY", size - 1)
    large = opener()
    assert large.sentence_engine.adds_up
    assert (opener.told, opener.analysed) == ([], 0)
    assert same(opener.fresh(), large)


def test_auto_does_without_tantivy_where_it_is_not_installed(opener: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spec, "MAX_BYTES_IN_MEMORY", 0)
    opener.engine = "tantivy"
    before = opener()
    monkeypatch.delitem(sys.modules, "retrieval.engines.disk", raising=False)
    monkeypatch.setitem(sys.modules, "tantivy", None)
    with pytest.raises(EngineError, match=r"not installed; run: pip install 'pasokh\[disk\]'"):
        opener()
    opener.engine = "auto"
    found = opener()
    assert not found.sentence_engine.adds_up
    assert contents(found) == contents(before)
    assert opener.told
    assert all("the engine «tantivy» is not installed" in line for line in opener.told)
    assert all(line.endswith("until then a large corpus starts slowly.") for line in opener.told)


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@given(
    rows=st.lists(
        st.fixed_dictionaries({"title": TEXT, "text": TEXT.map(lambda text: f"سیل {text}"), "source": TEXT}),
        min_size=1,
        max_size=4,
    )
)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(rows=[{"title": "\u2028", "text": "a\u00a0.\x85b", "source": "\x1c"}])
def test_any_article_survives_the_store(opener: Opener, rows: list[dict[str, str]]) -> None:
    for file in opener.corpus.iterdir():
        file.unlink()
    lines = (json.dumps(row | {"id": number}) for number, row in enumerate(rows))
    (opener.corpus / "rows.jsonl").write_text("\n".join(lines), encoding="utf-8")
    opener()
    stored = opener()
    assert opener.analysed == 0
    assert same(opener.fresh(), stored, changed=True)
