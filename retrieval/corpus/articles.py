"""Every article of a source, and what of it cannot be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from retrieval.corpus.folder import Folder
from retrieval.corpus.readers.record import IS_DRAFT, FaultError
from retrieval.corpus.readers.registry import parse, records
from retrieval.corpus.source import Source
from retrieval.errors import CorpusError
from retrieval.text.safe import printable
from retrieval.types import Article


@dataclass(frozen=True, slots=True)
class Corpus:
    """What a source holds.

    Args:
        articles: in the order of their files and lines.
        problems: what could not be read, in the same order.
    """

    articles: tuple[Article, ...]
    problems: tuple[CorpusError, ...]


def read_corpus(corpus: Path) -> Corpus:
    """Read every article of a folder, or of one file.

    Raises:
        CorpusError: there is nothing at `corpus`, or it holds not one readable article.
    """
    return read_source(Folder(corpus))


def read_source(source: Source) -> Corpus:
    """Read every article of a source.

    Raises:
        CorpusError: the source cannot be looked at, or it holds not one readable article.
    """
    articles: dict[str, Article] = {}
    problems: list[CorpusError] = []
    for name in source.files():
        place = source.place(name)
        try:
            for record in records(printable(name), source.read(name)):
                try:
                    article = parse(record)
                except FaultError as fault:
                    problems.append(problem(place, fault))
                    continue
                if articles.setdefault(article.id, article) is not article:
                    problems.append(taken(place, article.id, record.line))
        except FaultError as fault:
            problems.append(problem(place, fault))
    if not articles:
        raise none_readable(source.path, problems)
    return Corpus(tuple(articles.values()), with_drafts_counted(source.path, problems))


def problem(place: Path, fault: FaultError) -> CorpusError:
    """What is wrong with a file, or with a line of it."""
    return CorpusError(place, fault.reason, fault.remedy, fault.line)


def taken(place: Path, name: str, line: int) -> CorpusError:
    """The problem of an article whose id another one has."""
    return CorpusError(place, f"the id «{name}» is taken", "give each article its own id", line)


def with_drafts_counted(corpus: Path, problems: Sequence[CorpusError]) -> tuple[CorpusError, ...]:
    """Problems of a corpus, with one in the place of all its drafts."""
    others = tuple(problem for problem in problems if problem.reason != IS_DRAFT)
    drafts = len(problems) - len(others)
    if not drafts:
        return others
    counted = "1 draft is left out" if drafts == 1 else f"{drafts} drafts are left out"
    return (*others, CorpusError(corpus, counted, "publish them (`draft: false`) to have them answered from"))


def none_readable(corpus: Path, problems: list[CorpusError]) -> CorpusError:
    """The error of a corpus in which no article can be read: the first problem, if there is one."""
    if not problems:
        return CorpusError(corpus, "the corpus has no articles", "put files of articles there")
    first, *_ = with_drafts_counted(corpus, problems)
    return CorpusError(first.path, first.reason, f"{first.remedy} (no article of {corpus} can be read)", first.line)
