"""The text of an article as fields of dumps hold it: plain, in HTML, or as a list of paragraphs."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping, Sequence

from retrieval.corpus.composing import Composition
from retrieval.corpus.readers.keys import values_by_field
from retrieval.text.orthography import bare
from retrieval.text.safe import printable
from retrieval.types import Block, Kind

MAX_COMPARED = 100
"""Code points of a lead that are looked for in a text."""

_TAG = re.compile(
    r"</(?:p|div|a|b|i|em|strong|span|li|ul|ol|td|tr|table|h[1-6]|blockquote|section|article)\s*>|<br\s*/?>|<p>|<img\s",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z]{2,8}\d{0,2});", re.IGNORECASE)
_ENDS_LINES = re.compile(r"<(?:p|div|br|li|h[1-6])[\s/>]", re.IGNORECASE)
_ANY_TAG = re.compile(r"<[^<>]*>")
MAX_PARAGRAPHS = 100_000
"""Parts of a text that is a list."""
_CUT_OFF = ("…", "...", "[…]", "[...]")
"""How a lead ends that is the beginning of the text, and no text of its own."""
_WRITTEN_LINE_END = re.compile(r"\\r\\n|\\n|\r\n")

_KINDS = {
    **{f"h{level}": Kind.HEADING for level in range(1, 7)},
    **dict.fromkeys(("heading", "header", "subheading", "title", "subtitle"), Kind.HEADING),
    **dict.fromkeys(("li", "item", "list_item", "bullet"), Kind.ITEM),
    **dict.fromkeys(("caption", "figcaption", "image", "img", "photo", "video", "audio"), Kind.CAPTION),
    **dict.fromkeys(("pre", "code"), Kind.CODE),
    "furniture": Kind.FURNITURE,
}
"""What the types of paragraphs mean; all others are paragraphs."""
_HEADING_LEVEL = 2
"""The level of a heading whose type tells none."""
_TYPES, _TEXTS = ("type", "tag", "kind"), ("text", "content", "context", "value", "body", "html", "data")
"""The keys of a paragraph that is an object."""
_OF_ARTICLES = frozenset(("title", "date", "id"))
"""The fields that a paragraph has not."""


def holds_tags(text: str) -> bool:
    """Whether a text has elements of HTML."""
    return _TAG.search(text) is not None


def is_body(value: object) -> bool:
    """Whether the value of a field can be read as a text: a string, or a list of strings and typed paragraphs."""
    if isinstance(value, str):
        return True
    if not isinstance(value, list) or not 0 < len(value) <= MAX_PARAGRAPHS:
        return False
    return all(isinstance(part, str) or is_paragraph(part) for part in value)


def is_paragraph(value: object) -> bool:
    """Whether an object is a paragraph of a text: its own text, a type and perhaps what it links."""
    if not isinstance(value, Mapping) or len(value) > 4 or not any(isinstance(value.get(key), str) for key in _TEXTS):
        return False
    is_typed = any(isinstance(value.get(key), str) for key in _TYPES) or "qas" in value
    return is_typed and not _OF_ARTICLES.intersection(values_by_field(value))


def words_of(value: object) -> str:
    """The words of a text without its tags, on one line."""
    parts = [value] if isinstance(value, str) else [text for _, text in _paragraphs(value)]
    return " ".join(_plain(" ".join(parts)).split())


def read_body(value: object, lead: str = "") -> tuple[str, tuple[Block, ...]]:
    """A text and its blocks.

    Args:
        value: one that `is_body`.
        lead: what stands above it; left out where the text begins with it.

    Returns:
        `Article.text` and `Article.blocks`.

    Raises:
        ValueError: it is no HTML that can be read.
    """
    lead = "" if _is_told(lead, value) else lead
    if not isinstance(value, str):
        found = Composition()
        found.add(Kind.PARAGRAPH, lead)
        for kind, text in _paragraphs(value):
            found.add(_KINDS.get(kind, Kind.PARAGRAPH), _plain(text), _level(kind))
        return found.text, found.blocks
    text = html.unescape(value) if "&lt;" in value and not holds_tags(value) else value
    text = _WRITTEN_LINE_END.sub("\n", text) if "\n" not in text else text
    if holds_tags(text):
        from retrieval.corpus.html import parsed, with_line_ends  # noqa: PLC0415  # most plain texts have no tags
        from retrieval.corpus.markup import composed  # noqa: PLC0415  # most plain texts have no tags

        text = text if _ENDS_LINES.search(text) else with_line_ends(text)
        above = [parsed(f"<p>{html.escape(printable(lead))}</p>")] if lead else []
        found = composed(*above, parsed(printable(text)))
        return found.text, found.blocks
    text = _plain(text)
    return f"{lead}\n\n{text}" if lead else text, ()


def _is_told(lead: str, value: object) -> bool:
    """Whether a lead is no text of its own: a text has it, or it only begins one."""
    words = bare("".join(lead.split()))[:MAX_COMPARED]
    return not words or lead.rstrip().endswith(_CUT_OFF) or words in bare("".join(words_of(value).split()))


def _paragraphs(value: object) -> Iterable[tuple[str, str]]:
    """The types and texts of the paragraphs in a list."""
    for part in value if isinstance(value, Sequence) else ():
        if isinstance(part, str):
            yield "p", part
        else:
            yield (
                next((part[key].lower() for key in _TYPES if isinstance(part.get(key), str)), "p"),
                next((part[key] for key in _TEXTS if isinstance(part.get(key), str)), ""),
            )


def _level(kind: str) -> int:
    if _KINDS.get(kind) is not Kind.HEADING:
        return 0
    return int(kind[1]) if kind[1:].isdigit() else _HEADING_LEVEL


def _plain(text: str) -> str:
    """A text without tags and entities."""
    if holds_tags(text):
        text = _ANY_TAG.sub("", _ENDS_LINES.sub("\n\\g<0>", text))
    return html.unescape(text) if _ENTITY.search(text) else text
