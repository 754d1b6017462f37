"""ZIP archives of XML, within limits: what DOCX, XLSX, ODT and EPUB files are.

A few bytes of an archive may stand for gigabytes, and a few bytes of XML for many elements in memory. So what a file
would take is bounded before it is unpacked and before it is parsed. Entities, which such files never need, are refused.
"""

from __future__ import annotations

import codecs
import re
import struct
import zipfile
import zlib
from html.entities import html5
from io import BytesIO

from lxml import etree, html
from lxml.html import HtmlElement

from retrieval.corpus.html import parsed
from retrieval.corpus.readers.record import FaultError, as_fault
from retrieval.corpus.xml import MAX_TREE, SAFE, tree_size

MAX_MEMBERS = 10_000
"""Files in an archive."""
MAX_MEMBER, MAX_UNPACKED = 32_000_000, 96_000_000
"""Bytes of a file in an archive, and of all that are read of it."""

_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""What the formats allow; other methods may take any memory while they unpack."""
_DIRECTORY_ENTRY = b"PK\x01\x02"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IS_ENCRYPTED = 0x1
_ENTITY = re.compile(r"&([A-Za-z]\w{1,30});")
_OF_XML = frozenset(("amp", "lt", "gt", "quot", "apos"))
_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError,
)  # fmt: skip
"""What `zipfile` raises of a damaged archive."""


class Archive:
    """The files in an archive.

    Args:
        content: its bytes.
        program: what can write it anew, named in remedies: «Word».

    Raises:
        FaultError: it is none, or it has too many files.
    """

    def __init__(self, content: bytes, program: str) -> None:
        self._remedy = f"open it in {program} and save it anew"
        self._left, self._left_of_tree = MAX_UNPACKED, MAX_TREE
        if content.startswith(_OLE):
            raise FaultError("it is of an old format, or protected by a password", f"{self._remedy}, without password")
        if content.count(_DIRECTORY_ENTRY) > MAX_MEMBERS:
            raise FaultError(f"it has more than {MAX_MEMBERS} files in it", self._remedy)
        try:
            self._zip = zipfile.ZipFile(BytesIO(content))
        except _DAMAGE as error:
            raise self.damaged(str(error)) from error

    def damaged(self, why: str) -> FaultError:
        """The fault of a file that is damaged, or is not of its format."""
        return FaultError(f"it is damaged ({why})" if why else "it is damaged", self._remedy)

    def read(self, name: str) -> bytes | None:
        """The bytes of a file; None where there is no such file.

        Raises:
            FaultError: it is damaged, protected by a password or too large.
        """
        member = self._zip.NameToInfo.get(name)
        if member is None:
            return None
        if member.flag_bits & _IS_ENCRYPTED:
            raise FaultError("it is protected by a password", f"{self._remedy}, without password")
        if member.compress_type not in _PACKED:
            raise self.damaged(f"«{name}» is packed in an unknown way")
        most = min(MAX_MEMBER, self._left)
        try:
            with self._zip.open(member) as file:
                content = file.read(most + 1)
        except _DAMAGE as error:
            raise self.damaged(str(error)) from error
        if len(content) > most:
            raise FaultError("it is too large when it is unpacked", "split it into several files")
        self._left -= len(content)
        return content

    def xml(self, name: str) -> etree._Element | None:
        """The root of an XML file; None where there is no such file.

        Raises:
            FaultError: as for `read`; it is not XML, has entities, or too many elements or too deep ones.
        """
        content = self.read(name)
        return None if content is None else self.parsed(content)

    def parsed(self, content: bytes) -> etree._Element:
        """The root of an XML file; see `xml`."""
        parser = etree.XMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, **SAFE)
        try:
            return etree.fromstring(self.bounded(content), parser)
        except etree.XMLSyntaxError as error:
            raise self.damaged(error.msg or "") from error

    def text(self, content: bytes) -> str:
        """The text of an XHTML page, within the bounds of `bounded`."""
        return self.bounded(content).decode("utf-8", "replace")

    def page(self, content: bytes) -> HtmlElement:
        """The elements of an XHTML page."""
        return page_of(self.text(content))

    def bounded(self, content: bytes) -> bytes:
        """XML in UTF-8 whose elements take a bounded memory, with those before, and that declares no entities.

        Raises:
            FaultError: it has entities, or too many elements.
        """
        if content.startswith(_WIDE_MARKS):
            content = content.decode("utf-16", "replace").encode("utf-8", "replace")
        if b"<!ENTITY" in content:
            raise FaultError("it declares entities, as hostile files do", self._remedy)
        self._left_of_tree -= tree_size(content)
        if self._left_of_tree < 0:
            raise FaultError("it has too many elements", "split it into several files")
        return content


def page_of(text: str) -> HtmlElement:
    """The elements of an XHTML page. One that is no XML is read as HTML.

    Raises:
        FaultError: it is neither.
    """
    parser = html.XHTMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True,
        remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(_ENTITY.sub(_character, text).encode(), parser)
        html.xhtml_to_html(root)
    except etree.XMLSyntaxError:
        with as_fault("write the book anew"):
            root = parsed(text)
    return root


def _character(entity: re.Match[str]) -> str:
    """What an entity of HTML stands for; those of XML stay."""
    return entity[0] if entity[1] in _OF_XML else html5.get(f"{entity[1]};", "")


def local_name(element: etree._Element) -> str:
    """The name of an element's tag without its namespace, which differs between versions of a format."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def attribute(element: etree._Element, name: str) -> str:
    """An attribute by its name without its namespace; "" where there is none."""
    for key, value in element.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return ""


def child(element: etree._Element | None, *names: str) -> etree._Element | None:
    """The first child of a name, the first child of the next name in that, and so on; None where one is missing."""
    for name in names:
        for inner in element if element is not None else ():
            if local_name(inner) == name:
                element = inner
                break
        else:
            return None
    return element


def children(element: etree._Element | None) -> dict[str, etree._Element]:
    """The first child of each name: one walk tells more than some of `child`. None where there is no element."""
    found: dict[str, etree._Element] = {}
    for inner in element if element is not None else ():
        found.setdefault(local_name(inner), inner)
    return found
