"""One digest or question that fails stops no other."""

from __future__ import annotations

import asyncio
import datetime
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.rendering.markup import Rich
from bot.service.metrics import Metrics
from bot.service.sending import Sender
from bot.service.watching.asking import _harmless
from bot.service.watching.digesting import Digester
from bot.state import digests
from bot.state.base import State
from bot.state.digests import Digest
from bot.state.moves import Moves
from bot.state.outbox import Outgoing
from bot.state.sqlite import StateFile
from retrieval import PasokhError

DIGEST = Digest(0, 7, 7, 0, "", 1, 8, 3, 1.0)


@pytest.fixture
async def state(tmp_path: Path) -> AsyncIterator[State]:
    found = StateFile(tmp_path / "state.sqlite")
    yield found
    await found.close()


async def test_a_digest_that_fails_is_told_later_and_the_others_now(state: State) -> None:
    sent: list[str] = []
    over = asyncio.Event()

    async def send(outgoing: Outgoing) -> int:
        sent.append(outgoing.forms[0]["text"])
        over.set()
        return 1

    async def find(digest: Digest) -> tuple[Rich, int]:
        if digest.topic == "fails":
            raise ValueError
        return Rich("تازه"), 4

    sender = Sender(state, send, Metrics(), Moves(state))
    for digest in (replace(DIGEST, topic="fails"), replace(DIGEST, next=2.0)):
        await state.run(lambda db, one=digest: digests.keep(db, one))  # type: ignore[misc]
    await sender.start()
    tell = lambda digest, text: [Outgoing(digest.chat, ({"text": text.text},))]  # noqa: E731
    running = asyncio.create_task(Digester(state, sender, find, tell, datetime.UTC).run())
    await asyncio.wait_for(over.wait(), 5)
    running.cancel()
    await sender.lanes.drain(1)
    failed, told = state.read(lambda db: digests.of_user(db, 7))
    assert sent == ["تازه"]
    assert (failed.since, told.since) == (3, 4)
    assert failed.next > time.time() > 1.0


def test_a_question_that_fails_is_passed_over_but_not_the_articles() -> None:
    def fails(error: Exception) -> None:
        raise error

    assert _harmless(1, lambda: fails(ValueError())) is None
    with pytest.raises(PasokhError):
        _harmless(1, lambda: fails(PasokhError("gone")))
