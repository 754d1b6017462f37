"""A corpus's files, and every article in them: a folder of article files, one article file, or a JSONL file."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from retrieval.corpus.encoding import printable
from retrieval.corpus.readers import FaultError, parse, records
from retrieval.errors import CorpusError
from retrieval.types import Article

SYNONYMS = "synonyms.txt"
"""The name of the file in a corpus folder that holds its synonyms, and no article."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """What a corpus holds.

    Args:
        articles: in the order of their paths and lines.
        problems: what could not be read, in the same order.
    """

    articles: tuple[Article, ...]
    problems: tuple[CorpusError, ...]


Handle = int | str | None
"""A folder that is being read: its descriptor or its path; None for that of the process."""


class State(NamedTuple):
    """What changes when a file is written: its bytes, and the time in nanoseconds."""

    size: int
    time: int


def article_files(corpus: Path) -> dict[str, State]:
    """The files of a corpus by their paths within it, in order.

    A folder has every file below it that is not hidden, without its synonyms; a file has itself.

    Raises:
        CorpusError: there is nothing at `corpus`, or it cannot be looked at.
    """
    try:
        state = corpus.stat()
        if not corpus.is_dir():
            return {corpus.name: State(state.st_size, state.st_mtime_ns)}
        found: dict[str, State] = {}
        _gather(str(corpus), None, "", found)
    except FileNotFoundError:
        raise CorpusError(corpus, "there is no such corpus", "name a folder of articles or a .jsonl file") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise CorpusError(corpus, f"it cannot be read ({reason})", "name a folder of articles") from error
    found.pop(SYNONYMS, None)
    return {name: found[name] for name in sorted(found)}


def _gather(folder: str, within: Handle, prefix: str, found: dict[str, State]) -> None:
    """Enter what is below a folder into `found`; every start looks at each file, so this is kept short."""
    with _opened(folder, within) as handle, os.scandir(handle) as entries:
        for entry in entries:
            name = entry.name
            if name[0] == ".":
                continue
            try:
                if entry.is_file():
                    state = entry.stat()
                    found[prefix + name] = State(state.st_size, state.st_mtime_ns)
                elif entry.is_dir(follow_symlinks=False):
                    _gather(name, handle, f"{prefix}{name}/", found)
            except FileNotFoundError:  # just removed
                continue


@contextmanager
def _opened(folder: str, within: Handle) -> Iterator[int | str]:
    """A folder, for `os.scandir`: by a descriptor, where there are such, files are found in two thirds of the time."""
    if os.scandir not in os.supports_fd:
        yield os.path.join(str(within or ""), folder)
        return
    descriptor = os.open(folder, os.O_RDONLY, dir_fd=within if isinstance(within, int) else None)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def locator(corpus: Path) -> Callable[[str], Path]:
    """Tells where a file of `article_files` is by its name there."""
    return corpus.joinpath if corpus.is_dir() else lambda _: corpus


def content_of(path: Path) -> bytes:
    """What a file holds.

    Raises:
        FaultError: it cannot be read.
    """
    try:
        with path.open("rb", buffering=0) as file:  # a buffer would be made for each of many small files
            return file.read()
    except OSError as error:
        raise FaultError(f"it cannot be read ({error.strerror})", "check its permissions") from error


def read_corpus(corpus: Path) -> Corpus:
    """Read every article of a corpus.

    Raises:
        CorpusError: there is nothing at `corpus`, or it holds not one readable article.
    """
    articles: dict[str, Article] = {}
    problems: list[CorpusError] = []
    names = article_files(corpus)
    locate = locator(corpus)
    for name in names:
        path = locate(name)
        try:
            for record in records(printable(name), content_of(path)):
                try:
                    article = parse(record)
                except FaultError as fault:
                    problems.append(problem(path, fault))
                    continue
                if articles.setdefault(article.id, article) is not article:
                    problems.append(taken(path, article.id, record.line))
        except FaultError as fault:
            problems.append(problem(path, fault))
    if not articles:
        raise none_readable(corpus, problems)
    return Corpus(tuple(articles.values()), tuple(problems))


def problem(path: Path, fault: FaultError) -> CorpusError:
    """What is wrong with a file, or with a line of it."""
    return CorpusError(path, fault.reason, fault.remedy, fault.line)


def taken(path: Path, name: str, line: int) -> CorpusError:
    """An article whose id another one has."""
    return CorpusError(path, f"the id «{name}» is taken", "give each article its own id", line)


def none_readable(corpus: Path, problems: list[CorpusError]) -> CorpusError:
    """A corpus without one article that can be read."""
    if not problems:
        return CorpusError(corpus, "the corpus has no articles", "put .md, .txt or .jsonl files there")
    first = problems[0]
    return CorpusError(first.path, first.reason, f"{first.remedy} (no article of {corpus} can be read)", first.line)
