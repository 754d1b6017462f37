"""Office documents: what a reader of Word or LibreOffice sees, with headings, lists and tables as such."""

from __future__ import annotations

import datetime
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from retrieval import Article
from retrieval.corpus.readers.record import FaultError
from retrieval.corpus.readers.registry import parse, records
from retrieval.types import Kind
from tests.retrieval.corpus.readers.archives import WORD, archive, docx, epub, odt, paragraph

FLOOD = "سیل به گنبد رسید و پل آق‌قلا را شکست."
RAIN = "باران از شنبه بند می‌آید و راه‌ها باز می‌شود."


def read(content: bytes, name: str) -> list[Article]:
    return [parse(record) for record in records(name, content)]


def word(body: str, **parts: str) -> Article:
    (article,) = read(docx(body, **parts), "a.docx")
    return article


def writer(text: str, styles: str = "", meta: str = "") -> Article:
    (article,) = read(odt(text, styles, meta), "a.odt")
    return article


def blocks(article: Article) -> list[tuple[str, str]]:
    """The blocks of an article: kind, with the level of a heading, and words."""
    return [
        (f"{block.kind.value}{block.level or ''}", article.text[block.start : block.end]) for block in article.blocks
    ]


STYLES = (
    '<w:style w:styleId="1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:styleId="Sub"><w:name w:val="زیرعنوان"/><w:basedOn w:val="1"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr>'
    '</w:style><w:style w:styleId="T"><w:name w:val="Title"/></w:style>'
    '<w:style w:styleId="C"><w:name w:val="caption"/></w:style><w:style w:styleId="O"><w:name w:val="toc 1"/></w:style>'
)


def test_styles_make_headings_of_their_levels_also_those_that_stand_on_others() -> None:
    article = word(
        paragraph("گزارش سیل", style="T")
        + paragraph("سیل گلستان ۵", style="O")
        + paragraph("گنبد", style="1")
        + paragraph(FLOOD)
        + paragraph("راه‌ها", style="Sub")
        + paragraph(RAIN)
        + paragraph("پل آق‌قلا", style="C"),
        styles=STYLES,
    )
    assert article.title == "گزارش سیل"
    assert blocks(article) == [
        ("heading1", "گنبد"),
        ("paragraph", FLOOD),
        ("heading2", "راه‌ها"),
        ("paragraph", RAIN),
        ("caption", "پل آق‌قلا"),
    ]


def test_a_short_line_in_bold_is_a_heading_also_in_the_bold_of_right_to_left_letters() -> None:
    bold = "<w:r><w:rPr><w:bCs/></w:rPr><w:t>راه‌های بسته</w:t></w:r>"
    off = '<w:r><w:rPr><w:b w:val="0"/></w:rPr><w:t>شرح آن در ادامه.</w:t></w:r>'
    assert [kind for kind, _ in blocks(word(paragraph(FLOOD) + paragraph(bold) + paragraph(off)))] == [
        "paragraph",
        "heading6",
        "paragraph",
    ]


def test_insertions_are_read_and_deletions_are_not() -> None:
    deleted = "<w:del><w:r><w:delText>ساری</w:delText></w:r></w:del>"
    moved = "<w:moveFrom><w:r><w:t>از این جا</w:t></w:r></w:moveFrom>"
    inserted = "<w:ins><w:r><w:t>گنبد</w:t></w:r></w:ins>"
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>پنهان</w:t></w:r>"
    assert word(paragraph("سیل به ", inserted, deleted, moved, hidden, " رسید.")).text == "سیل به گنبد رسید."
    joined = paragraph("سیل به گنبد ", more="<w:rPr><w:del/></w:rPr>") + paragraph("رسید.")
    assert word(joined).text == "سیل به گنبد رسید."
    row = "<w:tr>{}<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc></w:tr>"
    table = f"<w:tbl>{row.format('', 'ماند')}{row.format('<w:trPr><w:del/></w:trPr>', 'رفت')}</w:tbl>"
    assert word(paragraph(FLOOD) + table).text == f"{FLOOD}\n\nماند"


def test_a_box_is_read_once_and_a_control_as_if_it_were_not_there() -> None:
    box = f"<w:txbxContent>{paragraph(RAIN)}</w:txbxContent>"
    forms = f"<Choice>{box}</Choice><Fallback><w:pict>{box}</w:pict></Fallback>"
    both = f"<w:r><AlternateContent>{forms}</AlternateContent></w:r>"
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph('پل ساخته شد.')}</w:sdtContent></w:sdt>"
    inline = "<w:sdt><w:sdtContent><w:r><w:t>گنبد</w:t></w:r></w:sdtContent></w:sdt>"
    article = word(paragraph("سیل به ", inline, both, " رسید.") + control)
    assert article.text.split("\n\n") == ["سیل به گنبد رسید.", RAIN, "پل ساخته شد."]


def test_a_table_of_contents_and_codes_of_fields_are_left_out() -> None:
    gallery = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
    contents = f"<w:sdt><w:sdtPr>{gallery}</w:sdtPr><w:sdtContent>{paragraph('گنبد ۵')}</w:sdtContent></w:sdt>"
    field = '<w:r><w:instrText> PAGEREF a </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    assert word(contents + paragraph(FLOOD, field)).text == FLOOD


def test_notes_stand_behind_the_section_that_calls_them() -> None:
    notes = f'<w:footnote w:id="2">{paragraph("<w:r><w:footnoteRef/></w:r>", " منبع: استانداری")}</w:footnote>'
    call = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    article = word(
        paragraph("سیل", call, " به گنبد رسید.")
        + paragraph(RAIN)
        + paragraph("راه‌ها", style="1")
        + paragraph("راه مینودشت بسته است."),
        footnotes=notes,
        styles=STYLES,
    )
    assert blocks(article) == [
        ("paragraph", "سیل به گنبد رسید."),
        ("paragraph", RAIN),
        ("note", "منبع: استانداری"),
        ("heading1", "راه‌ها"),
        ("paragraph", "راه مینودشت بسته است."),
    ]


def test_author_and_date_are_taken_from_paragraphs_of_these_styles() -> None:
    styles = STYLES + "".join(
        f'<w:style w:styleId="{name}"><w:name w:val="{name}"/></w:style>' for name in ("Author", "Date")
    )
    head = (
        paragraph("گزارش سیل", style="T")
        + paragraph("نگار نیکو", style="Author")
        + paragraph("۶ دی ۱۴۰۴", style="Date")
    )
    article = word(head + paragraph(FLOOD), styles=styles, core="<dc:creator>مدیر سامانه</dc:creator>")
    assert (article.title, article.author, article.date) == ("گزارش سیل", "نگار نیکو", datetime.date(2025, 12, 27))
    assert article.text == FLOOD


def row(*cells: str, more: str = "") -> str:
    """A row of a Word document's table."""
    return f"<w:tr><w:trPr>{more}</w:trPr>{''.join(f'<w:tc>{paragraph(cell)}</w:tc>' for cell in cells)}</w:tr>"


def test_the_head_of_a_letter_may_be_a_table_and_its_subject_bold() -> None:
    head = f"<w:tbl>{row('تاریخ:', '۱۴۰۴/۱۰/۰۶')}{row('شماره:', '۱۲/ص')}</w:tbl>"
    subject = "<w:r><w:rPr><w:b/></w:rPr><w:t>موضوع: راه‌های بسته</w:t></w:r>"
    article = word(head + paragraph(subject) + paragraph(FLOOD))
    assert (article.title, article.date) == ("راه‌های بسته", datetime.date(2025, 12, 27))


def test_the_day_of_a_letter_may_stand_in_the_header_of_its_page() -> None:
    content = archive(
        {
            "word/document.xml": f"<w:document {WORD}><w:body>{paragraph(FLOOD)}</w:body></w:document>",
            "word/header2.xml": f"<w:hdr {WORD}>{paragraph('تاریخ: ', '۱۴۰۴/۱۰/۰۶')}</w:hdr>",
            "word/_rels/document.xml.rels": '<Relationships><Relationship Id="r1" Type="http://x/header"'
            ' Target="header2.xml"/></Relationships>',
        }
    )
    (article,) = read(content, "a.docx")
    assert (article.date, article.text) == (datetime.date(2025, 12, 27), FLOOD)


def test_rows_that_word_repeats_on_each_page_are_the_head_of_a_table() -> None:
    article = word(
        f"<w:tbl>{row('شهر', 'پل', more='<w:tblHeader/>')}{row('گنبد', 'دارد')}{row('لار', 'ندارد')}</w:tbl>"
    )
    assert [kind for kind, _ in blocks(article)] == ["head row", "row", "row"]


NUMBERING = (
    '<w:abstractNum w:abstractNumId="0">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="ماده %1-"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="arabicAbjad"/><w:lvlText w:val="%2)"/></w:lvl>'
    '</w:abstractNum><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/>'
    '<w:lvlText w:val="o"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/>'
    "</w:lvlOverride></w:num>"
)


def listed(words: str, number: int, level: int = 0) -> str:
    """An item of a Word document."""
    return paragraph(words, more=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def test_items_have_the_numbers_that_word_shows() -> None:
    article = word(
        listed("راه", 1)
        + listed("گنبد", 1, 1)
        + listed("مینودشت", 1, 1)
        + paragraph(FLOOD)
        + listed("پل", 1)
        + listed("کلاله", 1, 1)
        + listed("آب", 2)
        + listed("برق", 3)
        + listed("بی‌شماره", 0),
        numbering=NUMBERING,
    )
    assert [text for _, text in blocks(article)] == [
        "ماده 1- راه",
        "الف) گنبد",
        "ب) مینودشت",
        FLOOD,
        "ماده 2- پل",
        "الف) کلاله",
        "آب",
        "ماده 7- برق",
        "بی‌شماره",
    ]
    assert [block.level for block in article.blocks if block.kind is Kind.ITEM][:4] == [0, 1, 1, 0]


def test_the_name_of_a_style_tells_that_its_items_stand_in_others() -> None:
    numbering = "".join(
        f"<w:abstractNum w:abstractNumId='{number}'><w:lvl w:ilvl='0'><w:numFmt w:val='bullet'/></w:lvl>"
        f"</w:abstractNum><w:num w:numId='{number}'><w:abstractNumId w:val='{number}'/></w:num>"
        for number in (1, 2)
    )
    styles = "".join(
        f"<w:style w:styleId='{number}'><w:name w:val='{name}'/><w:pPr><w:numPr><w:numId w:val='{number}'/></w:numPr>"
        "</w:pPr></w:style>"
        for number, name in ((1, "List Bullet"), (2, "List Bullet 2"))
    )
    body = paragraph("استحقاقی", style="1") + paragraph("سی روز", style="2") + paragraph("زایمان", style="1")
    found = word(body, numbering=numbering, styles=styles)
    assert [block.level for block in found.blocks] == [0, 1, 0]


def test_labels_with_values_that_are_each_a_paragraph_are_pairs_and_no_headings() -> None:
    found = word(
        "".join(map(paragraph, ("کار راه", "طول: ۳۴۰۰ متر", "پیمانکار: الوند", "اعتبار: ۲ میلیارد", "پایان کار")))
    )
    assert [kind for kind, _ in blocks(found)] == ["heading5", "pair", "pair", "pair", "paragraph"]


def test_columns_that_tabs_draw_are_a_table() -> None:
    def line(*cells: str) -> str:
        return paragraph("<w:r><w:tab/></w:r>".join(f"<w:r><w:t>{cell}</w:t></w:r>" for cell in cells))

    found = word(
        line("۱-", "کارت ملی")
        + line("۲-", "عکس")
        + line("شعبه", "تلفن")
        + line("مرکزی", "۸۸۷۷")
        + line("طول:", "۳ متر")
    )
    assert blocks(found) == [
        ("item", "۱- کارت ملی"),
        ("item", "۲- عکس"),
        ("head row", "شعبه | تلفن"),
        ("row", "مرکزی | ۸۸۷۷"),
        ("paragraph", "طول: ۳ متر"),
    ]


def test_labels_behind_others_in_a_cell_tell_a_letter() -> None:
    cell = (
        f"<w:tc>{paragraph('شمارهٔ نامه: ۴۵۶')}{paragraph('تاریخ: ۱۴۰۱/۰۵/۲۰')}</w:tc><w:tc>{paragraph('آبفا')}</w:tc>"
    )
    found = word(f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>" + paragraph("موضوع: قطع آب شهر") + paragraph("آب قطع می‌شود."))
    assert (found.title, found.date) == ("قطع آب شهر", datetime.date(2022, 8, 11))


def test_cells_that_go_on_below_are_filled() -> None:
    cell = "<w:tc><w:tcPr>{}</w:tcPr><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>".format
    rows = (
        cell("", "استان") + cell("", "شهر") + cell("", "جمعیت"),
        cell('<w:vMerge w:val="restart"/>', "فارس") + cell("", "شیراز") + cell("", "۱۵۶۵۵۷۲"),
        cell("<w:vMerge/>", "") + cell("", "لار") + cell("", "۶۲۰۴۵"),
        cell('<w:gridSpan w:val="2"/>', "همه") + cell("", "۱۶۲۷۶۱۷"),
    )
    article = word(paragraph(FLOOD) + f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>")
    assert blocks(article)[1:] == [
        ("head row", "استان | شهر | جمعیت"),
        ("row", "فارس | شیراز | ۱۵۶۵۵۷۲"),
        ("row", "فارس | لار | ۶۲۰۴۵"),
        ("row", "همه | | ۱۶۲۷۶۱۷"),
    ]


def test_the_half_spaces_of_old_keyboards_are_half_spaces() -> None:
    hyphen = "<w:r><w:noBreakHyphen/></w:r>"
    text = word(paragraph("آب می", hyphen, "رسد. قرض¬الحسنه و کتاب\u00adها. تهران", hyphen, "قم ۵¬۶")).text
    assert text == "آب می‌رسد. قرض‌الحسنه و کتاب‌ها. تهران\u2011قم ۵¬۶"


def test_the_properties_count_where_an_author_has_written_them() -> None:
    written = (
        "<dc:title>سیل گلستان</dc:title><dc:creator>نگار نیکو</dc:creator>"
        "<dcterms:created>2025-12-26T21:00:00Z</dcterms:created><dcterms:modified>2026-01-01T00:00:00Z</dcterms:modified>"
    )
    article = word(paragraph(FLOOD), core=written)
    assert (article.title, article.author, article.date) == ("سیل گلستان", "نگار نیکو", datetime.date(2025, 12, 27))
    machine = "<dc:title>Document1</dc:title><dc:creator>ASUS</dc:creator>"
    article = word(paragraph("راه‌ها", style="1") + paragraph(FLOOD), styles=STYLES, core=machine)
    assert (article.title, article.author, article.text) == ("راه‌ها", "", FLOOD)


def test_the_day_of_a_template_is_not_that_of_what_is_made_of_it() -> None:
    made = "<dcterms:created>2013-12-23T23:15:00Z</dcterms:created>"
    assert word(paragraph("سیل آمد."), core=made).date is None


def test_an_invocation_is_no_title_and_the_head_of_a_letter_states_the_day() -> None:
    bold = "<w:r><w:rPr><w:b/></w:rPr><w:t>{}</w:t></w:r>".format
    head = paragraph(bold("بسمه تعالی")) + paragraph(bold("دستورالعمل سیل"))
    made = "<dcterms:created>2025-12-27T00:00:00Z</dcterms:created>"
    article = word(head + paragraph("شماره: ۱۲۳ تاریخ: ۱۴۰۳/۰۱/۰۶") + paragraph(FLOOD), core=made)
    assert (article.title, article.date) == ("دستورالعمل سیل", datetime.date(2024, 3, 25))
    undated = word(head + paragraph("این سیل در تاریخ ۱۴۰۳/۰۱/۰۶ و پس از باران بسیار به شهر گنبد " * 3), core=made)
    assert undated.date == datetime.date(2025, 12, 27)


def test_a_control_that_nobody_has_filled_in_says_nothing() -> None:
    call = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>".format
    inline = call("<w:r><w:t>کلیک کنید</w:t></w:r>")
    assert word(call(paragraph("این‌جا بنویسید")) + paragraph(FLOOD, inline)).text == FLOOD


LISTS = (
    "<office:automatic-styles>"
    '<style:style style:name="P1" style:parent-style-name="Title"/>'
    '<style:style style:name="B"><style:text-properties fo:font-weight="bold"/></style:style>'
    '<text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="1"'
    ' style:num-suffix="-" text:start-value="3"/></text:list-style></office:automatic-styles>'
)


def test_an_open_document_is_read_as_it_shows() -> None:
    deleted = "<text:tracked-changes><text:p>حذف شد.</text:p></text:tracked-changes>"
    body = "<text:note-body><text:p>منبع</text:p></text:note-body>"
    note = f"<text:note><text:note-citation>1</text:note-citation>{body}</text:note>"
    box = f"<draw:frame><draw:text-box><text:p>{RAIN}</text:p></draw:text-box></draw:frame>"
    comment = "<office:annotation><text:p>نظر</text:p></office:annotation>"
    item = "<text:list-item><text:p>{}</text:p></text:list-item>".format
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>".format
    article = writer(
        f'{deleted}<text:p text:style-name="P1">گزارش سیل</text:p>'
        f'<text:h text:outline-level="2">گنبد</text:h><text:p>سیل{note} به<text:s/>گنبد{box}{comment} رسید.</text:p>'
        f'<text:list text:style-name="L1">{item("راه")}{item("پل")}</text:list>'
        f'<text:list text:style-name="L1" text:continue-numbering="true">{item("آب")}</text:list>'
        f"<table:table><table:table-header-rows><table:table-row>{cell('شهر')}{cell('نفر')}</table:table-row>"
        f"</table:table-header-rows><table:table-row>{cell('لار')}{cell('۵')}</table:table-row></table:table>",
        LISTS,
        "<meta:initial-creator>نگار نیکو</meta:initial-creator>"
        "<meta:creation-date>2025-12-27T10:00:00</meta:creation-date>",
    )
    assert (article.title, article.author, article.date) == ("گزارش سیل", "نگار نیکو", datetime.date(2025, 12, 27))
    assert blocks(article) == [
        ("heading2", "گنبد"),
        ("paragraph", "سیل به گنبد رسید."),
        ("paragraph", RAIN),
        ("item", "3- راه"),
        ("item", "4- پل"),
        ("item", "5- آب"),
        ("head row", "شهر | نفر"),
        ("row", "لار | ۵"),
        ("note", "منبع"),
    ]


METADATA = "<dc:title>داستان سیل</dc:title><dc:creator>نگار نیکو</dc:creator><dc:date>2025-12-27</dc:date>"


def test_a_chapter_of_a_book_is_an_article() -> None:
    pages = {
        "cover.xhtml": "<h1>داستان سیل</h1>",
        "1.xhtml": f"<h1>گنبد</h1><p>{FLOOD}</p>",
        "2.xhtml": f"<p>{RAIN}<sup><a href='#n'>1</a></sup>&nbsp;پل ساخته شد"
        "<a epub:type='noteref' href='#n'>2</a>.</p>",
        "3.xhtml": f"<p>{FLOOD}</p>",
    }
    titles = {"cover.xhtml": "جلد", "1.xhtml": "فصل یک", "3.xhtml#a": "پایان"}
    contents = "".join(f"<li><a href='{name}'>{title}</a></li>" for name, title in titles.items())
    first, last = read(epub(pages, METADATA, contents), "a.epub")
    assert (first.id, first.title, first.source) == ("a.epub#OEBPS/1.xhtml", "گنبد", "داستان سیل")
    assert first.text == f"{FLOOD}\n\n{RAIN} پل ساخته شد."
    assert (last.title, last.author, last.text) == ("پایان", "نگار نیکو", FLOOD)


def test_a_note_of_a_book_is_one() -> None:
    note = "<aside epub:type='footnote' id='n'><p>۱. سرشماری ۱۳۹۵</p></aside><aside><p>در حاشیه: آب کم است.</p></aside>"
    (article,) = read(
        epub({"1.xhtml": f"<p>{FLOOD}</p>{note}"}, contents="<li><a href='1.xhtml'>یک</a></li>"), "a.epub"
    )
    assert [kind for kind, _ in blocks(article)] == ["paragraph", "note", "paragraph"]


def test_a_chapter_that_cannot_be_read_does_not_cost_the_others() -> None:
    book = epub({"1.xhtml": "<div>" * 5_000 + RAIN, "2.xhtml": f"<p>{FLOOD}</p>"})
    broken, good = records("a.epub", book)
    with pytest.raises(FaultError, match="inside one another"):
        parse(broken)
    assert parse(good).text == FLOOD


GOOD = {
    "a.docx": docx(
        paragraph("گزارش", style="T") + listed(FLOOD, 1) + paragraph(RAIN), styles=STYLES, numbering=NUMBERING
    ),
    "a.odt": odt(f'<text:p text:style-name="B">{FLOOD}</text:p>', LISTS),
    "a.epub": epub({"1.xhtml": f"<p>{FLOOD}</p>"}, METADATA),
}

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How the files of old office programs, and those protected by a password, begin."""


@pytest.mark.parametrize(
    ("name", "content", "remedy"),
    [
        ("a.docx", b"PK", "open it in Word and save it anew"),
        ("a.docx", archive({"a.xml": "<a/>"}), "open it in Word and save it anew"),
        ("a.docx", archive({"word/document.xml": "<a>"}), "open it in Word and save it anew"),
        ("a.odt", archive({"content.xml": "<a/>"}), "open it in LibreOffice and save it anew"),
        ("a.epub", archive({"META-INF/container.xml": "<a/>"}), "open it in Calibre and save it anew"),
        ("a.docx", docx("<w:p/>"), "write the article, or remove it"),
        ("a.epub", epub({"1.xhtml": "<img src='a.png'/>"}), "give a book with text"),
        ("a.docx", OLD + bytes(600), "open it in Word and save it anew, without password"),
    ],
)  # fmt: skip
def test_what_is_no_document_is_refused_with_a_remedy(name: str, content: bytes, remedy: str) -> None:
    with pytest.raises(FaultError) as caught:
        read(content, name)
    assert caught.value.remedy == remedy


@pytest.mark.parametrize("name", GOOD)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(cuts=st.lists(st.tuples(st.integers(0, 4000), st.binary(max_size=6)), min_size=1, max_size=4))
@example(cuts=[(0, b"")])
def test_a_damaged_file_gives_articles_or_a_fault(name: str, cuts: list[tuple[int, bytes]]) -> None:
    content = bytearray(GOOD[name])
    for place, wrong in cuts:
        content[place % len(content) : place % len(content) + len(wrong)] = wrong
    with suppress(FaultError):
        read(bytes(content), name)
