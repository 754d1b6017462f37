"""A message of each kind, in both forms, is what it was when it was last read."""

from __future__ import annotations

import pytest

from bot.rendering.messages import split
from bot.rendering.rich_message import html
from tests.bot.rendering.golden import FOLDER, golden
from tests.bot.rendering.kinds import KINDS
from tests.bot.telegram.entities import rich_text


@pytest.mark.parametrize("kind", KINDS)
def test_a_message_is_as_it_was_read(kind: str) -> None:
    assert golden(KINDS[kind]) == (FOLDER / f"{kind}.txt").read_text("utf-8")
    assert all(rich_text(html(part)) for part in split(KINDS[kind]))


def test_no_kind_is_kept_that_is_not_made() -> None:
    assert {path.stem for path in FOLDER.iterdir()} == KINDS.keys()
