"""How XML of others is parsed: nothing is fetched, and no entity is put in; and what its elements take and say."""

from __future__ import annotations

from typing import Final, TypedDict

from lxml import etree


class _Settings(TypedDict):
    resolve_entities: bool
    no_network: bool
    load_dtd: bool


SAFE: Final[_Settings] = {"resolve_entities": False, "no_network": True, "load_dtd": False}
"""The arguments of every parser of lxml that reads files of others."""

MAX_TREE = 160_000_000
"""Bytes that the elements of a file of others may take in memory; of an archive, those of all files that are read."""
NODE, ATTRIBUTE = 120, 216
"""Bytes of an element or a text in the memory of libxml2 (`struct _xmlNode`), and of an attribute with its value."""

_WORDS = etree.XPath("string()", smart_strings=False)


def tree_size(markup: bytes) -> int:
    """Bytes that the elements of XML or HTML take in memory at the most, told before it is parsed."""
    return NODE * markup.count(b"<") + ATTRIBUTE * markup.count(b"=")


def words_of(element: etree._Element) -> str:
    """The words in an element, those of the elements in it too, as they stand there."""
    return str(_WORDS(element))
