"""Labels and values of web pages that only their places on the screen part: the names of their classes tell them.

<div class="row"><span class="label">حافظه</span><span class="value">۱۲ گیگابایت</span></div>
"""

from __future__ import annotations

import re
from functools import lru_cache

from lxml import etree

_TAGS = frozenset("div p span b strong em i small bdi label a".split())
_LABELS = frozenset("label labels key name title attr attribute prop property term caption".split())
_VALUES = frozenset("value values val".split())
_WORD = re.compile(r"[A-Z]?[a-z]+")


def is_label(element: etree._Element) -> bool:
    """Whether an element is the label of the one behind it."""
    if not _has(element, _LABELS) or (element.tail and not element.tail.isspace()):
        return False
    value = element.getnext()
    return value is not None and _has(value, _VALUES)


def is_value(element: etree._Element) -> bool:
    """Whether an element is the value of the one before it."""
    if not _has(element, _VALUES):
        return False
    label = element.getprevious()
    return label is not None and is_label(label)


def _has(element: etree._Element, names: frozenset[str]) -> bool:
    """Whether the class of a part of a line has one of some names in it: «spec-value», «specValue», «value»."""
    named = element.get("class")
    return named is not None and element.tag in _TAGS and not names.isdisjoint(_words(named))


@lru_cache(maxsize=4096)
def _words(named: str) -> frozenset[str]:
    return frozenset(word.lower() for word in _WORD.findall(named))
