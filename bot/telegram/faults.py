"""python-telegram-bot's errors → the project's own, at one place.

Two kinds stay as they are, for whoever has sent something knows what to do about it: `BadRequest`, what Telegram has
against one message, and `Forbidden`, a chat that takes no messages of the bot.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.errors import PutOffError, RefusedError
from bot.telegram.transport import NotJsonError
from retrieval import PasokhError

AFTER_FLOOD = 0.25
"""Seconds added to the time that Telegram names, for the way to the server and clocks that differ."""

_NOT_FOUND = "Not Found"
"""How a refusal begins whose status is 404; python-telegram-bot raises the same error for 401."""

MAX_TOLD_LETTERS = 200
"""Letters of Telegram's own words that are told, in logs and errors."""


class MovedError(PasokhError):
    """A group has become a supergroup, whose id is another.

    Args:
        chat: the new id.
    """

    def __init__(self, chat: int) -> None:
        super().__init__(f"the chat is now {chat}")
        self.chat = chat


class UnreadableAnswerError(PutOffError):
    """An answer of Telegram's that is no JSON object.

    Args:
        payload: what came instead; it is in no message, and so in no log.
    """

    def __init__(self, payload: bytes) -> None:
        super().__init__("the answer is no JSON object")
        self.payload = payload


class UnknownMethodError(RefusedError):
    """The server does not know a method; one of an older version, or not Telegram's own."""


@contextmanager
def translated() -> Iterator[None]:
    """Translate what a request to Telegram raises.

    Raises:
        UnknownMethodError: the server does not know the method, or the token has not even the form of one.
        RefusedError: the token is not valid (any more).
        MovedError: the chat has another id now.
        UnreadableAnswerError: the answer is no JSON object.
        PutOffError: Telegram cannot be reached, or is busy; or the answer has no result.
    """
    try:
        yield
    except (BadRequest, Forbidden):
        raise
    except InvalidToken as error:
        refused = UnknownMethodError if error.message.startswith(_NOT_FOUND) else RefusedError
        raise refused("Telegram rejects the token; check PASOKH_TELEGRAM_TOKEN with @BotFather") from error
    except ChatMigrated as error:
        raise MovedError(error.new_chat_id) from error
    except NotJsonError as error:
        raise UnreadableAnswerError(error.payload) from error
    except RetryAfter as error:
        raise PutOffError(_told(error), _seconds(error) + AFTER_FLOOD) from error
    except Conflict as error:
        raise PutOffError("another program fetches this bot's updates (409); stop it, or delete its webhook") from error
    except TelegramError as error:
        raise PutOffError(_told(error)) from error
    except KeyError as error:
        raise PutOffError("the answer has no result") from error


def _told(error: Exception) -> str:
    """An error in one line: its kind and the beginning of what it says."""
    return f"{type(error).__name__}: {str(error)[:MAX_TOLD_LETTERS]}"


def _seconds(error: RetryAfter) -> float:
    after = error.retry_after
    return after if isinstance(after, int) else after.total_seconds()
