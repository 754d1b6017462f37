"""Chats that go on under another id."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import StateError
from bot.state.base import State
from bot.state.moves import Moves
from bot.state.sqlite import StateFile

OLD, NEW, NEWEST = -5, -1005, -1006


async def test_a_chat_is_known_by_its_first_id_and_reached_at_its_latest(state: State) -> None:
    moves = Moves(state)
    await moves.learn(OLD, NEW)
    await moves.learn(NEW, NEWEST)
    for found in (moves, Moves(state)):
        assert {found.first(chat) for chat in (OLD, NEW, NEWEST)} == {OLD}
        assert {found.latest(chat) for chat in (OLD, NEW, NEWEST)} == {NEWEST}
        assert found.ids(NEW) == [OLD, NEW, NEWEST]
        assert (found.first(7), found.latest(7), found.ids(7)) == (7, 7, [7])


@given(told=st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), max_size=12))
async def test_whatever_is_told_no_chat_comes_round_to_itself(
    told: list[tuple[int, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    state = StateFile(tmp_path_factory.mktemp("moves") / "state.sqlite")
    moves = Moves(state)
    for chat, then in told:
        await moves.learn(chat, then)
    for chat in range(1, 6):
        ids = moves.ids(chat)
        assert chat in ids
        assert len(ids) == len(set(ids))
        assert (moves.first(chat), moves.latest(chat)) == (ids[0], ids[-1])
    await state.close()


async def test_a_move_that_could_not_be_written_is_learnt_when_it_is_told_again(
    state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(_: object) -> None:
        raise StateError("disk full")

    moves = Moves(state)
    with monkeypatch.context() as full:
        full.setattr(state, "run", fails)
        with pytest.raises(StateError):
            await moves.learn(OLD, NEW)
    await moves.learn(OLD, NEW)
    assert Moves(state).latest(OLD) == moves.latest(OLD) == NEW
