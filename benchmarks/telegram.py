"""The Telegram bot under load and under fire: `make bench-telegram`, or `python -m benchmarks.telegram NAME…`.

The bot runs as its own process against the tests' Bot API on loopback; each measurement prints a line or a few.

- kills, kills-webhook: SIGKILL again and again while questions come in; what is lost, what is answered twice;
- faults: a tenth of all sends meets 429, 502, silence, a reset, or a response lost after delivery;
- fetching: getUpdates fails for a while in every way; seconds until the first answer after it works again;
- malformed: malformed updates among good ones;
- load: answers/s to distinct and to recurring questions beside an echo bot in the same run, and the processor time of
  each, which other work on the machine leaves alone; latency at 30/s; memory over 10,000 questions;
- slow: how long one chat's silence delays another chat;
- hanging: how long questions wait beside two that hang;
- watches: 10,000 kept questions and 1,000 articles that come, the bot killed 20 times between; who is told, how often;
  how long a question takes, and how long answers take meanwhile;
- hostile: hostile texts as questions and in articles; messages that Telegram would refuse.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.telegram_load import answers, arrived, hanging, hostile, load, put, report, slow
from benchmarks.telegram_watches import watches
from bot.service.sending import SENDS_AT_ONCE
from retrieval import default_data_folder
from tests.bot.telegram.fake import BAD_GATEWAY, LOST, NOT_JSON, RESET, SENDING, Fake, Fault, failure, flood
from tests.bot.telegram.harness import Bot, free_port, until
from tests.conftest import data_folder


async def kills(fake: Fake, folder: Path, questions: int = 1000, times: int = 20, **settings: str) -> None:
    """SIGKILL while questions come in."""
    bot = Bot(fake, folder, **settings)
    opened, put_in, sent_and_not_marked = 0, 0, []
    for _ in range(times):
        for number in range(put_in, put_in + questions // times):
            put(fake, number)
        put_in += questions // times
        before = len(answers(fake))
        await bot.start()
        await until(lambda before=before: len(answers(fake)) >= before + random.randint(1, questions // times))  # type: ignore[misc]
        await bot.kill()
        await arrived(fake)
        with closing(sqlite3.connect(folder / "telegram.sqlite")) as database:
            opened += database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            waiting = {row[0] for row in database.execute("SELECT chat FROM outbox")}
        sent_and_not_marked.append(len(waiting & answers(fake).keys()))
    await bot.start()
    await until(lambda: len(answers(fake)) == questions)
    await asyncio.sleep(1)
    await bot.terminate()
    got = answers(fake)
    report(
        f"{'webhook' if settings else 'polling'}: {times} kills over {questions} questions",
        f"lost {questions - len(got)}, duplicates {sum(got.values()) - len(got)}, opened {opened}/{times}",
    )
    report(
        f"  sent and not marked at each kill (≤ {SENDS_AT_ONCE})",
        " ".join(map(str, sent_and_not_marked)) + f"; in all {sum(sent_and_not_marked)}",
    )


async def kills_webhook(fake: Fake, folder: Path) -> None:
    """The same by webhook."""
    port = free_port()
    await kills(fake, folder, telegram_webhook_url=f"http://127.0.0.1:{port}/hook", telegram_webhook_secret="s3cret")


async def faults(fake: Fake, folder: Path, questions: int = 500) -> None:
    """Sending fails in every way."""
    chance, lost, early = random.Random(7), Counter[int](), 0
    waiting: dict[str, float] = {}

    def fault(method: str, params: dict[str, Any]) -> Fault | None:
        nonlocal early
        if method not in SENDING:
            return None
        early += time.monotonic() < waiting.get(params["chat_id"], 0.0)
        found = chance.choice((flood(2), BAD_GATEWAY, Fault(hang=30), RESET, LOST)) if chance.random() < 0.1 else None
        if found is not None and found.status == 429:
            waiting[params["chat_id"]] = time.monotonic() + 2
        if found is LOST:
            lost[int(params["chat_id"])] += 1
        return found

    fake.fault = fault
    bot = Bot(fake, folder)
    await bot.start()
    for number in range(questions):
        put(fake, number)
    await until(lambda: len(answers(fake)) == questions, 300)
    await asyncio.sleep(1)
    await bot.terminate()
    got = answers(fake)
    duplicates = sum(got.values()) - len(got)
    report(
        f"a tenth of sends failing over {questions}",
        f"answered {len(got)}, too early {early}, duplicates {duplicates} for {lost.total()} lost responses",
    )


async def fetching(fake: Fake, folder: Path, seconds: float = 10.0) -> None:
    """GetUpdates fails for a while."""
    kinds = {
        "401": Fault(401, failure(401, "Unauthorized")),
        "404": Fault(404, failure(404, "Not Found")),
        "409": Fault(409, failure(409, "Conflict: terminated by other getUpdates request")),
        "502": BAD_GATEWAY,
        "not JSON": NOT_JSON,
        "silence": Fault(hang=60),
    }
    for number, (name, fault) in enumerate(kinds.items()):
        fake.fault, bot = (lambda _method, _params: None), Bot(fake, folder)
        await bot.start()
        await until(lambda: any(call.method == "deleteWebhook" for call in fake.calls))
        await asyncio.sleep(0.5)
        fake.fault = lambda method, _, fault=fault: fault if method == "getUpdates" else None  # type: ignore[misc]
        # The poll that waits already ends with this question; the next ones fail.
        put(fake, 2 * number)
        await asyncio.sleep(seconds)
        fake.fault, ended = (lambda _method, _params: None), time.monotonic()
        put(fake, 2 * number + 1)
        await until(partial(_settled, fake, bot, 10_001 + 2 * number))
        if bot.process.returncode is None:
            report(f"getUpdates: {name} for {seconds:.0f} s", f"answers again after {time.monotonic() - ended:.1f} s")
            await bot.terminate()
        else:
            reason = bot.log.strip().splitlines()[-1]
            report(f"getUpdates: {name} for {seconds:.0f} s", f"exit status {bot.process.returncode}: {reason}")
        fake.pending.clear()
        fake.calls.clear()


def _settled(fake: Fake, bot: Bot, chat: int) -> bool:
    return answers(fake)[chat] == 1 or bot.process.returncode is not None


async def malformed(fake: Fake, folder: Path, questions: int = 1000) -> None:
    """Malformed updates among good ones."""
    chance = random.Random(7)
    for number in range(questions):
        put(fake, number)
        fake.push_raw(broken(chance, 500_000 + number, fake.pending[-1]))
    fake.pending = [
        one | {"update_id": 1000 + place} if isinstance(one, dict) else one for place, one in enumerate(fake.pending)
    ]
    bot = Bot(fake, folder)
    await bot.start()
    await until(lambda: len(answers(fake)) >= questions and not fake.pending, 120)
    await asyncio.sleep(2)
    await bot.terminate()
    parked = sum(line["message"].startswith(("update parked", "update ignored")) for line in bot.lines)
    report(f"{questions} malformed among {questions} good", f"answered {len(answers(fake))}, set aside {parked}")


def broken(chance: random.Random, number: int, good: dict[str, Any]) -> Any:
    """An update that is damaged in some way."""
    update = json.loads(json.dumps(good)) | {"update_id": number}
    way = chance.randrange(7)
    if way == 0:
        del update["message"]["chat"]
    elif way == 1:
        update["message"]["text"] = {"nested": [1, 2]}
    elif way == 2:
        update["message"]["date"] = "yesterday"
    elif way == 3:
        update["message"] = chance.choice(["text", 7, [1], True])
    elif way == 4:
        update["message"]["from"] = "someone"
    elif way == 5:
        update["message"]["entities"] = [{"type": 5}]
    else:
        update = {"update_id": number, "unheard_of": {"x": 1}}
    return update


ALL: dict[str, Callable[[Fake, Path], Awaitable[None]]] = {
    "kills": kills,
    "kills-webhook": kills_webhook,
    "faults": faults,
    "fetching": fetching,
    "malformed": malformed,
    "load": load,
    "slow": slow,
    "hanging": hanging,
    "watches": watches,
    "hostile": hostile,
}


async def measure(name: str) -> None:
    """One measurement, with a server and a data folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        fake = Fake()
        await fake.start()
        try:
            await ALL[name](fake, data_folder(Path(folder), default_data_folder()))
        finally:
            await fake.stop()


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Measure the Telegram bot.")
    parser.add_argument("name", nargs="*", metavar="NAME", help="what to measure (default: everything)")
    for name in parser.parse_args().name or ALL:
        asyncio.run(measure(name))
    return 0


if __name__ == "__main__":
    sys.exit(main())
