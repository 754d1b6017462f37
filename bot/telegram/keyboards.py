"""Buttons, and the data that come back when one is pressed: a letter and a few numbers, in Telegram's 64 bytes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from telegram import InlineKeyboardMarkup

from bot.wording import texts
from bot.wording.dates import persian_digits

CONTEXT, FURTHER, VERDICT, SOURCES, EXAMPLE = "c", "m", "f", "s", "e"
WATCH, END_WATCH, END_WATCH_LISTED, UNPIN, ASK_AGAIN = "w", "u", "v", "n", "g"
BROADCAST, STOP_BROADCAST, END_DIGEST = "b", "x", "d"
"""The kinds of button. Buttons of earlier versions stay in the chats, so a letter keeps its meaning."""

BUTTONS_IN_ROW = 5
"""Short buttons side by side."""

_MAX_DIGITS = 17

Keyboard = str
"""Buttons as JSON, ready to be sent."""

Button = dict[str, object]
"""A button as JSON."""


@dataclass(frozen=True, slots=True)
class Press:
    """A pressed button: its kind and its arguments."""

    kind: str
    arguments: tuple[str, ...]

    def number(self, place: int) -> int:
        """The number that is the argument at `place`; -1 where there is none."""
        argument = self.arguments[place] if place < len(self.arguments) else ""
        return int(argument) if argument.isascii() and argument.isdigit() and len(argument) <= _MAX_DIGITS else -1


def press(data: str) -> Press:
    """Read a button's data."""
    kind, *arguments = data.split(":")
    return Press(kind, tuple(arguments))


def under_answer(key: int, *, has_context: bool, copied: str) -> Keyboard:
    """The buttons under an answer.

    Args:
        key: the question's key.
        has_context: whether its quotations have more context than it shows.
        copied: what a button copies; "" for no such button.
    """
    context = [_button(texts.IN_CONTEXT, CONTEXT, key)] if has_context else []
    copies: list[Button] = [{"text": texts.COPY, "copy_text": {"text": copied}}] if copied else []
    verdicts = [_button(label, VERDICT, key, verdict) for verdict, label in texts.VERDICTS.items()]
    return _keyboard([[*context, _button(texts.MORE, FURTHER, key, 0), *copies], verdicts])


def under_unanswered(key: int) -> Keyboard:
    """The button under an answer where nothing sure was found: it keeps the question with that key."""
    return one(texts.WATCH, WATCH, key)


def with_offers(under: Keyboard | None, offers: Sequence[str]) -> Keyboard | None:
    """Some buttons, above them one for each question that may have been meant instead, which asks it."""
    asking = examples(offers)
    if under is None or asking is None:
        return asking or under
    return _keyboard([*json.loads(asking)["inline_keyboard"], *json.loads(under)["inline_keyboard"]])


def under_news(under: Keyboard, watch: int) -> Keyboard:
    """The buttons under an answer that was waited for.

    Args:
        under: those under any answer.
        watch: the key of the question that is kept.
    """
    return _keyboard([*json.loads(under)["inline_keyboard"], [_button(texts.END_WATCH, END_WATCH, watch)]])


def one(label: str, kind: str, key: int) -> Keyboard:
    """One button, for the thing with a key."""
    return _keyboard([[_button(label, kind, key)]])


def ending(kind: str, keys: Sequence[int]) -> Keyboard | None:
    """A button for each thing of a list, which ends it; see `numbered`."""
    return numbered(kind, keys, texts.END_LISTED)


def numbered(kind: str, keys: Sequence[int], label: str = "{number}") -> Keyboard | None:
    """A button for each thing of a numbered list; None for an empty list.

    Args:
        kind: the buttons' kind.
        keys: of the things.
        label: what a button says.
    """
    buttons = [
        _button(label.format(number=persian_digits(number)), kind, key) for number, key in enumerate(keys, start=1)
    ]
    rows = [buttons[start : start + BUTTONS_IN_ROW] for start in range(0, len(buttons), BUTTONS_IN_ROW)]
    return _keyboard(rows) if rows else None


def pages(kind: str, page: int, last: int, *arguments: object) -> Keyboard | None:
    """Buttons to the pages before and after a page; None where it is the only one.

    Args:
        kind: the buttons' kind.
        page: the page's number, 0 or more.
        last: the number of the last page.
        arguments: what the buttons carry before the page's number.
    """
    buttons = [
        *([_button(texts.PREVIOUS, kind, *arguments, page - 1)] if page > 0 else []),
        *([_button(texts.NEXT, kind, *arguments, page + 1)] if page < last else []),
    ]
    return _keyboard([buttons]) if buttons else None


def examples(questions: Sequence[str]) -> Keyboard | None:
    """A button for each question, which asks it when it is pressed."""
    rows = [[_button(question, EXAMPLE, number)] for number, question in enumerate(questions)]
    return _keyboard(rows) if rows else None


def label(markup: InlineKeyboardMarkup | None, data: str) -> str:
    """The text of the button with these data; "" where there is none."""
    rows = markup.inline_keyboard if markup else ()
    return next((button.text for row in rows for button in row if button.callback_data == data), "")


def _button(text: str, kind: str, *arguments: object) -> Button:
    return {"text": text, "callback_data": ":".join((kind, *map(str, arguments)))}


def _keyboard(rows: list[list[Button]]) -> Keyboard:
    return json.dumps({"inline_keyboard": rows}, ensure_ascii=False)
