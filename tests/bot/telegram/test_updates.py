"""Raw updates of whatever shape."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.state import inbox
from bot.state.sqlite import connect
from bot.telegram.updates import arrival, chat_of, number_of, unreadable

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["update_id", "message", "chat", "id", "from", "callback_query"]), inner, max_size=4
        )
    ),
    max_leaves=12,
)


@given(update=JSON)
def test_any_update_has_a_chat_and_may_have_a_number(update: object) -> None:
    number, chat, content, _ = arrival(update)
    assert abs(chat) < 2**63
    assert number is None or 0 <= number < 2**63
    assert content == update


@pytest.mark.parametrize(
    ("message", "move"),
    [
        ({"chat": {"id": -5}, "migrate_to_chat_id": -1005}, (-5, -1005)),
        ({"chat": {"id": -1005}, "migrate_from_chat_id": -5}, (-5, -1005)),
        ({"chat": {"id": -5}, "migrate_to_chat_id": "-1005"}, None),
        ({"chat": {}, "migrate_from_chat_id": -5}, None),
        ({"chat": {"id": -5}}, None),
    ],
)
def test_a_group_that_becomes_a_supergroup_is_told_by_either_id(
    message: dict[str, object], move: tuple[int, int] | None
) -> None:
    assert arrival({"update_id": 5, "message": message}).move == move


@pytest.mark.parametrize(
    ("update", "number", "chat"),
    [
        ({"update_id": 5, "message": {"chat": {"id": -9}, "from": {"id": 7}}}, 5, -9),
        ({"update_id": 5, "callback_query": {"message": {"chat": {"id": -9}}, "from": {"id": 7}}}, 5, -9),
        ({"update_id": 5, "callback_query": {"from": {"id": 7}}}, 5, 7),
        ({"update_id": 5, "inline_query": {"from": {"id": 7}}}, 5, 7),
        ({"update_id": 2**63, "message": {"chat": {"id": 2**63}}}, None, 0),
        ({"update_id": True, "message": {"chat": {"id": True}}}, None, 0),
        ({"update_id": -1, "unheard_of": {"chat": {"id": 9}}}, None, 0),
        ("no update at all", None, 0),
    ],
)
def test_an_update_keeps_the_order_of_its_chat(update: object, number: int | None, chat: int) -> None:
    assert (number_of(update), chat_of(update)) == (number, chat)


def test_the_largest_numbers_can_be_stored(tmp_path: Path) -> None:
    update = {"update_id": 2**63 - 1, "message": {"chat": {"id": 1 - 2**63}}}
    with closing(connect(tmp_path / "state.sqlite")) as database:
        inbox.store(database, [arrival(update)])
        assert [entry.chat for entry in inbox.waiting(database)] == [1 - 2**63]
        with pytest.raises((OverflowError, sqlite3.Error)):
            inbox.store(database, [arrival(update)._replace(chat=2**63)])


def test_what_cannot_be_read_keeps_its_number_and_its_beginning() -> None:
    kept = unreadable(b"{not json " + b"x" * 5000, 7)
    assert number_of(kept) == 7
    assert str(kept["unreadable"]).startswith("{not json x")
    assert len(str(kept)) < 1100
