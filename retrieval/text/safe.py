"""Text that is safe to show: without characters that no output can carry, or that act on a display."""

from __future__ import annotations

import re

REPLACEMENT = "\ufffd"
"""What stands for a character that was taken out."""

_UNENCODABLE = re.compile(r"[\ud800-\udfff\x00]")
_CONTROLS = r"\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069"
"""Control characters but tab and line feed, and the marks that turn a line round."""

_CONTROL = re.compile(f"[{_CONTROLS}]")
_NOT_IN_MESSAGES = re.compile(rf"[{_CONTROLS}\u2028\u2029\ufdd0-\ufdef\ufffe\uffff]")
"""The separators of lines and paragraphs, and code points that are no characters, besides."""


def printable(text: str) -> str:
    """`text` with what no output can carry, lone surrogates and NUL, replaced by U+FFFD, one for one."""
    try:
        text.encode()  # a fifth of the time that the expression takes
    except UnicodeEncodeError:
        return _UNENCODABLE.sub(REPLACEMENT, text)
    return text.replace("\0", REPLACEMENT)


def for_terminal(text: str) -> str:
    """`text` with what moves the cursor, changes colours or turns the line round replaced by U+FFFD, one for one."""
    return _CONTROL.sub(REPLACEMENT, text)


def for_message(text: str) -> str:
    """`text` as a chat application can show it: `printable`, and without control characters and separators."""
    return _NOT_IN_MESSAGES.sub("", printable(text))
