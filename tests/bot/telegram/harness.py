"""The bot as its own process beside the fake Bot API, and what people send to it."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot.rendering.markup import Rich
from bot.rendering.messages import split
from tests.bot.telegram.fake import TOKEN, Fake

ROOT = Path(__file__).resolve().parents[3]
TIMEOUT_SECONDS = 60.0


class Bot:
    """`bot telegram`, or another command, started and stopped at will; its log survives in `log_file`."""

    def __init__(self, fake: Fake, data: Path, *command: str, **settings: str) -> None:
        self.data, self.log_file = data, data / "log"
        self._command = command or ("-m", "bot", "telegram")
        self._process: asyncio.subprocess.Process | None = None
        clean = {key: value for key, value in os.environ.items() if not key.startswith("PASOKH_")}
        own = {
            "PASOKH_DATA": str(data),
            "PASOKH_TELEGRAM_TOKEN": TOKEN,
            "PASOKH_TELEGRAM_API": fake.url,
            "PASOKH_CORPUS": str(ROOT / "corpus"),
            "PYTHONPATH": str(ROOT),
        }
        given = {f"PASOKH_{key.upper()}": value for key, value in settings.items()}
        self._environment = clean | own | given

    async def start(self) -> None:
        with self.log_file.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, *self._command, cwd=self.data, env=self._environment, stdout=log, stderr=log
            )

    @property
    def process(self) -> asyncio.subprocess.Process:
        assert self._process is not None
        return self._process

    async def kill(self) -> None:
        if self.process.returncode is None:
            self.process.kill()
            await self.process.wait()

    async def terminate(self) -> tuple[int, float]:
        """SIGTERM; returns the exit status and the seconds that it took."""
        began = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        return await asyncio.wait_for(self.process.wait(), 20), time.monotonic() - began

    async def ended(self, seconds: float = TIMEOUT_SECONDS) -> int:
        """The exit status, once it ends by itself."""
        return await asyncio.wait_for(self.process.wait(), seconds)

    @property
    def log(self) -> str:
        return self.log_file.read_text("utf-8")

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.log.splitlines() if line.startswith("{")]

    @property
    def memory(self) -> int:
        """Memory in bytes of the process and those that it started; what they share counts once."""
        return sum(_memory(pid) for pid in [self.process.pid, *children(self.process.pid)])

    @property
    def own_memory(self) -> int:
        """Memory in bytes of the process alone."""
        return _memory(self.process.pid)

    @property
    def cpu(self) -> tuple[float, float]:
        """Seconds of processor time: of the process alone, and of those that it started and that still run."""
        return _cpu(self.process.pid), sum(map(_cpu, children(self.process.pid)))


def children(pid: int) -> list[int]:
    """The processes that a process started, and those that they did."""
    found = [int(one) for file in Path(f"/proc/{pid}/task").glob("*/children") for one in file.read_text().split()]
    return [*found, *(other for one in found for other in children(one))]


def _memory(pid: int) -> int:
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")) << 10


def _cpu(pid: int) -> float:
    # The name in parentheses may hold spaces; behind it, the 12th and 13th fields are user and system time.
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def message(fake: Fake, text: str | None, chat: int = 7, **content: Any) -> dict[str, Any]:
    """A message as Telegram describes it; content may override or add fields."""
    kind = "private" if chat > 0 else "supergroup"
    user = {"id": abs(chat), "is_bot": False, "first_name": "کاربر"}
    entities: list[dict[str, Any]] = []
    if text and text.startswith("/"):
        entities.append({"type": "bot_command", "offset": 0, "length": len(text.split()[0])})
    words = {"text": text} if text is not None else {}
    return {
        "message_id": fake.next_message_id(),
        "date": int(time.time()),
        "chat": {"id": chat, "type": kind, "title": "گروه"},
        "from": user,
        **words,
        **({"entities": entities} if entities else {}),
        **content,
    }


def as_shown(text: str) -> str:
    """What a message shows of a sentence of the bot's: with the marks that keep the direction of its letters."""
    return split(Rich(text))[0].text


def ask(fake: Fake, text: str | None, chat: int = 7, **content: Any) -> dict[str, Any]:
    """A message arrives; returns it."""
    sent = message(fake, text, chat, **content)
    fake.push(message=sent)
    return sent


def press(fake: Fake, shown: dict[str, Any], label: str, user: int = 7) -> None:
    """The button with that label under a message of the bot's is pressed."""
    keyboard = json.loads(shown["reply_markup"])
    data = next(one["callback_data"] for row in keyboard["inline_keyboard"] for one in row if one["text"] == label)
    chat = int(shown["chat_id"])
    fake.push(
        callback_query={
            "id": str(shown["id"]),
            "from": {"id": user, "is_bot": False, "first_name": "کاربر"},
            "chat_instance": "1",
            "data": data,
            "message": {
                "message_id": shown["id"],
                "date": int(time.time()),
                "chat": {"id": chat, "type": "private" if chat > 0 else "supergroup"},
                "text": shown["plain"],
                "reply_markup": keyboard,
            },
        }
    )


async def until(true: Callable[[], bool], seconds: float = TIMEOUT_SECONDS) -> None:
    """Wait for something to become true."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it did not happen in time"
        await asyncio.sleep(0.01)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
