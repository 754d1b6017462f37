"""The bot, with a question that hangs. Other processes import this module by its name, so it is run by `COMMAND`."""

from __future__ import annotations

import time
from functools import partial

from bot import settings
from bot.console.display import announce
from bot.dialogue.answer import Answer
from bot.dialogue.conversation import Conversation
from bot.dialogue.turn import Turn
from bot.service.opening import open_conversation
from bot.service.settings import FetchSettings, read
from bot.settings import Settings
from bot.telegram import app
from bot.telegram.settings import load

COMMAND = ("-c", "from tests.bot.telegram.hanging import main; main()")
HANGS = "این پرسش تمام نمی‌شود؟"


class _Hanging(Conversation):
    def answer(self, turn: Turn) -> Answer:
        while turn.text == HANGS:
            time.sleep(1)
        return super().answer(turn)


def open_hanging(chosen: Settings) -> Conversation:
    found = open_conversation(chosen, announce)
    return _Hanging(found.retriever, found.caution)


def main() -> None:
    chosen = settings.load()
    app.run(chosen, read(FetchSettings), load(), partial(open_hanging, chosen))
