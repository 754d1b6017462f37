"""Which elements of HTML a reader of the page does not see."""

from __future__ import annotations

import re

from lxml import etree

from retrieval.corpus.xml import words_of

_UNSEEN = frozenset(
    "script style noscript template head title meta link iframe object embed svg math canvas audio video button input"
    " select textarea nav del s strike".split()
)
_FOOTNOTES = {
    "a": ("footnote-backref",),
    "sup": ("footnote", "reference", "cite"),
    "span": ("mw-cite-backlink",),
}
"""How the classes of what leads to a footnote, or back from one, begin."""
_OPENING = ("aria-expanded", "data-toggle", "data-bs-toggle")
"""What a button has that shows and hides what stands below it."""
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)


def is_unseen(element: etree._Element) -> bool:
    """Whether a reader does not see an element, or it only leads to a footnote or back from one."""
    tag = element.tag
    if tag == "button" and _opens(element):
        return False
    if tag in _UNSEEN or element.get("hidden") is not None:
        return True
    if tag in _FOOTNOTES:
        return (element.get("class") or "").startswith(_FOOTNOTES[tag])
    style = element.get("style")
    return style is not None and _HIDDEN.search(style) is not None


def _opens(button: etree._Element) -> bool:
    """Whether a button names what it opens, such as the question above an answer."""
    return any(button.get(key) for key in _OPENING) or words_of(button).rstrip().endswith(("؟", "?"))
