"""A page that lays out each kind of message as a client would, rich and with entities: to be read by eye.

`python -m tests.bot.rendering.preview PAGE.html` writes it. It is no client: colours and sizes are only like theirs.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from pathlib import Path

from bot.rendering.messages import split
from bot.rendering.rich_message import html
from tests.bot.rendering.golden import tagged
from tests.bot.rendering.kinds import KINDS

STYLE = """
body { font: 16px/1.5 Vazirmatn, "DejaVu Sans", sans-serif; background: #d5e3c8; margin: 12px }
section { display: grid; grid-template-columns: 400px 400px; gap: 6px 20px; margin-bottom: 20px }
h2 { grid-column: 1 / 3; font-size: 13px; margin: 0; color: #555; direction: ltr }
.message { background: #fff; border-radius: 12px; padding: 8px 12px; align-self: start }
.entities { white-space: pre-wrap; unicode-bidi: plaintext; text-align: start }
blockquote { margin: 4px 0; padding: 4px 10px; border-inline-start: 3px solid #3a95d5; background: #eaf4fb }
.entities blockquote { margin: 0 }
.expandable { border-inline-start-style: double }
p { margin: 4px 0 } footer { color: #777; font-size: 14px } summary { font-weight: bold } a { color: #2481cc }
mark { background: #fff0a8 } table { border-collapse: collapse; margin: 4px 0 }
td, th { border: 1px solid #ccc; padding: 3px 7px }
tr:nth-child(odd) { background: #f4f4f4 }
"""


def as_rich(message: str) -> str:
    """The HTML of a rich message as that of a page, with its folds open."""
    message = re.sub(r'<tg-reference name="([^"]*)">', r'<span id="\1">', message).replace("</tg-reference>", "</span>")
    return f'<div class="message" dir="rtl">{message.replace("<details>", "<details open>")}</div>'


def with_entities(message: str) -> str:
    """A text with entities, written as tags, as that of a page. The newline at the edge of a quotation is not shown."""
    message = re.sub(r"<(/?)bold>", r"<\1b>", re.sub(r"<(/?)italic>", r"<\1i>", message))
    message = message.replace("<expandable_blockquote>", '<blockquote class="expandable">')
    message = message.replace("</expandable_blockquote>", "</blockquote>")
    message = re.sub(r'<text_link url="([^"]*)">', r'<a href="\1">', message).replace("</text_link>", "</a>")
    message = re.sub(r"\n?(<blockquote[^>]*>)", r"\1", re.sub(r"</blockquote>\n?", "</blockquote>", message))
    return f'<div class="message entities" dir="auto">{message}</div>'


def page(kinds: Iterable[str]) -> str:
    """The page with some kinds of message."""
    sections = []
    for kind in kinds:
        parts = split(KINDS[kind])
        rich, plainer = (as_rich(html(part)) for part in parts), (with_entities(tagged(part)) for part in parts)
        columns = f"<div>{''.join(rich)}</div><div>{''.join(plainer)}</div>"
        sections.append(f"<section><h2>{kind}: rich, and with entities</h2>{columns}</section>")
    return f'<!doctype html><meta charset="utf-8"><style>{STYLE}</style>{"".join(sections)}'


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(KINDS), "utf-8")
