"""What a message wants: a command, a question, or nothing."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Message, User

from bot.telegram import incoming
from bot.telegram.incoming import Command, Question
from tests.bot.telegram.fake import Fake
from tests.bot.telegram.harness import message
from tests.bot.telegram.profile import BOT

ME = User(123456, "پاسخ", is_bot=True, username="pasokh_test_bot")
NAME = f"@{ME.username}"
GROUP = -5
FAKE = Fake()


def said(text: str | None, chat: int = 7, **content: Any) -> Message:
    found = Message.de_json(message(FAKE, text, chat, **content), None)
    assert found is not None
    return found


def mention(at: int = 0) -> dict[str, Any]:
    return {"type": "mention", "offset": at, "length": len(NAME)}


def asked(text: str | None, **content: Any) -> str | None:
    """What a message of a group asks."""
    found = incoming.question(said(text, GROUP, **content), ME)
    return found.text if found else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/start", Command("start", "")),
        ("/Ask@Pasokh_Test_Bot  سوغات\nلار", Command("ask", "سوغات\nلار")),
        ("/ask@other سوغات", None),
        ("سوغات /ask", None),
        ("/", None),
        ("/فرمان", None),
    ],
)
async def test_commands_are_told_apart(text: str, expected: Command | None) -> None:
    assert incoming.command(said(text), "pasokh_test_bot") == expected


@given(before=st.text(max_size=20), after=st.text(max_size=20))
def test_a_mention_is_cut_out_wherever_it_stands(before: str, after: str) -> None:
    offset = len(before.encode("utf-16-le", "surrogatepass")) // 2
    found = asked(f"{before}{NAME}{after}", entities=[mention(offset)])
    assert found == (before + after).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").strip(
        " \n\t:،,"
    )


def test_a_mention_alone_asks_what_it_replies_to() -> None:
    other = message(FAKE, "سوغات لار؟", GROUP)
    alone = {"entities": [mention()], "reply_to_message": other}
    question = incoming.question(said(NAME, GROUP, **alone), ME)
    assert question is not None
    assert (question.text, question.message.message_id) == ("سوغات لار؟", other["message_id"])
    assert asked(f"{NAME} جمعیتش؟", **alone) == "جمعیتش؟"
    assert asked(NAME, **alone, quote={"text": "لار؟", "position": 7}) == "لار؟"
    assert asked(NAME, entities=[mention()], quote={"text": "از جای دیگر", "position": 0}) == "از جای دیگر"
    photo = message(FAKE, None, GROUP, caption=f"{NAME} لار؟", caption_entities=[mention()])
    assert asked(NAME, entities=[mention()], reply_to_message=photo) == "لار؟"
    assert asked(NAME, entities=[mention()], reply_to_message=message(FAKE, "/ask لار؟", GROUP)) == "لار؟"
    mine = message(FAKE, "پاسخ پیش", GROUP) | {"from": BOT}
    assert asked(NAME, entities=[mention()], reply_to_message=mine) == ""
    assert asked(NAME, entities=[mention()]) == ""
    assert asked("سوغات لار؟", reply_to_message=other) is None


def test_what_opens_a_topic_of_a_forum_is_replied_to_by_nobody() -> None:
    opening = message(FAKE, None, GROUP, forum_topic_created={"name": "لار", "icon_color": 1}) | {"from": BOT}
    inside = {"reply_to_message": opening, "message_thread_id": opening["message_id"], "is_topic_message": True}
    assert asked("سوغات لار؟", **inside) is None
    assert incoming.pointed_at(said("/ask", GROUP, **inside), ME).text == ""
    assert asked("سوغات لار؟", **inside | {"reply_to_message": message(FAKE, "پیش", GROUP) | {"from": BOT}}) is not None


def test_in_a_private_chat_all_words_are_the_question() -> None:
    assert incoming.question(own := said("لار؟"), ME) == Question("لار؟", own)
    assert incoming.question(said(None, pinned_message=message(FAKE, "سنجاق")), ME) is None
