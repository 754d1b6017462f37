"""A corpus → articles: a folder of article files, one article file, or a JSONL file with an article a line.

Each format is a function from a file's text to articles; `_READERS` names them by the file's ending. A file, or a
JSONL line, that cannot be read is reported, and the others still load.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from retrieval.encoding import decode, printable
from retrieval.errors import CorpusError
from retrieval.types import Article

if TYPE_CHECKING:
    import yaml

_AGENCY_LINE = re.compile(
    r"\s*date (?P<date>\d{4}-\d{2}-\d{2})\s+(?P<source>[^؛\n]+?)\s*(?:؛\s*(?P<author>[^\n]*?))?\s+[-–—]\s+"
)
_AGENCY_START = re.compile(r"\s*date \d")
_FRONT_MATTER_START = re.compile(r"\s*^---[ \t]*\r?\n", re.MULTILINE)
_FRONT_MATTER = re.compile(r"(?P<yaml>.*?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_DATE = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T\s].*)?")

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


SYNONYMS = "synonyms.txt"
"""The name of the file in a corpus folder that holds its synonyms, and no article."""


def article_files(path: Path) -> list[Path]:
    """The files of a corpus in order: `path` itself, or every file below it that is not hidden, without its synonyms.

    Raises:
        CorpusError: there is nothing at `path`, or it cannot be looked at.
    """
    try:
        if path.is_dir():
            return sorted(
                file
                for file in path.rglob("*")
                if file.is_file()
                and file != path / SYNONYMS
                and not any(part.startswith(".") for part in file.relative_to(path).parts)
            )
        path.stat()
    except FileNotFoundError:
        raise CorpusError(path, "there is no such corpus", "name a folder of articles or a .jsonl file") from None
    except OSError as error:
        raise CorpusError(path, f"it cannot be read ({error.strerror})", "name a folder of articles") from error
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
    try:
        reader = _READERS.get(file.suffix.lower())
        if reader is None:
            raise _FaultError("its format is not known", f"convert it to one of {', '.join(_READERS)}")
        yield from reader(_decoded(file), name)
    except _FaultError as fault:
        yield 1, fault


def _decoded(file: Path) -> str:
    try:
        return decode(file.read_bytes())
    except ValueError as error:
        raise _FaultError(str(error), "save it as UTF-8 text") from error
    except OSError as error:
        raise _FaultError(f"it cannot be read ({error.strerror})", "check its permissions") from error


def _read_text(text: str, name: str) -> Iterator[tuple[int, Article]]:
    """Plain text: the agency's line or YAML front matter first, if any."""
    agency = _AGENCY_LINE.match(text)
    if agency:
        yield 1, _article(name, text[agency.end() :], agency.groupdict(), 1)
    elif _AGENCY_START.match(text):
        raise _FaultError("its agency line is incomplete", "write « date YYYY-MM-DD outlet؛ reporter - text»", 1)
    else:
        fields, body = _split_front_matter(text)
        yield 1, _article(name, body, fields)


def _read_markdown(text: str, name: str) -> Iterator[tuple[int, Article]]:
    """Markdown with YAML front matter; the first heading stands in for a missing title."""
    from retrieval.markdown import plain_markdown  # noqa: PLC0415  # an indexed corpus is answered without it

    fields, body = _split_front_matter(text)
    plain, heading = plain_markdown(body)
    yield 1, _article(name, plain, fields if fields.get("title") else {**fields, "title": heading})


def _read_jsonl(text: str, _: str) -> Iterator[tuple[int, Article | _FaultError]]:
    """One JSON object a line: `id`, `title`, `text` and optionally `date`, `source`, `author`, `url`."""
    if not text.strip():
        raise _FaultError("it has no text", "write one JSON object a line, or remove it")
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            if not (isinstance(row, dict) and isinstance(row.get("text"), str) and _is_id(row.get("id"))):
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


def _is_id(value: object) -> bool:
    return isinstance(value, int) or (isinstance(value, str) and bool(value.strip()))


def _article(name: str, text: str, fields: Mapping[str, object], line: int | None = None) -> Article:
    if not text.strip():
        raise _FaultError("it has no text", "write the article, or remove it", line)
    title, source, author, url = (_string(key, fields.get(key), line) for key in ("title", "source", "author", "url"))
    return Article(printable(name), title, printable(text), _date(fields.get("date"), line), source, author, url)


def _string(key: str, value: object, line: int | None) -> str:
    """A field as one line of text; the members of a list are joined."""
    if isinstance(value, dict):
        raise _FaultError(f"its {key} is no text", f"write one value for {key}", line)
    if isinstance(value, list):
        return "، ".join(_string(key, member, line) for member in value)
    return " ".join(printable("" if value is None else str(value)).split())


def _date(value: object, line: int | None) -> datetime.date | None:
    """A date as it is written, or as it was read before: Gregorian or Jalali, with Latin or Persian digits."""
    if value is None or isinstance(value, datetime.date):
        return value
    if value == "":
        return None
    match = _DATE.fullmatch(str(value).strip())
    try:
        if not match:
            raise ValueError
        year, month, day = map(int, match.groups())
        if year >= FIRST_GREGORIAN_YEAR:
            return datetime.date(year, month, day)
        from persiantools.jdatetime import JalaliDate  # noqa: PLC0415  # most corpora never need it

        converted: datetime.date = JalaliDate(year, month, day).to_gregorian()  # type: ignore[no-untyped-call]
    except ValueError:
        shown = " ".join(str(value).split())
        raise _FaultError(f"«{shown}» is no date", "write it as YYYY-MM-DD", line) from None
    return converted


def _split_front_matter(text: str) -> tuple[dict[str, object], str]:
    """The YAML between `---` lines at the top, and the rest."""
    start = _FRONT_MATTER_START.match(text)
    if not start:
        return {}, text
    line = text.count("\n", 0, start.end()) + 1
    match = _FRONT_MATTER.match(text, start.end())
    if not match:
        raise _FaultError("its front matter is not closed", "end it with a line `---`", line - 1)
    import yaml  # noqa: PLC0415  # an indexed corpus is answered without it

    try:
        node = yaml.compose(match["yaml"], Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or getattr(error, "reason", None) or "not valid"
        # An unclosed quotation mark is only noticed behind the last line.
        place = min(mark.line, match["yaml"].count("\n") - 1) if mark else 0
        raise _FaultError(
            f"its front matter is broken YAML ({reason})",
            "quote values with «: », «#» or quotation marks",
            line + place,
        ) from error
    if node is not None and not isinstance(node, yaml.MappingNode):
        raise _FaultError("its front matter is no list of fields", "write `title: …`, a field a line", line)
    return dict(_fields(node, line) if node else ()), text[match.end() :]


def _fields(node: yaml.MappingNode, line: int) -> Iterator[tuple[str, object]]:
    """The fields of front matter whose YAML begins on `line`, as they are written: a title «007» is no number."""
    for key, value in node.value:
        written = _written(value)
        yield str(key.value), _date(written, line + value.start_mark.line) if key.value == "date" else written


def _written(node: yaml.Node) -> object:
    """A scalar's own characters, or those of a list's members; {} stands for what is nested deeper."""
    if isinstance(node.value, str):
        return None if node.tag.endswith(":null") else node.value
    return [member.value if isinstance(getattr(member, "value", None), str) else {} for member in node.value]
