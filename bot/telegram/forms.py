"""The forms that a message is given in, the best first: a rich message, a text with entities, a plain text.

Which of them a server takes is found by asking: one that refuses the method of rich messages as unknown is not asked
again, and one that refuses what stands in a message gets the next form of it. The same part is in each form, so any of
them may take the place of another.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TypeVar

from telegram.error import BadRequest

from bot.rendering.entities import entities
from bot.rendering.markup import Rich
from bot.rendering.rich_message import html
from bot.telegram.faults import UnknownMethodError

LOG = logging.getLogger(__name__)

Content = dict[str, str]
"""The parameters that hold what a message says; those that are objects or lists as JSON."""

Holding = TypeVar("Holding", bound=Mapping[str, object])
T = TypeVar("T")

_RICH = "rich_message"
_NO_PREVIEW = '{"is_disabled":true}'
UNCHANGED = "not modified"
CANNOT_BE_EDITED = ("to edit not found", "can't be edited", "message_id_invalid")
"""What Telegram says of an edit that is refused."""

_NOT_OF_FORM = (UNCHANGED, *CANNOT_BE_EDITED, "chat not found")
"""What it says where a message's form is not to blame."""


def contents(part: Rich) -> tuple[Content, ...]:
    """A part of a text in each form, the best first. A text without marks is plain in all of them.

    Args:
        part: what one message shows; see `messages.split`.
    """
    plain: Content = {"text": part.text, "link_preview_options": _NO_PREVIEW}
    if not part.spans:
        return (plain,)
    rich: Content = {_RICH: _json({"html": html(part), "is_rtl": True})}
    return rich, plain | {"entities": _json(entities(part))}, plain


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def method(content: Mapping[str, object]) -> str:
    """The method that sends a content as a new message."""
    return "sendRichMessage" if _RICH in content else "sendMessage"


class Forms:
    """The forms that a server takes.

    Args:
        rich: whether it may know rich messages.
    """

    def __init__(self, *, rich: bool = True) -> None:
        self.rich = rich

    async def give(self, offered: Sequence[Holding], attempt: Callable[[Holding], Awaitable[T]]) -> T:
        """Try a message's contents one after the other, until the server takes one.

        Args:
            offered: the contents, the best first, alone or among other parameters; see `contents`.
            attempt: sends a message with a content, or puts it into a message.

        Returns:
            What the attempt returned.

        Raises:
            BadRequest: Telegram has something against the message in every form, or not because of its form.
            Exception: whatever else an attempt raises.
        """
        for content in offered[:-1]:
            if _RICH in content and not self.rich:
                continue
            try:
                return await attempt(content)
            except UnknownMethodError:
                self.rich = False
                LOG.info("the server does not know rich messages")
            except BadRequest as error:
                if any(sign in error.message.lower() for sign in _NOT_OF_FORM):
                    raise
                LOG.warning("sent in a plainer form: Telegram did not take the marks")
        return await attempt(offered[-1])
