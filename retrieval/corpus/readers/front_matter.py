"""YAML front matter: the fields between two lines `---` at the top of a text."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from retrieval.corpus.readers.record import FaultError

_START = re.compile(r"\s*^---[ \t]*\r?\n", re.MULTILINE)
_YAML = re.compile(r"(?P<yaml>.*?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)


def split_front_matter(text: str) -> tuple[dict[str, object], str]:
    """The YAML between `---` lines at the top of a text as fields, and the rest.

    Raises:
        FaultError: it is not closed, no valid YAML, or no list of fields.
    """
    start = _START.match(text)
    if not start:
        return {}, text
    line = text.count("\n", 0, start.end()) + 1
    match = _YAML.match(text, start.end())
    if not match:
        raise FaultError("its front matter is not closed", "end it with a line `---`", line - 1)
    try:
        node = yaml.compose(match["yaml"], Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or getattr(error, "reason", None) or "not valid"
        # An unclosed quotation mark is only noticed behind the last line.
        place = min(mark.line, match["yaml"].count("\n") - 1) if mark else 0
        raise FaultError(
            f"its front matter is broken YAML ({reason})",
            "quote values with «: », «#» or quotation marks",
            line + place,
        ) from error
    if node is not None and not isinstance(node, yaml.MappingNode):
        raise FaultError("its front matter is no list of fields", "write `title: …`, a field a line", line)
    return dict(_fields(node) if node else ()), text[match.end() :]


def _fields(node: yaml.MappingNode) -> Iterator[tuple[str, object]]:
    """The fields of front matter, as they are written: a title «007» is no number."""
    for key, value in node.value:
        yield str(key.value), _written(value)


def _written(node: yaml.Node) -> object:
    """A scalar's own characters, or those of a list's members; {} stands for what is nested deeper."""
    if isinstance(node.value, str):
        return None if node.tag.endswith(":null") else node.value
    return [member.value if isinstance(getattr(member, "value", None), str) else {} for member in node.value]
