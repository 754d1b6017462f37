"""Files of so many notes, items, styles or cells that nobody writes them."""

from __future__ import annotations

from tests.retrieval.corpus.readers.archives import archive, docx, odt, paragraph

GOOD = "سیل به گنبد رسید."


def notes(count: int) -> bytes:
    """A Word document each of whose paragraphs calls a footnote."""
    call = "<w:r><w:t>سیل</w:t></w:r><w:r><w:footnoteReference w:id='{}'/></w:r>"
    note = "<w:footnote w:id='{}'>" + paragraph("آمد") + "</w:footnote>"
    calls, found = ("".join(map(form.format, range(count))) for form in (f"<w:p>{call}</w:p>", note))
    return docx(calls, footnotes=found)


def items(count: int) -> bytes:
    """A Word document of items, each inside the one before it down to the ninth level."""
    levels = "".join(f"<w:lvl w:ilvl='{level}'><w:lvlText w:val='%{level + 1}-'/></w:lvl>" for level in range(9))
    numbering = f"<w:abstractNum w:abstractNumId='1'>{levels}</w:abstractNum>"
    numbering += "<w:num w:numId='1'><w:abstractNumId w:val='1'/></w:num>"
    item = "<w:numPr><w:ilvl w:val='{}'/><w:numId w:val='1'/></w:numPr>"
    body = "".join(paragraph("سیل", more=item.format(number % 9)) for number in range(count))
    return docx(body, numbering=numbering)


def styles(count: int) -> bytes:
    """A Word document of styles that each stand on the next."""
    style = "<w:style w:styleId='{}'><w:basedOn w:val='{}'/></w:style>"
    return docx(paragraph(GOOD), styles="".join(style.format(number, number + 1) for number in range(count)))


def numbered(count: int, levels: int) -> bytes:
    """An OpenDocument text of lists whose style has many levels."""
    level = "<text:list-level-style-number text:level='9'/>"
    last = "<text:list-level-style-number text:level='1' style:num-format='1'/>"
    item = "<text:list text:style-name='a'><text:list-item><text:p>سیل</text:p></text:list-item></text:list>"
    return odt(item * count, f"<text:list-style style:name='a'>{level * levels}{last}</text:list-style>")


def table_of(cells: int, columns: int) -> bytes:
    """A Word document with a table."""
    row = f"<w:tc>{paragraph('سیل')}</w:tc>" * columns
    return docx(f"<w:tbl>{f'<w:tr>{row}</w:tr>' * (cells // columns)}</w:tbl>")


def export(posts: int, cells: int) -> bytes:
    """An export of WordPress, each of whose posts is a table of cells that span others."""
    row = "<tr>" + "<td rowspan=5 colspan=2>سیل" * 20
    table = f"<table>{row * (cells // 20)}</table>"
    post = (
        "<item><wp:post_id>{}</wp:post_id><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>"
        f"<content:encoded><![CDATA[{table}]]></content:encoded></item>"
    )
    names = "xmlns:wp='http://wordpress.org/export/1.2/' xmlns:content='http://purl.org/rss/1.0/modules/content/'"
    return f"<rss {names}><channel>{''.join(map(post.format, range(posts)))}</channel></rss>".encode()


def sheet(rows: str, after: str = "") -> bytes:
    """A workbook of one sheet: its rows, and what stands after them."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return archive(
        {
            "xl/workbook.xml": f"<workbook xmlns:r='{kind}'><sheets><sheet name='a' r:id='r'/></sheets></workbook>",
            "xl/_rels/workbook.xml.rels": (
                f"<Relationships><Relationship Id='r' Type='{kind}/worksheet' Target='sheet.xml'/></Relationships>"
            ),
            "xl/sheet.xml": f"<worksheet><sheetData>{rows}</sheetData>{after}</worksheet>",
        }
    )


def merged() -> bytes:
    """A workbook whose cells are each merged with all below it."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    columns = [first + second for first in letters[:15] for second in letters]
    first = "".join(f"<c r='{column}1' t='str'><v>سیل</v></c>" for column in columns)
    ranges = "".join(f"<mergeCell ref='{column}1:{column}100000'/>" for column in columns)
    below = "".join(f"<row><c r='A{number}'><v>1</v></c></row>" for number in range(2, 100_000))
    return sheet(f"<row>{first}</row>{below}", f"<mergeCells>{ranges}</mergeCells>")
