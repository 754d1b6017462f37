"""The console chat in a real pseudo-terminal: line editing, commands, history and ways out."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pexpect
import pytest

from bot.wording import texts
from retrieval import Retriever
from tests.conftest import ROOT, data_folder

pytestmark = pytest.mark.usefixtures("analyzer")  # the word tables are compiled before the first process starts

READY = r"\x1b\[\?2004h"
"""What the line editor sends when it begins to read a line: it switches bracketed paste on."""

ENTER, UP, CTRL_C, CTRL_D = "\r", "\x1b[A", "\x03", "\x04"

QUESTION, ANSWER = "سوغات لار چیست", "سوغات اصیل و معروف لار حلوای مسقطی است"


def words(shown: str) -> str:
    """The words on the screen: without colours, cursor movements and line breaks."""
    return " ".join(re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown).split())


class Terminal:
    """A chat in a terminal; `welcome` is what it says at first."""

    def __init__(self, data: Path) -> None:
        env = {key: value for key, value in os.environ.items() if not key.startswith("PASOKH_")}
        env |= {"PASOKH_DATA": str(data), "TERM": "xterm", "PROMPT_TOOLKIT_NO_CPR": "1"}
        self.process = pexpect.spawn(
            sys.executable,
            ["-m", "bot"],
            cwd=str(ROOT),
            env=env,
            dimensions=(40, 120),
            encoding="utf-8",
            timeout=30,
        )
        self.welcome = self._until_ready()

    def type(self, keys: str) -> str:
        """Press keys; returns what the chat shows until it waits for the next line."""
        self.process.send(keys)
        return self._until_ready()

    def leave(self, keys: str) -> int | None:
        """Press keys that end the chat; returns its exit status."""
        self.process.send(keys)
        self.process.expect(pexpect.EOF)
        self.process.close()
        return self.process.exitstatus

    def _until_ready(self) -> str:
        self.process.expect(READY)
        return words(self.process.before or "")


@pytest.fixture
def terminal(tmp_path: Path, data: Path) -> Iterator[Callable[[], Terminal]]:
    """Opens chats that share one data folder."""
    opened: list[Terminal] = []

    def start() -> Terminal:
        opened.append(Terminal(data_folder(tmp_path, data)))
        return opened[-1]

    yield start
    for chat in opened:
        chat.process.close(force=True)


def test_a_chat_opens_with_a_welcome_and_answers_a_question_without_half_spaces(
    terminal: Callable[[], Terminal],
) -> None:
    chat = terminal()
    shown = chat.type("کدام خوشه ها به مرحله توسعه یافتگی رسیده اند" + ENTER)

    assert words(texts.WELCOME).split("{")[0] in chat.welcome
    assert "• گلاب و عرقیات گیاهی میمند فارس • سنگ شمال استان" in shown
    assert "» [1] [1] خوشه‌های صنعتی فارس در چه مرحله‌ای هستند — باشگاه خبرنگاران جوان" in shown


def test_commands_are_answered_in_place(terminal: Callable[[], Terminal], digests: Retriever) -> None:
    chat = terminal()

    assert words(texts.HELP) in chat.type("/help" + ENTER)
    assert words(texts.UNKNOWN_COMMAND) in chat.type("/فرمان" + ENTER)
    listed = chat.type("/sources" + ENTER)
    assert [article for article in digests.articles if f"• {article.title} — {article.source}" not in listed] == []


@pytest.mark.parametrize("keys", ["/quit" + ENTER, CTRL_D, CTRL_C], ids=["/quit", "Ctrl-D", "Ctrl-C"])
def test_a_chat_ends_without_complaint(keys: str, terminal: Callable[[], Terminal]) -> None:
    chat = terminal()

    assert chat.leave(keys) == 0
    assert "Traceback" not in (chat.process.before or "")


def test_ctrl_c_ends_the_chat_also_in_the_middle_of_a_question(terminal: Callable[[], Terminal]) -> None:
    assert terminal().leave("سوغات" + CTRL_C) == 0


def test_arrow_up_recalls_the_last_question_also_of_an_earlier_chat(terminal: Callable[[], Terminal]) -> None:
    first = terminal()
    first.type(QUESTION + ENTER)
    assert ANSWER in first.type(UP + ENTER)
    assert first.leave(CTRL_D) == 0

    second = terminal()
    shown = second.type(UP + ENTER)
    assert QUESTION in shown
    assert ANSWER in shown


def test_the_history_is_kept_in_the_data_folder(terminal: Callable[[], Terminal], tmp_path: Path) -> None:
    terminal().type(QUESTION + ENTER)

    assert QUESTION in (tmp_path / "data" / "history").read_text("utf-8")


def test_a_follow_up_that_begins_with_and_continues_the_question_before(terminal: Callable[[], Terminal]) -> None:
    chat = terminal()
    alone = chat.type("و خوشه مسقطی لاری؟" + ENTER)
    chat.type("خوشه سنگ نی ریز در چه مرحله ای است" + ENTER)
    continued = chat.type("و خوشه مسقطی لاری؟" + ENTER)

    assert "در آستانه ورود" not in alone
    assert "در آستانه ورود" in continued
