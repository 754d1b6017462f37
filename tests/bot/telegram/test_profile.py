"""What Telegram shows of the bot: set at the start, in two languages, and no hindrance where it cannot be set."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.telegram.client import Client, connect
from bot.telegram.handlers import COMMANDS
from bot.telegram.profile import introduce
from bot.wording.profile import ENGLISH, GROUP_COMMANDS, PERSIAN, PROFILES
from tests.bot.telegram.conftest import Start
from tests.bot.telegram.fake import RESET, TOKEN, Fake, Fault, failure, flood
from tests.bot.telegram.harness import ask, until

NAMES = {PERSIAN: "کتابدار", ENGLISH: "Pasokh"}


@pytest.fixture
async def client(fake: Fake) -> AsyncIterator[Client]:
    connected = connect(TOKEN, fake.url)
    await connected.initialize()
    yield connected
    await connected.shutdown()


def test_each_command_is_shown_in_each_language() -> None:
    for profile in PROFILES.values():
        assert {*profile.commands, *profile.admin_commands} == COMMANDS.keys() - {"start"}
        assert set(GROUP_COMMANDS) <= profile.commands.keys()


async def test_commands_names_and_descriptions_are_set_for_each_language(fake: Fake, client: Client) -> None:
    await introduce(client, NAMES, [9])
    assert fake.profile["name", ""] == "کتابدار"
    assert fake.profile["name", "en"] == "Pasokh"
    assert {fake.profile["description", code] for code in ("", "en")} == {
        profile.description for profile in PROFILES.values()
    }
    assert "stats" in fake.profile["commands chat 9", "en"]
    assert "stats" not in fake.profile["commands default", ""]
    assert fake.profile["commands all_group_chats", ""] == list(GROUP_COMMANDS)


async def test_what_is_shown_already_is_not_written_again(fake: Fake, client: Client) -> None:
    await introduce(client, NAMES, [])
    await introduce(client, NAMES, [])
    calls = [call.method for call in fake.calls]
    assert [calls.count(method) for method in ("setMyName", "setMyShortDescription", "setMyDescription")] == [2, 2, 2]


async def test_what_cannot_be_set_hinders_nothing(fake: Fake, start: Start) -> None:
    faults = {
        "Name": flood(600),
        "ShortDescription": Fault(404, failure(404, "Not Found: method not found")),
        "Description": Fault(400, failure(400, "Bad Request: x")),
        "Commands": RESET,
    }
    fake.fault = lambda method, _: faults.get(method.partition("etMy")[2])
    bot = await start()
    ask(fake, "سلام")
    await until(lambda: len(fake.sent) == 1)
    await until(lambda: "not shown by Telegram: description (en)" in bot.log)
    assert all(f"not shown by Telegram: {what} (fa)" in bot.log for what in ("commands", "name", "short description"))
    assert fake.profile == {}
