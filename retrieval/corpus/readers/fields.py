"""The fields of an article, as people write them → `Article`."""

from __future__ import annotations

from collections.abc import Mapping

from retrieval.corpus.readers.dates import day_of
from retrieval.corpus.readers.record import DraftError, FaultError
from retrieval.text.safe import printable
from retrieval.types import Article, Block

MAX_TEXT = 10_000_000
"""Code points of an article: the longest books have half of them. A longer one would take the memory of thousands."""
MAX_LINES = 200_000
"""Lines of an article: epics have half of them, and each takes up to 50 µs."""

_UNPUBLISHED = {
    "draft": ("true", "yes", "1"),
    "published": ("false", "no", "0"),
    "status": ("draft", "pending", "private", "future", "trash", "auto-draft", "skip"),
}
"""Fields that say of an article that it is not published, and their values that do."""


def to_article(
    name: str, text: str, fields: Mapping[str, object], line: int | None = None, blocks: tuple[Block, ...] = ()
) -> Article:
    """An article of its parts. A date that cannot be read is none.

    Args:
        name: its id.
        text: its body.
        fields: `title`, `date`, `source`, `author` and `url`, as they were written, and whether it is a draft; others
            are ignored.
        line: the line that a fault is reported at.
        blocks: see `Article.blocks`.

    Raises:
        DraftError: it is not published.
        FaultError: the text is blank or too long, or a field is not text.
    """
    if _is_unpublished(fields):
        raise DraftError(line)
    check_length(text, line)
    if not text.strip():
        raise FaultError("it has no text", "write the article, or remove it", line)
    title, source, author, url = (
        _line_of_text(key, fields.get(key), line) for key in ("title", "source", "author", "url")
    )
    date = day_of(fields.get("date"))
    return Article(printable(name), title, printable(text), date, source, author, url, blocks=blocks)


def check_length(text: str, line: int | None = None) -> None:
    """Look at how long the text of an article is. What reads it does so before, for it takes time and memory.

    Raises:
        FaultError: it is too long.
    """
    check_size(len(text), text.count("\n"), line)


def check_size(letters: int, lines: int, line: int | None = None) -> None:
    """The same of a text that is not written yet, by its code points and line ends."""
    if letters > MAX_TEXT:
        raise FaultError(f"its text is longer than {MAX_TEXT} letters", "split it", line)
    if lines > MAX_LINES:
        raise FaultError(f"it has more than {MAX_LINES:,} lines", "split it", line)


def _line_of_text(key: str, value: object, line: int | None) -> str:
    """A field as one line of text; the members of a list are joined."""
    if isinstance(value, dict):
        raise FaultError(f"its {key} is no text", f"write one value for {key}", line)
    if isinstance(value, list):
        return "، ".join(_line_of_text(key, member, line) for member in value)
    return " ".join(printable("" if value is None else str(value)).split())


def _is_unpublished(fields: Mapping[str, object]) -> bool:
    return any(str(fields.get(key, "")).strip().lower() in values for key, values in _UNPUBLISHED.items())
