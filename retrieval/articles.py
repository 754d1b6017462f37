"""A corpus → articles: a folder of article files, one article file, or a JSONL file with an article a line.

Each format is a function from a file's text to articles; `_READERS` names them by the file's ending. A file, or a
JSONL line, that cannot be read is reported, and the others still load.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from retrieval.encoding import decode, printable
from retrieval.errors import CorpusError
from retrieval.types import Article

if TYPE_CHECKING:
    from markdown_it.token import Token

_AGENCY_LINE = re.compile(
    r"\s*date (?P<date>\d{4}-\d{2}-\d{2})\s+(?P<source>[^؛\n]+?)\s*(?:؛\s*(?P<author>[^\n]*?))?\s+[-–—]\s+"
)
_AGENCY_START = re.compile(r"\s*date \d")
_FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n(?P<yaml>.*?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_DATE = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")

FIRST_GREGORIAN_YEAR = 1700
"""Years before it are read as Jalali: no article is that old, and Jalali years will not reach it soon."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """What a corpus holds.

    Args:
        articles: in the order of their paths and lines.
        problems: what could not be read, in the same order.
    """

    articles: tuple[Article, ...]
    problems: tuple[CorpusError, ...]


class _FaultError(Exception):
    """Something wrong in a file's text; becomes a CorpusError once the file's name is known."""

    def __init__(self, reason: str, remedy: str, line: int | None = None) -> None:
        super().__init__(reason)
        self.reason, self.remedy, self.line = reason, remedy, line


def article_files(path: Path) -> list[Path]:
    """The files of a corpus in order: `path` itself, or every file below it that is not hidden.

    Raises:
        CorpusError: there is nothing at `path`.
    """
    if path.is_dir():
        return sorted(
            file
            for file in path.rglob("*")
            if file.is_file() and not any(part.startswith(".") for part in file.relative_to(path).parts)
        )
    if not path.exists():
        raise CorpusError(path, "there is no such corpus", "name a folder of articles or a .jsonl file")
    return [path]


def read_corpus(path: Path) -> Corpus:
    """Read every article of a corpus.

    Raises:
        CorpusError: there is nothing at `path`, or it holds not one readable article.
    """
    articles: dict[str, Article] = {}
    problems: list[CorpusError] = []
    for file in article_files(path):
        name = file.relative_to(path).as_posix() if path.is_dir() else file.name
        for line, found in _read_file(file, name):
            if isinstance(found, _FaultError):
                problems.append(CorpusError(file, found.reason, found.remedy, found.line))
            elif found.id in articles:
                problems.append(
                    CorpusError(file, f"the id «{found.id}» is taken", "give each article its own id", line)
                )
            else:
                articles[found.id] = found
    if not articles:
        if problems:
            first = problems[0]
            raise CorpusError(
                first.path, first.reason, f"{first.remedy} (no article of {path} can be read)", first.line
            )
        raise CorpusError(path, "the corpus has no articles", "put .md, .txt or .jsonl files there")
    return Corpus(tuple(articles.values()), tuple(problems))


def _read_file(file: Path, name: str) -> Iterator[tuple[int, Article | _FaultError]]:
    """The file's articles, or what is wrong with them, each with its 1-based line."""
    reader = _READERS.get(file.suffix.lower())
    try:
        if reader is None:
            raise _FaultError("its format is not known", f"convert it to one of {', '.join(_READERS)}")
        yield from reader(decode(file.read_bytes()), name)
    except _FaultError as fault:
        yield 1, fault
    except ValueError as error:
        yield 1, _FaultError(str(error), "save it as UTF-8 text")
    except OSError as error:
        yield 1, _FaultError(f"it cannot be read ({error.strerror})", "check its permissions")


def _read_text(text: str, name: str) -> Iterator[tuple[int, Article]]:
    """Plain text: the agency's line or YAML front matter first, if any."""
    agency = _AGENCY_LINE.match(text)
    if agency:
        fields = {key: value or "" for key, value in agency.groupdict().items()}
        yield 1, _article(name, text[agency.end() :], fields)
    elif _AGENCY_START.match(text):
        raise _FaultError("its agency line is incomplete", "write « date YYYY-MM-DD outlet؛ reporter - text»", 1)
    else:
        fields, body = _split_front_matter(text)
        yield 1, _article(name, body, fields)


def _read_markdown(text: str, name: str) -> Iterator[tuple[int, Article]]:
    """Markdown with YAML front matter; the first heading stands in for a missing title."""
    fields, body = _split_front_matter(text)
    plain, heading = _plain_markdown(body)
    yield 1, _article(name, plain, {"title": heading} | fields)


def _read_jsonl(text: str, _: str) -> Iterator[tuple[int, Article | _FaultError]]:
    """One JSON object a line: `id`, `title`, `text` and optionally `date`, `source`, `author`, `url`."""
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            if not isinstance(row, dict) or not isinstance(row.get("text"), str) or not row.get("id"):
                raise _FaultError("it is no article", 'write an object with "id", "title" and "text"', number)
            yield number, _article(str(row["id"]), row["text"], row, number)
        except _FaultError as fault:
            yield number, fault
        except (ValueError, RecursionError) as error:
            reason = error.msg if isinstance(error, json.JSONDecodeError) else str(error)
            yield number, _FaultError(f"it is not JSON ({reason})", "write one JSON object a line", number)


_READERS: dict[str, Callable[[str, str], Iterator[tuple[int, Article | _FaultError]]]] = {
    ".txt": _read_text,
    ".md": _read_markdown,
    ".markdown": _read_markdown,
    ".jsonl": _read_jsonl,
}


def _article(name: str, text: str, fields: dict[str, object], line: int | None = None) -> Article:
    if not text.strip():
        raise _FaultError("it has no text", "write the article, or remove it", line)
    strings = {key: printable(str(fields.get(key) or "")).strip() for key in ("title", "source", "author", "url")}
    return Article(id=printable(name), text=printable(text), date=_date(fields.get("date"), line), **strings)


def _date(value: object, line: int | None) -> datetime.date | None:
    """A date as YAML or JSON gives it: Gregorian or Jalali, with Latin or Persian digits."""
    if value is None or value == "":
        return None
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date) and value.year >= FIRST_GREGORIAN_YEAR:
        return value
    match = _DATE.match(str(value).strip())
    try:
        if not match:
            raise ValueError
        year, month, day = map(int, match.groups())
        if year >= FIRST_GREGORIAN_YEAR:
            return datetime.date(year, month, day)
        from persiantools.jdatetime import JalaliDate  # noqa: PLC0415  # most corpora never need it

        converted: datetime.date = JalaliDate(year, month, day).to_gregorian()  # type: ignore[no-untyped-call]
    except ValueError:
        raise _FaultError(f"«{value}» is no date", "write it as YYYY-MM-DD", line) from None
    return converted


def _split_front_matter(text: str) -> tuple[dict[str, object], str]:
    """The YAML between `---` lines at the top, and the rest."""
    match = _FRONT_MATTER.match(text)
    if not match:
        if text.startswith("---\n"):
            raise _FaultError("its front matter is not closed", "end it with a line `---`", 1)
        return {}, text
    import yaml  # noqa: PLC0415  # an indexed corpus is answered without it

    try:
        fields = yaml.safe_load(match["yaml"])
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or "not valid"
        raise _FaultError(
            f"its front matter is broken YAML ({reason})",
            "quote values with «: », «#» or quotation marks",
            # An unclosed quotation mark is only noticed behind the last line.
            min(mark.line, match["yaml"].count("\n") - 1) + 2 if mark else 1,
        ) from error
    except ValueError as error:  # a date that the calendar does not have
        raise _FaultError(f"its front matter has a wrong value ({error})", "write dates as YYYY-MM-DD", 1) from error
    if fields is None:
        fields = {}
    if not isinstance(fields, dict):
        raise _FaultError("its front matter is no list of fields", "write `title: …`, a field a line", 1)
    return {str(key): value for key, value in fields.items()}, text[match.end() :]


def _plain_markdown(text: str) -> tuple[str, str]:
    """Markdown without its markup, and its first heading if that opens the text.

    Blocks are set apart by blank lines; a heading joins the block below it, the items of a list one another.
    """
    from markdown_it import MarkdownIt  # noqa: PLC0415  # an indexed corpus is answered without it

    blocks: list[tuple[str, str]] = []
    title = ""
    containers: list[str] = []
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        if token.nesting:
            containers.append(token.type) if token.nesting > 0 else containers.pop()
        elif token.type in {"inline", "fence", "code_block"}:
            kind = next(
                (part for part in ("heading", "list", "table") if any(part in name for name in containers)),
                "",
            )
            block = _plain_inline(token) if token.type == "inline" else token.content.rstrip("\n")
            if kind == "heading" and not title and not blocks:
                title = block
            else:
                blocks.append((kind, block))
    plain = "".join(
        block + ("\n" if kind == "heading" or (kind and kind == following) else "\n\n")
        for (kind, block), (following, _) in zip(blocks, [*blocks[1:], ("", "")], strict=True)
    )
    return plain.rstrip("\n"), title


def _plain_inline(token: Token) -> str:
    breaks = {"hardbreak": "\n", "softbreak": " "}
    return "".join(breaks.get(child.type, child.content) for child in token.children or ())
