"""The forms of a message: rich where the server knows that, with entities or plain where it does not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.errors import NotTakenError
from bot.rendering.entities import entities
from bot.rendering.markup import Mark, Rich, marked, rich
from bot.state.moves import Moves
from bot.state.outbox import Outgoing
from bot.state.sqlite import StateFile
from bot.telegram.client import connect
from bot.telegram.delivery import Delivery
from bot.telegram.forms import contents
from bot.telegram.outgoing import Target, say
from tests.bot.telegram.fake import SENDING, TOKEN, Fake, Fault, failure

MARKED = rich(marked("یک", Mark.QUOTATION), "\n", marked("<دو>", Mark.BOLD))


async def show(delivery: Delivery, text: Rich, chat: int = 7, replaces: int = 0) -> int:
    """Send a text that fits into one message; returns the message that shows it."""
    (one,) = say(Target(chat), text, replaces=replaces)
    return await delivery.send(one)


@pytest.mark.parametrize(
    ("text", "forms"),
    [(MARKED, ["rich_message", "entities", "text"]), (Rich("سلام"), ["text"])],
    ids=["marked", "plain"],
)
def test_a_text_has_a_form_for_each_server_and_none_too_many(text: Rich, forms: list[str]) -> None:
    found = list(contents(text))
    assert [next(name for name in ("rich_message", "entities", "text") if name in one) for one in found] == forms
    assert found[-1]["text"] == text.text


async def test_a_server_without_rich_messages_is_asked_for_them_once(fake: Fake, delivery: Delivery) -> None:
    fake.knows_rich = False
    for _ in range(3):
        await show(delivery, MARKED)
    methods = [call.method for call in fake.calls if call.method in SENDING]
    assert methods == ["sendRichMessage", *["sendMessage"] * 3]
    assert json.loads(fake.sent[0]["entities"]) == entities(MARKED)
    fake.knows_rich = True
    await show(delivery, marked("سه", Mark.BOLD), replaces=fake.sent[0]["id"])
    assert json.loads(fake.sent[0]["entities"]) == [{"type": "bold", "offset": 0, "length": 2}]


async def test_an_edit_falls_back_where_the_server_knows_no_rich_messages(fake: Fake, delivery: Delivery) -> None:
    fake.knows_rich = False
    sent = await show(delivery, Rich("پیش"))
    assert await show(delivery, MARKED, replaces=sent) == sent
    assert json.loads(fake.sent[0]["entities"]) == entities(MARKED)


async def test_an_answer_of_no_api_at_all_is_a_method_that_is_unknown(fake: Fake, delivery: Delivery) -> None:
    page = Fault(404, "<html>Cannot POST /sendRichMessage</html>")
    fake.fault = lambda method, _: page if method == "sendRichMessage" else None
    await show(delivery, MARKED)
    assert [one["plain"] for one in fake.sent] == [MARKED.text]
    await show(delivery, MARKED)
    assert [call.method for call in fake.calls].count("sendRichMessage") == 1


@pytest.mark.parametrize("refused", [{"sendRichMessage"}, {"sendRichMessage", "entities"}], ids=["rich", "both"])
async def test_marks_that_are_not_taken_cost_their_own_message_alone(
    fake: Fake, delivery: Delivery, refused: set[str]
) -> None:
    refusal = Fault(400, failure(400, "Bad Request: can't parse entities"))
    fake.fault = lambda method, params: refusal if refused & {method, *params} else None
    await show(delivery, MARKED)
    fake.fault = lambda _method, _params: None
    await show(delivery, MARKED)
    assert ["entities" in fake.sent[0], "rich_message" in fake.sent[1]] == ["entities" not in refused, True]


async def test_requests_that_an_earlier_version_left_are_made_as_they_are(fake: Fake, delivery: Delivery) -> None:
    fake.knows_rich = False
    requests = ({"method": "sendRichMessage", "rich_message": "{}"}, {"method": "sendMessage", "text": "سلام"})
    await delivery.send(Outgoing(7, tuple({"chat_id": 7, **request} for request in requests)))
    assert [sent["text"] for sent in fake.sent] == ["سلام"]


async def test_a_message_that_was_not_changed_keeps_its_form(fake: Fake, delivery: Delivery) -> None:
    sent = await show(delivery, MARKED)
    assert await show(delivery, MARKED, replaces=sent) == sent
    assert "rich_message" in fake.sent[0]
    fake.fault = lambda *_: Fault(400, failure(400, "Bad Request: chat not found"))
    with pytest.raises(NotTakenError, match="Chat not found"):
        await show(delivery, MARKED, 8)
    assert [call.method for call in fake.calls].count("sendMessage") == 0


async def test_rich_messages_can_be_switched_off(fake: Fake, tmp_path: Path) -> None:
    client, state = connect(TOKEN, fake.url, rich=False), StateFile(tmp_path / "state.sqlite")
    await client.initialize()
    await show(Delivery(client, state, Moves(state)), MARKED)
    assert [call.method for call in fake.calls if call.method in SENDING] == ["sendMessage"]
    await client.shutdown()
    await state.close()
