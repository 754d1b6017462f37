"""The smaller parts of the Telegram front end: what a message wants, buttons, faults, sending."""

from __future__ import annotations

import asyncio
import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TimedOut,
)

from bot.errors import NotTakenError, PutOffError, RefusedError
from bot.rendering.markup import Mark, Rich, marked
from bot.service.gaps import grouped
from bot.state import records, users
from bot.state.records import Gap
from bot.telegram import keyboards
from bot.telegram.client import connect
from bot.telegram.delivery import TYPING_DELAY, Delivery, typing
from bot.telegram.faults import MovedError, UnknownMethodError, UnreadableAnswerError, translated
from bot.telegram.gaps import question_lines
from bot.telegram.outgoing import Target, answer, document, say
from bot.telegram.server import listening
from bot.telegram.transport import NotJsonError
from tests.bot.telegram.fake import TOKEN, Fake, Fault, failure, flood


@given(key=st.integers(0, 2**53), page=st.integers(0, 10**6), copied=st.text(max_size=9))
def test_buttons_fit_and_are_read_back(key: int, page: int, copied: str) -> None:
    shown = [
        keyboards.under_answer(key, has_context=True, copied=copied),
        keyboards.pages(keyboards.FURTHER, page, page + 1, key) or "",
    ]
    buttons = [button for one in shown for row in json.loads(one)["inline_keyboard"] for button in row]
    data = [button["callback_data"] for button in buttons if "callback_data" in button]
    copies = [button["copy_text"]["text"] for button in buttons if "copy_text" in button]
    assert copies == ([copied] if copied else [])
    assert all(1 <= len(one.encode()) <= 64 for one in data)
    assert {keyboards.press(one).number(0) for one in data} == {key}


@given(data=st.text(max_size=64))
def test_any_button_data_is_read(data: str) -> None:
    press = keyboards.press(data)
    assert all(press.number(place) >= -1 for place in range(4))


@pytest.mark.parametrize(
    ("setting", "url", "expected"),
    [
        ("", "", None),
        ("", "https://bot.example.org/hook", ("127.0.0.1", 8080)),
        ("", "http://127.0.0.1:9000/hook", ("127.0.0.1", 9000)),
        ("0.0.0.0:80", "https://bot.example.org:8443/hook", ("0.0.0.0", 80)),
        (":81", "", ("127.0.0.1", 81)),
        ("[::1]:81", "", ("::1", 81)),
    ],
)
def test_where_the_server_listens(setting: str, url: str, expected: tuple[str, int] | None) -> None:
    assert listening(setting, url) == expected


def test_gaps_of_one_meaning_become_a_question_to_judge() -> None:
    gaps = [
        Gap("نرخ دلار؟", "", "not_found"),
        Gap("سوغات لار؟", "لار کجاست؟", "wrong"),
        Gap("دلار نرخ", "", "not_found"),
    ]
    dollar, gift = (frozenset({"نرخ", "قیمت"}), frozenset({"دلار"})), (frozenset({"سوغات"}), frozenset({"لار"}))
    found = grouped(gaps, [dollar, gift, tuple(reversed(dollar))])
    rows = [json.loads(line) for line in question_lines(found).splitlines()]
    assert [(row["question"], row["after"], row["status"], row["asked"]) for row in rows] == [
        ("نرخ دلار؟", None, "not_found", 2),
        ("سوغات لار؟", "لار کجاست؟", "answered", 1),
    ]


@pytest.mark.parametrize(
    ("error", "own", "after"),
    [
        (NetworkError("x"), PutOffError, 0),
        (TimedOut(), PutOffError, 0),
        (RetryAfter(3), PutOffError, 3.25),
        (Conflict("x"), PutOffError, 0),
        (KeyError("result"), PutOffError, 0),
        (NotJsonError(b"<html>"), UnreadableAnswerError, 0),
        (InvalidToken("Unauthorized"), RefusedError, None),
        (InvalidToken("Not Found: method not found"), UnknownMethodError, None),
        (ChatMigrated(-5), MovedError, None),
        (BadRequest("x"), BadRequest, None),
        (Forbidden("x"), Forbidden, None),
        (ValueError("x"), ValueError, None),
    ],
)
def test_what_telegram_raises_becomes_an_error_of_our_own(
    error: Exception, own: type[Exception], after: float | None
) -> None:
    with pytest.raises(own) as caught, translated():
        raise error
    assert type(caught.value) is own
    assert getattr(caught.value, "after", None) == after


async def test_the_way_leads_through_the_proxy_of_the_environment(fake: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", fake.url.replace("//", "//user:word@"))
    through = connect(TOKEN, "http://bot.example.invalid")
    await through.initialize()
    assert through.username == "pasokh_test_bot"
    await through.shutdown()
    monkeypatch.setenv("http_proxy", "http://proxy.example.invalid")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    past = connect(TOKEN, fake.url)
    await past.initialize()
    await past.shutdown()


async def test_any_text_arrives_as_it_was_sent(fake: Fake) -> None:
    client = connect(TOKEN, fake.url)
    await client.initialize()
    texts = ["a+b=c&d;e %41 #?/:@~", "نیم\u200cفاصله\n\tو 👍🏽", "«\"'\\»"]
    for text in texts:
        assert await client.call({"method": "sendMessage", "chat_id": 7, "text": text}) == fake.sent[-1]["id"]
    assert [one["text"] for one in fake.sent] == texts
    await client.shutdown()


async def test_files_go_up_and_come_down(fake: Fake) -> None:
    client = connect(TOKEN, fake.url)
    await client.initialize()
    fake.files["f"] = "متن".encode()
    assert await client.call(document(Target(7, thread=3), "a.txt", "شرح").forms[0]) == fake.sent[0]["id"]
    assert (fake.sent[0]["document"], fake.sent[0]["message_thread_id"]) == ("شرح".encode(), "3")
    assert await (await client.get_file("f")).download_as_bytearray() == "متن".encode()
    await client.shutdown()


async def test_typing_is_shown_while_work_takes_long_and_not_for_quick_work(fake: Fake) -> None:
    client = connect(TOKEN, fake.url)
    await client.initialize()
    async with typing(client, Target(7)):
        await asyncio.sleep(0)
    async with typing(client, Target(8, thread=3)):
        await asyncio.sleep(TYPING_DELAY + 0.3)
    shown = [call.params for call in fake.calls if call.method == "sendChatAction"]
    assert shown == [{"chat_id": "8", "action": "typing", "message_thread_id": "3"}]
    await client.shutdown()


LONG, SHORT = marked("این جمله است. " * 700, Mark.BOLD), Rich("کوتاه")
KEYBOARD = keyboards.examples(["پرسش؟"])


async def test_a_long_text_has_its_buttons_under_the_last_message(fake: Fake, delivery: Delivery) -> None:
    for one in say(Target(7, reply_to=5), LONG, KEYBOARD):
        assert await delivery.send(one) == fake.sent[-1]["id"]
    assert ["reply_markup" in one for one in fake.sent] == [False, False, True]
    assert all(json.loads(one["reply_parameters"])["message_id"] == 5 for one in fake.sent)


async def test_a_page_takes_the_place_of_the_one_before_it(fake: Fake, delivery: Delivery) -> None:
    (first,) = say(Target(7), SHORT, KEYBOARD)
    shown = await delivery.send(first)
    (again,) = say(Target(7, thread=2, reply_to=5), SHORT, KEYBOARD, replaces=shown)
    assert await delivery.send(again) == shown  # nothing has changed
    (other,) = say(Target(7), "دیگر", None, replaces=shown)
    assert await delivery.send(other) == shown
    assert fake.messages[7, shown]["plain"] == "دیگر"
    (lost,) = say(Target(7), SHORT, None, replaces=999)
    assert await delivery.send(lost) == fake.sent[-1]["id"]
    assert len(fake.sent) == 2


async def test_another_answer_takes_the_place_of_the_first_whatever_their_lengths(
    fake: Fake, delivery: Delivery
) -> None:
    state = delivery._state

    async def shown(text: Rich) -> list[str]:
        """What the chat shows after a text was sent as the answer, all but the first part after a restart."""
        for one in answer(Target(7), text, KEYBOARD, 1, again=True):
            message = await delivery.send(one)
            await state.run(lambda db, one=one, message=message: records.set_reply(db, 1, one.part, message))  # type: ignore[misc]
        replies = state.read(lambda db: records.replies(db, 1))
        assert sorted(replies) == sorted(number for _, number in fake.messages)
        return [fake.messages[7, number]["plain"] for number in replies]

    assert len(await shown(LONG)) == 3
    assert await shown(SHORT) == [SHORT.text]
    assert "".join(await shown(LONG)).replace(" ", "") == LONG.text.replace(" ", "")
    assert len(fake.sent) == 3 + 2


async def test_what_is_taken_in_no_form_is_never_taken(fake: Fake, delivery: Delivery) -> None:
    fake.fault = lambda *_: Fault(400, failure(400, "Bad Request: can't parse entities: unsupported start tag"))
    (one,) = say(Target(7), marked("الف < ب", Mark.BOLD))
    for outgoing in (one, one._replace(replaces=5)):
        with pytest.raises(NotTakenError, match="unsupported start tag"):
            await delivery.send(outgoing)


async def test_who_blocks_the_bot_is_noted(fake: Fake, delivery: Delivery) -> None:
    fake.blocked.add(7)
    began = time.time()
    with pytest.raises(NotTakenError, match="does not take messages"):
        await delivery.send(say(Target(7), SHORT)[0])
    since = delivery._state.read(lambda db: users.blocked_since(db, 7))
    assert since is not None
    assert since >= began


async def test_a_time_that_telegram_names_is_passed_on(fake: Fake, delivery: Delivery) -> None:
    fake.fault = lambda *_: flood(3)
    with pytest.raises(PutOffError) as caught:
        await delivery.send(say(Target(7), SHORT)[0])
    assert caught.value.after >= 3
