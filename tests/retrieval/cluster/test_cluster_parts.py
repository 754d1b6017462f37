"""Parts of a collection, as closed folders and questions that wait use them, on a machine that does not write."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from retrieval import Analyzer, Retriever, story_of, terms_by_article
from tests.indexes import STORY, same
from tests.retrieval.cluster.machines import Machine, put
from tests.retrieval.cluster.server import Server

pytestmark = pytest.mark.cluster


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    (folder / "hr").mkdir(parents=True)
    put(folder, "pears", "گلابی نطنز شیرین است. باغ‌های نطنز بزرگ‌اند.", "گلابی")
    put(folder, "hr/leave", "مرخصی سالانه ۲۶ روز است.\n\nمرخصی زایمان ۹ ماه است.", "مرخصی")
    for name, day in (("hr/a", 5), ("b", 4), ("hr/c", 3), ("d", 2)):
        text = f"---\ntitle: سیل پل‌دختر\ndate: 2025-01-0{day}\n---\n# گزارش\n\n{STORY}\n"
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    (folder / "hr" / "broken.md").write_text("---\ntitle: [\n---\n", encoding="utf-8")
    return folder


@pytest.fixture
def reader(cluster: Server, corpus: Path, tmp_path: Path, analyzer: Analyzer) -> Iterator[Machine]:
    Machine(corpus, tmp_path / "writer", analyzer).index.refresh()
    yield Machine(corpus, tmp_path / "reader", analyzer)
    cluster.forget()


def is_open(file: str, _: int) -> bool:
    return not file.startswith(f"hr{os.sep}")


def is_closed(file: str, number: int) -> bool:
    return not is_open(file, number)


@pytest.mark.parametrize("holds", [is_open, is_closed])
def test_a_part_is_what_an_index_of_its_own_would_be(reader: Machine, holds: object) -> None:
    part = reader.retriever().within(holds)  # type: ignore[arg-type]
    for file in [file for file in reader.corpus.rglob("*") if file.is_file()]:
        if not holds(str(file.relative_to(reader.corpus)), 0):  # type: ignore[operator]
            file.unlink()
    own = Retriever(reader.in_memory(), reader.spec("rank-bm25"))
    assert same(part.index, own.index)
    assert set(part.index.vocabulary) == set(own.index.vocabulary)
    assert [str(one) for one in part.problems] == [str(one) for one in own.problems]


def test_a_part_of_a_part_holds_what_both_hold(reader: Machine) -> None:
    closed = reader.retriever().within(is_closed)
    late = closed.among(lambda file, _: file.endswith(".md"))
    assert sorted(article.id for article in late.articles) == ["hr/a.md", "hr/c.md"]


def test_what_has_come_is_asked_alone_and_weighs_as_among_all(reader: Machine, tmp_path: Path) -> None:
    before = reader.retriever()
    put(reader.corpus, "figs", "انجیر استهبان در مرداد می‌رسد.", "انجیر")
    Machine(reader.corpus, tmp_path / "writer", reader.analyzer).index.refresh()
    after = reader.retriever()
    assert before.stamp.is_before(after.stamp)
    new = after.among(lambda _, number: number > before.stamp.last)
    assert [article.id for article in new.articles] == ["figs"]
    (hit, *_), (whole, *_) = (one.search("انجیر استهبان کی می‌رسد؟") for one in (new, after))
    assert (hit.article, hit.sentence.text) == (whole.article, whole.sentence.text)
    assert new.index.totals == after.index.totals
    assert "انجیر" in terms_by_article(new.index)["figs"]
    assert story_of(after.within(is_open).index, "b.md") == {"b.md", "d.md"}
