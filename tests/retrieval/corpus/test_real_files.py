"""Files that newsrooms and offices really have: what a reader finds in them is what a person reads there."""

from __future__ import annotations

import html
import json
import re
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from retrieval import Article, CorpusError
from retrieval.corpus.articles import read_corpus
from retrieval.corpus.encoding import decode
from retrieval.corpus.readers.registry import READERS
from retrieval.types import Kind
from tests.conftest import SHARED

FILES = SHARED / "files"
EXPECTED: dict[str, dict[str, Any]] = (
    json.loads((FILES / "expected.json").read_text(encoding="utf-8")) if FILES.is_dir() else {}
)
HEADS = 10
"""Half-spaces that stand in what the pages of a book have only in their heads."""
MAX_LEAD = 250
"""Code points that may stand above the first sentence: a lead."""

TAG = re.compile(r"<[^>]*>|\s+")


def given(names: list[str]) -> list[Any]:
    """Files as cases of a test; those of a format that is not read yet are skipped."""
    return [pytest.param(name, marks=_unless_read(Path(name).suffix)) for name in names]


def _unless_read(ending: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(ending not in READERS, reason=f"no reader of {ending} yet")


def names(*folders: str) -> list[str]:
    """All files of some kinds."""
    return [str(path.relative_to(FILES)) for folder in folders for path in sorted((FILES / folder).glob("*"))]


@cache
def read(name: str) -> tuple[Article, ...]:
    """The articles of a file; none where it is refused."""
    try:
        return read_corpus(FILES / name).articles
    except CorpusError:
        return ()


def quotable(article: Article) -> str:
    """What of an article can be quoted, its white space as one blank each."""
    spans = [block[1:3] for block in article.blocks if block.kind not in UNQUOTED] or [(0, len(article.text))]
    return " ".join(" ".join(article.text[start:end] for start, end in spans).split())


UNQUOTED = {Kind.FURNITURE, Kind.CAPTION}


def matches(article: Article, expected: dict[str, Any]) -> bool:
    """Whether an article has the fields that are expected."""
    day = article.date.isoformat() if article.date else ""
    fields = {"title": article.title, "source": article.source, "author": article.author, "url": article.url}
    first_title = {"title": expected["first_title"]} if "first_title" in expected else {}
    wanted = {key: expected[key] for key in fields if key in expected} | first_title
    return fields | wanted == fields and day == expected.get("date", day)[:10]


@pytest.mark.parametrize("name", given(list(EXPECTED)))
def test_a_file_has_the_articles_and_fields_that_a_person_finds(name: str) -> None:
    expected, articles = EXPECTED[name], read(name)
    assert len(articles) == expected.get("articles", 1)
    assert not articles or any(matches(article, expected) for article in articles)


@pytest.mark.parametrize("name", given([name for name, expected in EXPECTED.items() if "first" in expected]))
def test_the_text_begins_and_ends_where_the_article_does(name: str) -> None:
    first, last = (" ".join(EXPECTED[name][key].split()) for key in ("first", "last"))
    texts = list(map(quotable, read(name)))
    (begun,) = (text for text in texts if first in text)
    (ended,) = (text for text in texts if last in text)
    assert begun.index(first) <= MAX_LEAD
    assert ended.endswith(last)


@pytest.mark.parametrize("name", given([name for name, expected in EXPECTED.items() if expected.get("articles", 1)]))
def test_the_text_has_what_it_must_and_nothing_that_stands_beside_it(name: str) -> None:
    expected, text = EXPECTED[name], " ".join(map(quotable, read(name)))
    assert [phrase for phrase in expected.get("must", ()) if phrase not in text] == []
    beside = (*expected.get("not_in_text", ()), *expected.get("must_not", ()))
    assert [phrase for phrase in beside if phrase in text] == []


@pytest.mark.parametrize("name", given([name for name in EXPECTED if name.startswith("html/")]))
def test_all_half_spaces_of_a_page_are_kept(name: str) -> None:
    (article,) = read(name)
    source = TAG.sub("", html.unescape(decode((FILES / name).read_bytes())))
    text = TAG.sub("", quotable(article))
    first, last = (TAG.sub("", EXPECTED[name][key]) for key in ("first", "last"))
    own, original = (page[page.index(first) : page.index(last) + len(last)] for page in (text, source))
    assert own.count("\u200c") == original.count("\u200c")


PARTS = {".docx": "document.xml", ".odt": "content.xml", ".epub": ".xhtml"}
"""What the names of the files with the text end in, by the ending of the archive that they are in."""


@pytest.mark.parametrize("name", given(names("docx", "odt", "epub")))
def test_all_half_spaces_of_an_office_document_or_book_are_kept(name: str) -> None:
    with zipfile.ZipFile(FILES / name) as archive:
        parts = [part for part in archive.namelist() if part.endswith(PARTS[Path(name).suffix])]
        original = "".join(TAG.sub("", archive.read(part).decode()) for part in parts if "nav." not in part)
    assert (
        sum((article.title + article.text).count("\u200c") for article in read(name))
        >= original.count("\u200c") - HEADS
    )


@pytest.mark.parametrize(
    "name", given(names("html", "rss", "docx", "odt", "epub", "pdf", "json-csv", "xlsx", "telegram"))
)
def test_each_file_of_articles_has_some(name: str) -> None:
    assert read(name)


@pytest.mark.parametrize("name", given(names("html-index")))
def test_front_pages_are_refused_by_name(name: str) -> None:
    with pytest.raises(CorpusError, match="front page") as caught:
        read_corpus(FILES / name)
    assert caught.value.path.name == Path(name).name
