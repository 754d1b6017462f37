"""Who answers in a chat: a front end that registers itself, for the retrieval knows none.

The entry point `bot` of the group `pasokh.chats` names a function of the type `Chats`. An answer is the object that
`bot ask --json` prints.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from importlib.metadata import entry_points
from typing import Any, TypeAlias, cast

from retrieval.ranking.answerability import Caution
from retrieval.retriever import Retriever

CHATS = "pasokh.chats"
"""The group of entry points."""

Answered: TypeAlias = Mapping[str, Any]
"""An answer: `status`, `claims`, `nearest`, `citations`, `in_part` …"""

Ask: TypeAlias = Callable[[str, datetime.date | None], Answered]
"""A chat: a message, and what «امروز» means in it → the answer. It remembers what was asked."""

NewChat: TypeAlias = Callable[[], Ask]
"""Begins a chat."""

Chats: TypeAlias = Callable[[Retriever, Caution], NewChat]
"""A retriever, and how sure an answer must be → chats over it."""


def registered() -> Chats | None:
    """The chats of the front end that is installed; None where none is."""
    found = next(iter(entry_points(group=CHATS)), None)
    return cast(Chats, found.load()) if found else None
