"""Sound files of every format, small and with much of what the format knows."""

from __future__ import annotations

import json
import re
import zlib
from collections import defaultdict
from pathlib import Path

from tests.conftest import SHARED
from tests.retrieval.corpus.readers import test_feeds, test_html, test_office, test_xlsx
from tests.retrieval.corpus.readers.archives import docx, epub, odt, paragraph
from tests.retrieval.corpus.readers.pdf_files import Drawn, pdf
from tests.retrieval.corpus.readers.pdf_files import paragraph as lines

MAX_SAMPLE = 20_000
"""Bytes of a file of others that serves as a sample: damage to larger ones takes too long to read."""

FLOOD, RAIN = test_office.FLOOD, test_office.RAIN
PLAIN = f"""سیل گلستان

گزارش: {FLOOD} {RAIN} انتهای پیام/۴۰۲

شعب:
۱- تهران
۲- گرگان
* ساری

نام: علی
تلفن: ۰۲۱
استان\tشعبه\tمبلغ
گلستان\t۳۷\t۱۲
فارس\t۱۲\t۹

خبرنگار: سیل کی آمد؟
استاندار: {FLOOD}
خبرنگار: باران چه شد؟
استاندار: {RAIN}
"""
WRAPPED = "\n".join(f"{FLOOD} {RAIN} "[place : place + 34] for place in range(0, 80, 34)) + "\n\n> " + RAIN
TAGS = f"<h2>گنبد</h2><p>{FLOOD}<br>نام: علی</p><ol start=3><li>پل<ul><li>راه</ul><li>{RAIN}</ol>"
TABLE = "<table><caption>شعب</caption><tr><th>استان<th>شعبه<tr><td rowspan=2>گلستان<td>۳۷<tr><td colspan=2>۱۲</table>"
TERMS = "<dl><dt>سیل<dd>آب<dt>باران</dl><pre>a\n b</pre><blockquote>گفت&zwnj;وگو&nbsp;</blockquote>"
MARKDOWN = f"""# سیل

{FLOOD}[^1] ~~راه~~ **پل** `کد` [گنبد](https://example.org)

| استان | شعبه |
|---|---|
| گلستان | ۳۷ |

1. پل
   - راه

```
{{{{< figure >}}}}
```
{{% include a %}}

{TAGS}

[^1]: {RAIN}
"""
FRONT_MATTERS = (
    "---\ntitle: سیل\ndate: 1404/07/28\ntags: [a, b]\ndraft: false\n---\n",
    '+++\ntitle = "سیل"\ndate = 2026-10-20T01:00:00Z\n+++\n',
    "<!--\n.. title: سیل\n.. date: 2026-10-20\n-->\n",
    "title: سیل\ndate: 2026-10-20 01:00\nsource: بهار\n\n",
)
ROWS = [
    {"id": number, "title": "سیل", "text": FLOOD if number % 2 else TAGS, "date": "1404/07/28", "lead": RAIN,
     "source": {"name": "بهار"}, "content": [{"type": "h2", "text": "گنبد"}, {"type": "p", "text": FLOOD}]}
    for number in range(4)
]  # fmt: skip
CHANNEL = {
    "name": "بهار", "type": "public_channel", "id": 1,
    "messages": [
        {"id": 1, "type": "service", "action": "pin_message"},
        {"id": 2, "type": "message", "date": "2026-10-20T01:00:00", "date_unixtime": "1792447200",
         "text": [FLOOD, {"type": "bold", "text": RAIN}, "\n🔹 پل\n🔹 راه\n@bahar"], "forwarded_from": "باران"},
        {"id": 3, "type": "message", "date": "2026-10-20T01:00:00", "edited": "2026-10-21T01:00:00", "text": RAIN * 3},
    ],
}  # fmt: skip
HEADS = (
    '<meta property="article:published_time" content="۱۴۰۴/۰۷/۲۸ - ۲۲:۵۷"><meta property="og:site_name" content="آب">',
    '<script type="application/ld+json">{"@type":"NewsArticle","headline":"سیل","datePublished":"2026-10-20"}</script>',
)
PAGES = [test_html.page(f"{body}{TABLE}{TERMS}", head) for body in test_html.CONTAINERS.values() for head in HEADS]
FEED = test_feeds.rss(test_feeds.item(), test_feeds.item(f"<content:encoded><![CDATA[{TAGS}]]></content:encoded>"))
MAIL = (
    "MIME-Version: 1.0\nSubject: =?utf-8?B?2LPbjNmE?=\nContent-Type: multipart/related; boundary=x\n\n"
    f"--x\nContent-Type: text/html; charset=utf-8\nContent-Location: https://example.org/1\n\n{PAGES[0]}\n--x--\n"
)
BOLD = "<w:r><w:rPr><w:b/></w:rPr><w:t>راه‌ها</w:t></w:r>"
MERGED = (
    "<w:tbl><w:tr><w:tc><w:tcPr><w:vMerge w:val='restart'/><w:gridSpan w:val='2'/></w:tcPr>" + paragraph(FLOOD)
    + "</w:tc></w:tr><w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>"
)  # fmt: skip
NOTE = '<w:r><w:footnoteReference w:id="2"/></w:r>'
WORD = docx(
    paragraph("گزارش", style="T") + test_office.listed(FLOOD, 1) + test_office.listed(RAIN, 1, 1) + paragraph(BOLD)
    + paragraph(RAIN, NOTE) + MERGED,
    styles=test_office.STYLES, numbering=test_office.NUMBERING, core="<dc:title>سیل</dc:title>",
    footnotes=f'<w:footnote w:id="2">{paragraph(RAIN)}</w:footnote>',
)  # fmt: skip
WRITER = odt(
    "<text:list text:style-name='L1'><text:list-item text:start-value='3'><text:p>سیل<text:s text:c='3'/></text:p>"
    "</text:list-item></text:list><table:table><table:table-row><table:table-cell table:number-columns-spanned='2'"
    f" table:number-rows-spanned='2'><text:p>{FLOOD}</text:p></table:table-cell></table:table-row></table:table>",
    test_office.LISTS, "<dc:title>سیل</dc:title><meta:creation-date>2026-10-20</meta:creation-date>",
)  # fmt: skip
BOOK = epub(
    {"1.xhtml": f"<h1>گنبد</h1><p>{FLOOD}<sup><a href='#n'>1</a></sup></p>{TABLE}", "2.xhtml": f"<p>{RAIN}</p>"},
    test_office.METADATA, "<li><a href='1.xhtml#a'>گنبد</a></li>",
)  # fmt: skip
SHARED_TEXTS = f"<sst {test_xlsx.NAMESPACE}><si><t>{FLOOD}</t></si><si><r><t>پل</t></r></si></sst>"
WORKBOOK = test_xlsx.workbook(
    {"xl/sharedStrings.xml": SHARED_TEXTS},
    a=test_xlsx.sheet({"A": "عنوان", "B": "متن"}, {"A": "سیل", "B": FLOOD}, {"A": (5, 1)}, merged=("A2:A3",)),
    b=test_xlsx.sheet({"A": "شعب"}, {}, {"A": "استان", "B": "شعبه"}, {"A": "گلستان", "B": (37, 3)}),
)  # fmt: skip
PRINTED = pdf(
    [Drawn("گزارش", 800, size=18), *lines(f"{FLOOD} {RAIN}", 760)], lines(RAIN, 700), info="/Title (a) /Author (b)"
)


def unpacked(content: bytes) -> bytes:
    """A PDF whose streams are not compressed, so that damage reaches what they draw."""
    return _STREAM.sub(lambda stream: b">>\nstream\n" + zlib.decompress(stream["packed"]) + b"\nendstream", content)


_STREAM = re.compile(rb"/Filter /FlateDecode >>\nstream\n(?P<packed>.*?)\nendstream", re.DOTALL)


def samples() -> dict[str, list[bytes]]:
    """The sound files by their endings; those of others that are small are among them where they are at hand."""
    made: dict[str, list[str | bytes]] = {
        ".txt": [PLAIN, WRAPPED, TAGS + TABLE, PLAIN.encode("utf-16"), "date 2026-10-20 بهار؛ نیکو - " + FLOOD,
                 FRONT_MATTERS[3] + PLAIN],
        ".md": [MARKDOWN, *(above + MARKDOWN for above in FRONT_MATTERS)],
        ".jsonl": ["\n".join(json.dumps(row, ensure_ascii=False) for row in ROWS)],
        ".json": [json.dumps(value, ensure_ascii=False) for value in (
            ROWS, {"data": {"items": ROWS}}, {"title": ["سیل", "پل"], "text": [FLOOD, RAIN]}, CHANNEL,
            {"chats": {"list": [CHANNEL]}})],
        ".csv": [f"id,title,text\n1,سیل,\"{FLOOD}\n{RAIN}\"\n2,پل,{RAIN}\n", "استان;شعبه\nگلستان;37\n;12\nفارس;9\n",
                 "نام\tتلفن\nعلی\t021\n".encode("utf-16"), "نام,متن\nعلي,\"سيل آمد\"\n".encode("cp1256")],
        ".xlsx": [WORKBOOK],
        ".html": [*PAGES, f"<h1>سیل</h1>{test_html.BODY}{TABLE}{TERMS}"],
        ".mhtml": [MAIL],
        ".xml": [FEED, test_feeds.ATOM, test_feeds.RDF, test_feeds.wxr(test_feeds.post(TAGS), test_feeds.post(PLAIN))],
        ".docx": [WORD], ".odt": [WRITER], ".epub": [BOOK], ".pdf": [PRINTED, unpacked(PRINTED)],
    }  # fmt: skip
    found = {ending: [one.encode() if isinstance(one, str) else one for one in ones] for ending, ones in made.items()}
    for ending, ones in _of_others().items():
        found.get(ending, []).extend(ones)
    return found


def _of_others() -> dict[str, list[bytes]]:
    """The small ones of the real files, by their endings."""
    found: dict[str, list[bytes]] = defaultdict(list)
    for path in sorted(Path(SHARED / "files").glob("*/*")):
        if path.stat().st_size <= MAX_SAMPLE:
            found[path.suffix].append(path.read_bytes())
    return found
