"""Who may ask."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.service.access import Access, Admission

ADMIN, ALLOWED, STRANGER, GROUP = 1, 2, 3, -4


def access(mode: str, code: str = "رمز") -> Access:
    return Access(mode, frozenset({ADMIN}), frozenset({ALLOWED, GROUP}), code)


@pytest.mark.parametrize(
    ("mode", "stranger"),
    [("open", Admission.ADMITTED), ("list", Admission.UNLISTED), ("code", Admission.UNINVITED)],
)
def test_the_mode_decides_on_strangers_alone(mode: str, stranger: Admission) -> None:
    for user, chat in ((ADMIN, ADMIN), (ALLOWED, ALLOWED), (STRANGER, GROUP)):
        assert access(mode).admission(user, [chat]) is Admission.ADMITTED
    assert access(mode).admission(STRANGER, [STRANGER]) is stranger


@pytest.mark.parametrize(
    ("mode", "given_code", "found"),
    [
        ("code", " رمز\n", Admission.JOINING),
        ("code", "رمز دیگر", Admission.UNINVITED),
        ("code", "\ud800", Admission.UNINVITED),
        ("list", "رمز", Admission.UNLISTED),
    ],
)
def test_who_gives_the_code_joins(mode: str, given_code: str, found: Admission) -> None:
    assert access(mode).admission(STRANGER, [STRANGER], given_code) is found


@given(given_code=st.text(max_size=8))
def test_without_a_code_nobody_joins(given_code: str) -> None:
    assert access("code", "").admission(STRANGER, [STRANGER], given_code) is Admission.UNINVITED


def test_the_code_is_not_shown() -> None:
    assert "رمز" not in repr(access("code"))
