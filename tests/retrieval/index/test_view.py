"""Some articles of an index: alone they are as an index of their own, among all they weigh as they do there."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from retrieval import IndexStoreError, Retriever, story_of, terms_by_article
from tests.conftest import CORPUS, with_tables
from tests.indexes import STORY, same


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Articles in the open and in the folder `hr`; in both, copies of a story and a file that cannot be read."""
    folder = tmp_path / "corpus"
    (folder / "hr" / "old").mkdir(parents=True)
    for place, file in enumerate(sorted(CORPUS.glob("*.md"))):
        shutil.copy(file, folder / "hr" / file.name if place % 3 == 0 else folder / file.name)
    for name, day in (("hr/a.md", 5), ("hr/old/b.md", 4), ("c.md", 3), ("d.md", 2), ("e.md", 1)):
        (folder / name).write_text(f"---\ntitle: سیل پل‌دختر\ndate: 2025-01-0{day}\n---\n{STORY}\n", "utf-8")
    rows = [
        {"id": f"row{number}", "title": f"ردیف {number}", "text": f"باران {number} ساعت بارید."} for number in range(3)
    ]
    (folder / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    for name in ("broken.md", "hr/broken.md"):
        (folder / name).write_text("---\ntitle: [\n---\n", "utf-8")
    return folder


def is_open(file: str, _: int) -> bool:
    return not file.startswith(f"hr{os.sep}")


def is_hr(file: str, _: int) -> bool:
    return file.startswith(f"hr{os.sep}")


@pytest.mark.parametrize("engine", ["rank-bm25", "tantivy"])
@pytest.mark.parametrize("holds", [is_open, is_hr])
def test_a_part_is_what_an_index_of_its_own_would_be(
    corpus: Path, tmp_path: Path, data: Path, engine: str, holds: object
) -> None:
    part = Retriever.from_corpus(corpus, engine, data=data).within(holds)  # type: ignore[arg-type]
    for file in [file for file in corpus.rglob("*") if file.is_file()]:
        if not holds(str(file.relative_to(corpus)), 0):  # type: ignore[operator]
            file.unlink()
    own = Retriever.from_corpus(corpus, engine, data=with_tables(tmp_path / "data", data))
    assert same(part.index, own.index)
    assert set(part.index.vocabulary) == set(own.index.vocabulary)
    questions = [f"{article.heading} چیست؟" for article in own.articles] + ["سیل کجا را گرفت؟", "کی باران بارید"]
    for question in questions:
        ours, theirs = (
            [(hit.article.id, hit.quotation, round(hit.confidence, 6), hit.copies) for hit in one.search(question)]
            for one in (part, own)
        )
        assert ours == theirs


def test_among_all_the_words_of_a_part_tell_as_much_as_there(corpus: Path, data: Path) -> None:
    whole = Retriever.from_corpus(corpus, data=data)
    part = whole.among(is_open)
    compared = 0
    for article in part.articles:
        question = whole.read(f"{article.heading} چیست؟")
        assert part.read(question.text).weights == question.weights
        scores = {hit.number: hit.score for hit in whole.search(question, 50)}
        hits = part.search(question, 50)
        assert {hit.article.id for hit in hits} <= {one.id for one in part.articles}
        for hit in hits:
            compared += hit.number in scores
            assert scores.get(hit.number, hit.score) == pytest.approx(hit.score)
    assert compared > 20


def test_what_is_not_stored_has_no_part(corpus: Path) -> None:
    with pytest.raises(IndexStoreError, match="PASOKH_DATA"):
        Retriever.from_corpus(corpus).within(is_open)


def test_what_has_come_is_told_by_stamps(corpus: Path, data: Path) -> None:
    first = Retriever.from_corpus(corpus, data=data)
    (corpus / "new.md").write_text("---\ntitle: آلوی نیشابور\n---\nآلوی نیشابور در پاییز خشک می‌شود.\n", "utf-8")
    then = Retriever.from_corpus(corpus, data=data)
    assert first.stamp.is_before(then.stamp)
    assert not then.stamp.is_before(first.stamp)
    assert not first.stamp.is_before(then.stamp._replace(version="other"))
    new = then.among(lambda _, number: number > first.stamp.last)
    assert [article.id for article in new.articles] == ["new.md"]
    (terms,) = terms_by_article(new.index).values()
    assert then.analyzer.terms("آلوی نیشابور خشک")[0] in terms


def test_copies_tell_one_story(corpus: Path, data: Path) -> None:
    whole = Retriever.from_corpus(corpus, data=data)
    copies = {"c.md", "d.md", "e.md"}
    assert story_of(whole.index, "c.md") == copies | {f"hr{os.sep}a.md", os.path.join("hr", "old", "b.md")}
    assert story_of(whole.within(is_open).index, "c.md") == copies
    assert story_of(whole.index, "row1") == {"row1"}


def test_a_part_of_a_part_has_nothing_else(corpus: Path, data: Path) -> None:
    whole = Retriever.from_corpus(corpus, data=data)
    for part in (whole.within(is_open).within(is_hr), whole.within(is_open).among(is_hr)):
        assert list(part.articles) == []
        assert part.search("سیل کجا را گرفت؟") == []
        assert part.whole is whole


def test_a_part_that_is_renewed_is_the_same_part(corpus: Path, data: Path) -> None:
    part = Retriever.from_corpus(corpus, data=data).within(is_open)
    for name in ("new.md", "hr/new.md"):
        (corpus / name).write_text("---\ntitle: آلوی نیشابور\n---\nآلوی نیشابور در پاییز خشک می‌شود.\n", "utf-8")
    Retriever.from_corpus(corpus, data=data)
    renewed = part.renewed()
    assert {article.id for article in renewed.articles} == {*(article.id for article in part.articles), "new.md"}
    assert {hit.article.id for hit in renewed.search("آلوی نیشابور کی خشک می‌شود؟")} == {"new.md"}
