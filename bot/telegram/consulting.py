"""What a chat is answered from: the articles that may be quoted there, behind the editors' own words."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from bot.dialogue.answer import Status
from bot.rendering.pins import pinned_text
from bot.service.library import Library, Reply
from bot.service.scopes import Scope
from bot.service.workers import WorkerPool
from bot.state import bindings, pins
from bot.state.base import State
from bot.state.moves import Moves
from bot.telegram.outgoing import Target

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


class Consulting:
    """Consults the workers for a chat. What it needs is set by who inherits from it."""

    state: State
    workers: WorkerPool
    moves: Moves
    collections: frozenset[str]

    def with_pin(self, target: Target, reply: Reply) -> Reply:
        """A reply behind the editors' own answer to the same question, if they have given one."""
        opened = self.scope(target).opened
        pin = self.state.read(lambda db: pins.pinned(db, reply.sense, opened)) if reply.sense else None
        if pin is None:
            return reply
        answer, day = reply.text if reply.status is Status.ANSWERED else None, datetime.date.fromtimestamp(pin.made)
        text = pinned_text(pin.words, day, answer)
        leaves_out = reply.leaves_out and answer is not None
        return reply._replace(text=text, status=Status.ANSWERED, leaves_out=leaves_out, unsure=False)

    async def consult(
        self,
        target: Target,
        work: Callable[Concatenate[Library, Arguments], Result],
        *arguments: Arguments.args,
        **named: Arguments.kwargs,
    ) -> Result:
        """Call a method of `Library` with the articles that may be quoted in a chat, and no others.

        Raises:
            Exception: see `WorkerPool.run`.
        """
        return await self.workers.run_within(self.scope(target), work, *arguments, **named)

    @property
    def everything(self) -> Scope:
        """All articles, for administrators."""
        return Scope(self.collections, self.collections)

    def scope(self, target: Target) -> Scope:
        """The articles that may be quoted in a thread of a chat."""
        if not self.collections or target.is_foreign:
            return Scope(self.collections)
        place = self.moves.first(target.chat), target.thread or bindings.ALL_THREADS
        opened = self.state.read(lambda db: bindings.opened(db, *place))
        return Scope(self.collections, opened & self.collections)
