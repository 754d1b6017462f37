"""A living corpus: whatever has changed, the index is the one that would be built from nothing, for less work."""

from __future__ import annotations

import json
import os
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval import Analyzer
from retrieval.engines import ENGINES
from tests.indexes import Opener, contents, passage_numbers, same

TEXTS = (
    "سیل آمد. پل شکست.\n\nباران بند آمد.",
    "پسته در کرمان کاشته می‌شود. باران کم است.",
    "انار ساوه نامدار است.\n\nسیل به پل رسید؟ «نه» (هنوز).",
)
FILES = ("a.jsonl", "b.jsonl", "d/a.jsonl")
IDS = tuple("01234")
WHOLE = ("c.txt", "d/e.md")
BLANK, BYTES = "\n", "\ufffe"
"""A text file without text, and one that is none."""

Change = dict[str, object]

ROW = st.none() | st.tuples(st.sampled_from(FILES), st.sampled_from(TEXTS), st.integers(0, 2))
CHANGES = st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(IDS, ROW),
        **dict.fromkeys(WHOLE, st.none() | st.sampled_from((*TEXTS, BLANK, BYTES))),
        **{f"broken {name}": st.booleans() for name in FILES},
        "touched": st.sampled_from(FILES + WHOLE),
    },
)
"""What becomes of articles (where each is, with which text, how far up), of files, of broken lines."""


class Corpus:
    """A folder that changes.

    Args:
        folder: where; made.
    """

    def __init__(self, folder: Path) -> None:
        self.folder, self._state, self._clock = folder, Change(), count(1)
        self.files: dict[str, list[str]] = {}
        """The records of each file."""
        self.known: dict[str, set[str]] = {}
        """Those of them that were articles when the index was last brought up to date."""
        folder.mkdir()
        (folder / "z.txt").write_text("پل.", encoding="utf-8")

    def change(self, changes: Change) -> int:
        """Write what has changed; returns how many records are to be analysed."""
        before = self.files
        self._state |= changes
        self.files = self._rendered()
        written = {name for name in self.files if self.files[name] != before.get(name)}
        written |= self.files.keys() & {str(self._state.pop("touched", None))}
        for name in before.keys() - self.files.keys():
            (self.folder / name).unlink()
        for name in written:
            path = self.folder / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(
                b"\xff\0\1" if self.files[name] == [BYTES] else "\n".join(self.files[name]).encode("utf-8")
            )
            os.utime(path, ns=(0, next(self._clock)))
        troubled = {name for name in before if set(before[name]) - self.known[name]}
        stale = (written | troubled) & self.files.keys() if written or before.keys() - self.files.keys() else set()
        analysed = sum(record not in self.known.get(name, ()) for name in stale for record in self.files[name])
        self.known = {
            name: {record for record in records if record not in ("{", BLANK, BYTES)}
            for name, records in self.files.items()
        }
        return analysed

    def _rendered(self) -> dict[str, list[str]]:
        files: dict[str, list[str]] = {}
        rows = [(row[2], name, row) for name in IDS if isinstance(row := self._state.get(name), tuple)]
        for _, name, (file, text, _) in sorted(rows):
            files.setdefault(file, []).append(json.dumps({"id": name, "title": text[:4], "text": text}))
        for file in FILES:
            if self._state.get(f"broken {file}"):
                files.setdefault(file, []).insert(0, "{")
        for file in WHOLE:
            if isinstance(text := self._state.get(file), str):
                files[file] = [text]
        return files


@pytest.mark.parametrize("engine", sorted(ENGINES))
@given(steps=st.lists(CHANGES, min_size=2, max_size=6))
@settings(max_examples=25)
def test_an_index_brought_up_to_date_is_the_one_built_from_nothing(
    tmp_path_factory: pytest.TempPathFactory, analyzer: Analyzer, engine: str, steps: list[Change]
) -> None:
    home = tmp_path_factory.mktemp("living")
    corpus = Corpus(home / "corpus")
    opener = Opener(corpus.folder, home / "data", analyzer, engine)
    first = opener()
    held = contents(first)
    for changes in steps:
        expected = corpus.change(changes)
        index = opener()
        assert (opener.analysed, opener.told) == (expected, [])
        assert same(index, opener.fresh(), changed=True)
        assert len(opener.generations) <= 2
    assert contents(first) == held
    opener.refresh(anew=True)
    assert same(opener(), opener.fresh())
    assert same(opener(), index, changed=True)


@pytest.fixture(params=sorted(ENGINES))
def opener(request: pytest.FixtureRequest, tmp_path: Path, analyzer: Analyzer) -> Opener:
    folder = tmp_path / "corpus"
    folder.mkdir()
    for name, text in zip("abc", TEXTS, strict=True):
        write(folder, name, {"id": name, "text": text})
    return Opener(folder, tmp_path / "data", analyzer, request.param)


def write(folder: Path, name: str, *rows: dict[str, str]) -> None:
    (folder / f"{name}.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")


def test_of_two_articles_with_one_id_the_one_that_has_it_keeps_it(opener: Opener) -> None:
    opener()
    write(opener.corpus, "a", {"id": "c", "text": "سیل."})
    index = opener()
    assert [article.text for article in index.articles] == [TEXTS[1], TEXTS[2]]
    (problem,) = index.problems
    assert "«c» is taken" in str(problem)
    write(opener.corpus, "c", {"id": "d", "text": TEXTS[2]})
    index = opener()
    assert {article.id: article.text for article in index.articles} == {"b": TEXTS[1], "c": "سیل.", "d": TEXTS[2]}
    assert not index.problems
    assert same(index, opener.fresh(), changed=True)


def test_numbers_are_never_given_twice(opener: Opener) -> None:
    """Who opened before may still ask for what is gone, and must not be shown something else."""
    opener()
    highest = -1
    for step in range(3):
        write(opener.corpus, "a", {"id": "a", "text": f"{TEXTS[0]} بار {step}."})
        index = opener()
        block = index.block(passage_numbers(index)[-1:])
        assert index.article(int(block.articles[0])).id == "a"
        assert block.passages[0] > highest
        highest = int(block.passages[0])


def test_the_generation_before_stays_for_who_is_about_to_open_it(tmp_path: Path, analyzer: Analyzer) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    stored = Opener(folder, tmp_path / "data", analyzer, "tantivy")
    names: list[str] = []
    for text in TEXTS:
        write(folder, "a", {"id": "a", "text": text})
        stored.refresh()
        (added,) = set(stored.generations) - set(names)
        names.append(added)
        assert stored.generations == names[-2:]


def test_a_touched_corpus_is_read_once_and_changes_nothing(opener: Opener) -> None:
    before = opener()
    for file in opener.corpus.iterdir():
        os.utime(file, ns=(1, 1))
    change = opener.refresh().change
    assert (change.read, change.added, change.removed, opener.analysed) == (3, 0, [], 0)
    assert opener.refresh().change.read == 0
    after = opener()
    assert after.updated == before.updated
    assert same(before, after)


def test_a_rebuilt_index_is_analysed_whole(opener: Opener) -> None:
    before = opener()
    held = contents(before)
    found = opener.refresh(anew=True)
    assert (found.change.added, found.change.whole, opener.analysed) == (3, True, 3)
    assert found.totals == before.totals
    assert contents(opener()) == held == contents(before), "who opened before keeps what is not there any more"
