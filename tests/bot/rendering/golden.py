"""The messages of each kind as they were found right when they were read: `python -m tests.bot.rendering.golden`
writes them anew, to be read again.
"""

from __future__ import annotations

import re
from html import escape
from pathlib import Path

from bot.rendering.entities import entities
from bot.rendering.markup import Rich
from bot.rendering.messages import split
from bot.rendering.rich_message import html
from tests.bot.rendering.kinds import KINDS

_BLOCK_END = re.compile(r"</(?:p|blockquote|footer|summary|tr|table|details)>(?=<)")
FOLDER = Path(__file__).parent / "golden"


def tagged(part: Rich) -> str:
    """The text of a message with its entities written as tags."""
    encoded = part.text.encode("utf-16-le")
    edges: list[tuple[int, int, str]] = []
    for number, entity in enumerate(entities(part), start=1):
        start, length = int(str(entity["offset"])), int(str(entity["length"]))
        address = f' url="{escape(str(entity["url"]))}"' if "url" in entity else ""
        edges += [(start, number, f"<{entity['type']}{address}>"), (start + length, -number, f"</{entity['type']}>")]
    written, place = [], 0
    for end, _, tag in [*sorted(edges), (len(encoded) // 2, 0, "")]:
        written += [escape(encoded[2 * place : 2 * end].decode("utf-16-le"), quote=False), tag]
        place = end
    return "".join(written)


def golden(text: Rich) -> str:
    """Both forms of a message, a block of the rich one a line."""
    parts = split(text)
    rich = "\n".join(_BLOCK_END.sub("\\g<0>\n", html(part)) for part in parts)
    return f"{rich}\n\n--- entities\n\n" + "\n\n--- next message\n\n".join(map(tagged, parts)) + "\n"


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, text in KINDS.items():
        (FOLDER / f"{name}.txt").write_text(golden(text), "utf-8")
