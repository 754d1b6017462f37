"""The fields at the top of a text, in the forms that writers of sites use, and the rest of the text.

    --- YAML ---            Jekyll, Hugo, Pandoc
    +++ TOML +++            Hugo
    .. title: the title     Nikola, with or without an HTML comment around the lines
    Title: the title        Pelican, up to a line that is none of this form

Jekyll tells two more by the file's path: the day, and that it is a draft.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping

import yaml

from retrieval.corpus.readers.record import FaultError

Fields = dict[str, object]

MAX_MATTER = 100_000
"""Code points of fields: the parsers take the memory of a hundred for each."""

_START = re.compile(r"\s*^(---|\+\+\+)[ \t]*\r?\n", re.MULTILINE)
_ENDS = {
    "---": re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.MULTILINE),
    "+++": re.compile(r"^\+\+\+[ \t]*(?:\r?\n|\Z)", re.MULTILINE),
}
_VALUE = r":(?:[ \t\r].*)?(?:\n|\Z)"
_MORE = r"(?: {4}|\t)[ \t]*\S.*(?:\n|\Z)"
_NIKOLA = re.compile(rf"\s*(?:<!--\s*)?((?:^[ \t]*\.\.[ \t]+[\w-]+{_VALUE})+)(?:\s*-->)?", re.MULTILINE)
_PELICAN = re.compile(rf"\s*^((?:[A-Za-z][\w-]*{_VALUE}(?:{_MORE})*)+)", re.MULTILINE)
_KEY = re.compile(r"^(?:[ \t]*\.\.[ \t]+)?([\w-]+):(.*(?:\n(?: {4}|\t).*)*)", re.MULTILINE)
_NEEDED = frozenset(("title", "subject", "date"))
"""One of these keys is there where lines without marks around them are fields."""

_NAMES = {
    "authors": "author",
    "canonical": "url",
    "canonical_url": "url",
    "canonicalurl": "url",
    "link": "url",
    "permalink": "url",
    "subject": "title",
    "from": "author",
}
"""What else fields are called → their name in `to_article`. The first one that a text has counts."""
_DAY = re.compile(r"(?<!\d)\d{4}-\d{1,2}-\d{1,2}(?!\d)")
"""Stands in the names of Jekyll's files, which have no other date."""
_DRAFTS = "_drafts"
"""The folder of Jekyll's drafts."""
_MAIL = re.compile(r"\s*<[^<>\s]+@[^<>\s]+>")
_TOML_LINE = re.compile(r"at line (\d+)")


def split_front_matter(name: str, text: str) -> tuple[Fields, str]:
    """The fields at the top of a text, by their names in small letters, and the rest.

    Args:
        name: the file's path within the corpus.
        text: the file's.

    Raises:
        FaultError: the fields are not closed, not valid, or none.
    """
    fields, body = _split(text)
    return {**_told_by_name(name), **fields}, body


def _told_by_name(name: str) -> Fields:
    """The fields that a file's path tells."""
    *folders, last = name.split("/")
    found: Fields = {"draft": "true"} if _DRAFTS in folders else {}
    if day := _DAY.search(last):
        found["date"] = day[0]
    return found


def _split(text: str) -> tuple[Fields, str]:
    if start := _START.match(text):
        mark, line = start[1], text.count("\n", 0, start.end()) + 1
        end = _ENDS[mark].search(text, start.end())
        if not end:
            raise FaultError("its front matter is not closed", f"end it with a line `{mark}`", line - 1)
        if end.start() - start.end() > MAX_MATTER:
            raise FaultError("its front matter is too long", f"end it with a line `{mark}` above the text", line - 1)
        return _named(_PARSERS[mark](text[start.end() : end.start()], line)), text[end.end() :]
    for form in (_NIKOLA, _PELICAN):
        if match := form.match(text):
            fields = {key.lower(): " ".join(value.split()) for key, value in _KEY.findall(match[1])}
            if not _NEEDED.isdisjoint(fields):
                return _named(fields), text[match.end() :]
    return {}, text


def _named(fields: Mapping[str, object]) -> Fields:
    """Fields by the names that `to_article` knows. An address within a site is none, and a person is the name alone."""
    found: Fields = {}
    for key, value in fields.items():
        name = _NAMES.get(key.lower(), key.lower())
        if name == "url" and not str(value).startswith(("http://", "https://")):
            continue
        if name == "author":
            value = value.get("name") if isinstance(value, dict) else _without_mail(value)  # noqa: PLW2901
        found.setdefault(name, value)
    return found


def _without_mail(value: object) -> object:
    return _MAIL.sub("", value) if isinstance(value, str) else value


def _of_yaml(matter: str, line: int) -> Fields:
    """The fields of YAML that begins at some line of its file."""
    try:
        node = yaml.compose(matter, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or getattr(error, "reason", None) or "not valid"
        # An unclosed quotation mark is only noticed behind the last line.
        place = min(mark.line, matter.count("\n") - 1) if mark else 0
        raise FaultError(
            f"its front matter is broken YAML ({reason})",
            "quote values with «: », «#» or quotation marks",
            line + place,
        ) from error
    if node is not None and not isinstance(node, yaml.MappingNode):
        raise FaultError("its front matter is no list of fields", "write `title: …`, a field a line", line)
    return {key: _written(value) for key, value in _members(node)} if node else {}


def _members(node: yaml.MappingNode) -> Iterator[tuple[str, yaml.Node]]:
    return ((str(key.value), value) for key, value in node.value)


def _written(node: yaml.Node) -> object:
    """A scalar's own characters, for a title «007» is no number, or those of a list's or mapping's members.

    {} stands for what is nested deeper.
    """
    if isinstance(node, yaml.MappingNode):
        return {key: _of_scalar(value) for key, value in _members(node)}
    return [_of_scalar(member) for member in node.value] if isinstance(node, yaml.SequenceNode) else _of_scalar(node)


def _of_scalar(node: yaml.Node) -> object:
    return {} if not isinstance(node, yaml.ScalarNode) else None if node.tag.endswith(":null") else node.value


def _of_toml(matter: str, line: int) -> Fields:
    """The fields of TOML that begins at some line of its file."""
    try:
        return tomllib.loads(matter.replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        place = _TOML_LINE.search(str(error))
        last = max(matter.count("\n"), 1)
        raise FaultError(
            f"its front matter is broken TOML ({error})",
            'write `title = "…"`, a field a line',
            line + min(int(place[1]) if place else last, last) - 1,
        ) from error


_PARSERS: dict[str, Callable[[str, int], Fields]] = {"---": _of_yaml, "+++": _of_toml}
