"""The forms that a message is given in, the best first: a rich message, a text with entities, a plain text.

Which of them a server takes is found by asking: one that refuses the method of rich messages as unknown is not asked
again, and one that refuses what stands in a message gets the next form of it. The same part is in each form, so any of
them may take the place of another. What waits to be sent is none of them yet: a form is made when it is tried.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from typing import Any

from telegram.error import BadRequest

from bot.rendering.entities import entities
from bot.rendering.markup import Mark, MarkedSpan, Rich
from bot.rendering.rich_message import html
from bot.state.outbox import Form
from bot.telegram.faults import UnknownMethodError

LOG = logging.getLogger(__name__)

Content = dict[str, str]
"""The parameters that hold what a message says; those that are objects or lists as JSON."""

_SAID = "said"
"""The parameter of what waits that holds what a message says: its text, and its marks as lists, as JSON has them."""

_FOUND = "found"
"""The parameter of what waits that holds texts to choose from, each like `_SAID`."""

_MARKS = {mark.value: mark for mark in Mark}
_RICH = "rich_message"
_GUEST = "guest_query_id"
TITLE_LETTERS = 100
"""Letters of the title of a result."""

_NO_PREVIEW = '{"is_disabled":true}'
UNCHANGED = "not modified"
CANNOT_BE_EDITED = ("to edit not found", "can't be edited", "message_id_invalid")
"""What Telegram says of an edit that is refused."""

_NOT_OF_FORM = (UNCHANGED, *CANNOT_BE_EDITED, "chat not found")
"""What it says where a message's form is not to blame."""


def said(part: Rich) -> Form:
    """What a message says, as it waits.

    Args:
        part: what one message shows; see `messages.split`.
    """
    return {_SAID: _waiting(part)}


def found(parts: Iterable[Rich]) -> Form:
    """Texts to choose from, as they wait; each is sent as one message."""
    return {_FOUND: list(map(_waiting, parts))}


def _waiting(part: Rich) -> list[Any]:
    return [part.text, [[span.start, span.end, span.mark.value, span.link] for span in part.spans]]


def _part(text: str, spans: Iterable[tuple[int, int, str, str]]) -> Rich:
    return Rich(text, tuple(MarkedSpan(start, end, _MARKS[mark], link) for start, end, mark, link in spans))


def says(form: Form) -> bool:
    """Whether what waits is a message that says something."""
    return _SAID in form


def guest_form(form: Form, query: str) -> Form:
    """What a message says, as the answer of a guest to a query."""
    return {_SAID: form[_SAID], _GUEST: query}


def variants(form: Form) -> Iterator[Form]:
    """The requests for something that waits, the best first; each is made when it is asked for."""
    others = {name: value for name, value in form.items() if name not in (_SAID, _FOUND)}
    if _FOUND in form:
        parts = [_part(*one) for one in form[_FOUND]]
        given = [list(contents(part)) for part in parts]
        for place in range(max(map(len, given), default=1)):
            chosen = (one[min(place, len(one) - 1)] for one in given)
            results = [_as_result(number, *one) for number, one in enumerate(zip(parts, chosen, strict=True))]
            yield {"method": "answerInlineQuery", **others, "results": results}
        return
    if _SAID not in form:
        yield form
        return
    part = _part(*form[_SAID])
    for content in contents(part):
        if _GUEST in form:
            yield {"method": "answerGuestQuery", **others, "result": _as_result(0, part, content)}
        else:
            yield {"method": _method(content), **others, **content}


def _as_result(number: int, part: Rich, content: Content) -> Form:
    """A content as a result of a query; its parts are objects there, and the text has another name."""
    objects = {name: value if name == "text" else json.loads(value) for name, value in content.items()}
    if "text" in objects:
        objects["message_text"] = objects.pop("text")
    return {
        "type": "article",
        "id": str(number),
        "title": part.text.partition("\n")[0][:TITLE_LETTERS],
        "description": part.text.rpartition("\n")[2],
        "input_message_content": objects,
    }


def _is_rich(request: Form) -> bool:
    results = (*request.get("results", ()), *((request["result"],) if "result" in request else ()))
    return _RICH in request or any(_RICH in result["input_message_content"] for result in results)


def contents(part: Rich) -> Iterator[Content]:
    """A part of a text in each form, the best first. A text without marks is plain in all of them."""
    if part.spans:
        yield {_RICH: _json({"html": html(part), "is_rtl": True})}
    plain: Content = {"text": part.text, "link_preview_options": _NO_PREVIEW}
    if part.spans:
        yield plain | {"entities": _json(entities(part))}
    yield plain


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _method(content: Mapping[str, object]) -> str:
    """The method that sends a content as a new message."""
    return "sendRichMessage" if _RICH in content else "sendMessage"


class Forms:
    """The forms that a server takes.

    Args:
        rich: whether it may know rich messages.
    """

    def __init__(self, *, rich: bool = True) -> None:
        self.rich = rich

    async def give(self, waiting: Iterable[Form], attempt: Callable[[Form], Awaitable[int]]) -> int:
        """Try the forms of something one after the other, until the server takes one.

        Args:
            waiting: what waits, as a form that holds what a message says, or as requests, the best first.
            attempt: makes a request.

        Returns:
            What the attempt returned.

        Raises:
            BadRequest: Telegram has something against the message in every form, or not because of its form.
            Exception: whatever else an attempt raises.
        """
        refusal: Exception | None = None
        for request in (variant for form in waiting for variant in variants(form)):
            if _is_rich(request) and not self.rich:
                continue
            try:
                return await attempt(request)
            except UnknownMethodError as error:
                if not _is_rich(request):
                    raise
                refusal, self.rich = error, False
                LOG.info("the server does not know rich messages")
            except BadRequest as error:
                if any(sign in error.message.lower() for sign in _NOT_OF_FORM):
                    raise
                refusal = error
                LOG.warning("Telegram does not take a message in this form")
        raise refusal or ValueError("nothing to send")
