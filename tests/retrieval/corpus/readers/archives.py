"""Office documents and books as tests need them: archives of the parts that are given."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ODF = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
    ' xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
    ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
    ' xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
)
CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">{}</cp:coreProperties>'
)


def archive(parts: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP archive of files by their names."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", method) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return packed.getvalue()


def docx(body: str, **parts: str) -> bytes:
    """A Word document.

    Args:
        body: the inside of `w:body`.
        parts: the insides of other parts by their names; that of the properties is called core.
    """
    named = {f"word/{name}.xml": f"<w:{name} {WORD}>{inner}</w:{name}>" for name, inner in parts.items()}
    if core := parts.get("core"):
        named["docProps/core.xml"] = CORE.format(core)
    return archive(named | {"word/document.xml": f"<w:document {WORD}><w:body>{body}</w:body></w:document>"})


def paragraph(*runs: str, style: str = "", more: str = "") -> str:
    """A paragraph of a Word document: its runs are texts, or elements of their own."""
    inner = "".join(run if run.startswith("<") else f"<w:r><w:t>{run}</w:t></w:r>" for run in runs)
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{more}</w:pPr>{inner}</w:p>"


def odt(text: str, styles: str = "", meta: str = "") -> bytes:
    """An OpenDocument text: the inside of `office:text`, of the styles and of the properties."""
    body = f"<office:body><office:text>{text}</office:text></office:body>"
    return archive(
        {
            "content.xml": f"<office:document-content {ODF}>{styles}{body}</office:document-content>",
            "meta.xml": f"<office:document-meta {ODF}><office:meta>{meta}</office:meta></office:document-meta>",
        }
    )


def epub(pages: dict[str, str], metadata: str = "", contents: str = "", spine: str = "") -> bytes:
    """A book.

    Args:
        pages: the insides of the bodies of its pages, by their names, in order.
        metadata: the inside of the package's `metadata`.
        contents: the inside of its table of contents, a page of links.
        spine: the references of its spine, if they are not to its pages in order.
    """
    items = "".join(f'<item id="{name}" href="{name}" media-type="application/xhtml+xml"/>' for name in pages)
    nav = '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
    references = spine or "".join(f'<itemref idref="{name}"/>' for name in pages)
    root = '<container><rootfiles><rootfile full-path="OEBPS/a.opf"/></rootfiles></container>'
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<metadata>{metadata}</metadata><manifest>{items}{nav}</manifest>"
        f'<spine><itemref idref="nav"/>{references}</spine></package>'
    )
    return archive(
        {
            "META-INF/container.xml": root,
            "OEBPS/a.opf": package,
            "OEBPS/nav.xhtml": page(f"<nav><ol>{contents}</ol></nav>"),
            **{f"OEBPS/{name}": page(body) for name, body in pages.items()},
        }
    )


def page(body: str) -> str:
    """A page of a book."""
    return (
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "x.dtd">'
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">'
        f"<head><title/></head><body>{body}</body></html>"
    )
