"""Channels as Telegram Desktop exports them (`result.json`): a post an article. Chats of persons are left out.

A post's first line is its title where more stands below it. Lines of tags, of links and of the channel's own name are
furniture. Described in https://core.telegram.org/import-export, as far as it is described at all.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from retrieval.corpus.readers.record import FaultError
from retrieval.corpus.readers.values import line_of

CHANNELS = frozenset(("public_channel", "private_channel"))
CHATS = frozenset(
    "personal_chat bot_chat saved_messages replies private_group private_supergroup public_supergroup".split()
)
"""Types of chats that are none of a channel."""
MIN_POST = 40
"""Code points of a post, without tags and links; a shorter one is a greeting or stands below a picture."""
MAX_GREETING = 100
"""Code points of a post that greets and says nothing else."""
MAX_TITLE = 120
"""Code points of a first line that is a title."""
MAX_AROUND = 4
"""Words beside the tags and links of a line that is furniture."""
KNOWN_SHARE = 0.5
"""Share of a public channel's posts that name it, from which on its address is known."""

MAX_PARTS = 10_000
"""Parts of a post's text, as links and bold words are; Telegram lets a post have 100."""

_REFERENCES = tuple("hashtag cashtag mention mention_name link text_link bot_command email phone".split())
_TEXTS = ("text_entities", "text")
_NAMES = re.compile(r"(?:@|(?:t|telegram)\.me/(?:s/)?)([a-zA-Z]\w{3,31})\b(?:/(\d+))?")
_WORD = re.compile(r"[^\W_]+")
_SENTENCE_END = re.compile(r"[.!؟?…][»\"”)]*\s+")
_SIGN = re.compile(r"[\u2190-\u21ff\u25a0-\u27bf\u2b00-\u2bff\U0001f300-\U0001faff]\ufe0f?\s*(?=\S)")
"""A picture that begins a line."""
_GREETING = re.compile(
    r"\W*(?:(?:سلام|درود)\b|(?:صبح|ظهر|عصر|شب|روز|وقت|اوقات)\S*\s+(?:\S+\s+){0,3}(?:به\s*|ب)?خیر\b|خوش\s*آمدید)"
)

Message = Mapping[str, Any]


def is_message(row: Mapping[str, object]) -> bool:
    """Whether an object is a message of an export."""
    return row.get("type") in ("message", "service") and "id" in row and "date" in row


def has_too_many_parts(message: Message) -> bool:
    """Whether a message has a text that no post can have."""
    return any(isinstance(parts := message.get(key), list) and len(parts) > MAX_PARTS for key in _TEXTS)


def is_chat(around: Mapping[str, object]) -> bool:
    """Whether what stands around an object is a chat of an export."""
    return around.get("type") in CHANNELS | CHATS


@dataclass(slots=True)
class Chat:
    """A chat of an export.

    Args:
        name, kind, id: as they are exported.
        messages: each with the line that it begins at.
    """

    name: str
    kind: str
    id: str
    messages: list[tuple[Message, int]] = field(default_factory=list)

    def rows(self) -> Iterator[tuple[dict[str, object], int]]:
        """The posts of a channel as rows of a dump, each with its line."""
        if self.kind not in CHANNELS:
            return
        address = self._address()
        for message, line in self.messages:
            if message["type"] == "message" and (lines := _lines(_marked(message))):
                yield self._row(message, lines, address), line

    def _row(self, message: Message, lines: list[tuple[str, str]], address: str) -> dict[str, object]:
        number = line_of(message["id"])
        title = _title(lines)
        moment = line_of(message.get("date_unixtime"))
        return {
            "id": number,
            "title": title,
            "body": [{"type": kind, "text": text} for kind, text in _paragraphs(lines[bool(title) :])],
            "date": moment if moment.strip("0") else line_of(message["date"]),
            "source": line_of(message.get("forwarded_from")) or self.name,
            "author": line_of(message.get("author")),
            "url": f"https://t.me/{address}/{number}" if address else "",
        }

    def _address(self) -> str:
        """The channel's name in links: what most posts name, or what a link to a post that is answered names."""
        if self.kind != "public_channel":
            return ""
        named: Counter[str] = Counter()
        for message, _ in self.messages:
            text = "".join(piece for piece, _ in _marked(message))
            answered = line_of(message.get("reply_to_message_id"))
            links = list(_NAMES.finditer(text))
            own = next((link[1] for link in links if link[2] and link[2] == answered), "")
            if own:
                return own
            named.update({link[1] for link in links})
        posts = sum(bool(_marked(message)) for message, _ in self.messages)
        name, times = next(iter(named.most_common(1)), ("", 0))
        return name if times > KNOWN_SHARE * posts else ""


def add(chats: list[Chat], around: Mapping[str, object], message: Message, line: int) -> None:
    """Add a message to the chat that it stands in."""
    own = (line_of(around.get("name")), line_of(around.get("type")), line_of(around.get("id")))
    if not chats or (chats[-1].name, chats[-1].kind, chats[-1].id) != own:
        chats.append(Chat(*own))
    chats[-1].messages.append((message, line))


def refusal(chats: list[Chat]) -> FaultError:
    """Why an export without a post is refused."""
    if any(chat.kind in CHANNELS for chat in chats):
        return FaultError("its channel has no post with a text", "export a channel whose posts have texts")
    return FaultError("it is a chat of persons, and no channel", "export a channel")


def _marked(message: Message) -> list[tuple[str, bool]]:
    """The pieces of a message's text, each with whether it only refers to something."""
    parts = message.get("text_entities") or message.get("text") or ()
    if isinstance(parts, str):
        return [(parts, False)]
    found: list[tuple[str, bool]] = []
    for part in parts if isinstance(parts, list) else ():
        text = part.get("text") if isinstance(part, dict) else part
        if isinstance(text, str):
            found.append((text, isinstance(part, dict) and part.get("type") in _REFERENCES))
    return found


def _lines(pieces: list[tuple[str, bool]]) -> list[tuple[str, str]]:
    """The types and texts of a post's lines, blank ones among them; [] where it says nothing."""
    text, refers = "".join(piece for piece, _ in pieces), bytearray()
    for piece, is_reference in pieces:
        refers += bytes([is_reference]) * len(piece)
    found: list[tuple[str, str]] = []
    at = len(text) - len(text.lstrip())
    for line in text[at:].split("\n"):
        own = "".join(" " if refers[at + place] else letter for place, letter in enumerate(line))
        found += _parts(line, own, has_references=any(refers[at : at + len(line)]))
        at += len(line) + 1
    said = " ".join(text for kind, text in found if kind != "furniture").strip()
    if len(said) < MIN_POST or (len(said) < MAX_GREETING and _GREETING.match(said)):
        return []
    return found


def _paragraphs(lines: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Lines joined as paragraphs: a blank line ends one, and so do furniture and the items of a list."""
    is_list = sum(_SIGN.match(text) is not None for _, text in lines) > 1
    open_lines: list[str] = []
    for kind, text in [*lines, ("p", "")]:
        sign = _SIGN.match(text) if is_list and kind == "p" else None
        if kind == "p" and text and not sign:
            open_lines.append(text)
            continue
        if open_lines:
            yield "p", "\n".join(open_lines)
            open_lines.clear()
        if sign:
            yield "li", text[sign.end() :]
        elif text:
            yield kind, text


def _parts(line: str, own: str, *, has_references: bool) -> Iterator[tuple[str, str]]:
    """The paragraph of a line, and the furniture that it is or ends with.

    Args:
        line: of a post.
        own: the same, with blanks for tags and links.
        has_references: whether it has some.
    """
    if not has_references or not own.strip():
        kind = "furniture" if has_references else "p"
    else:
        kind = "furniture" if len(_WORD.findall(own)) <= MAX_AROUND else "p"
    end = len(line)
    if kind == "p" and has_references:
        # What refers to something behind the last sentence is none of it.
        ends = [match.end() for match in _SENTENCE_END.finditer(line) if not _WORD.search(own, match.end())]
        end = min(ends, default=end)
    yield kind, line[:end].strip()
    if line[end:].strip():
        yield "furniture", line[end:].strip()


def _title(lines: list[tuple[str, str]]) -> str:
    """The first line of a post that names what stands below it, without the signs at its ends."""
    kind, first = lines[0]
    below = sum(len(text) for other, text in lines[1:] if other == "p")
    if kind != "p" or len(first) > MAX_TITLE or below < len(first):
        return ""
    return re.sub(r"^[^\w«(\"]+|[^\w»)؟!\".]+$", "", first)
