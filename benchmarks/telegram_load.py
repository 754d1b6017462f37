"""The Telegram bot under load: what `benchmarks.telegram` runs beside its kills and faults."""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.telegram_questions import distinct, recurring
from tests.bot.telegram.entities import units
from tests.bot.telegram.fake import SENDING, Fake, Fault
from tests.bot.telegram.hanging import COMMAND, HANGS
from tests.bot.telegram.harness import ROOT, Bot, ask, until

QUESTIONS = (
    "سوغات لار چیست؟",
    "کدام خوشه ها به مرحله توسعه یافتگی رسیده اند",
    "مدیرعامل شرکت شهرک‌های صنعتی فارس کیست؟",
    "قیمت خودرو چند است؟",
    "جاهای دیدنی لار کدام‌اند؟",
    "چند دوره آموزشی و توانمندسازی برگزار شده است؟",
)

CORPUS, ECHO = ROOT / "corpus", ("-m", "benchmarks.echo")
CHATS = 200
"""Chats that the load is spread over; each has its own topic."""


def report(name: str, value: str) -> None:
    """Print one line of the table."""
    print(f"{name:44} {value}", flush=True)


def put(fake: Fake, number: int) -> None:
    """The question of that number arrives, in a chat of its own."""
    ask(fake, QUESTIONS[number % len(QUESTIONS)], 10_000 + number)


def answers(fake: Fake) -> Counter[int]:
    """How many messages each chat got."""
    return Counter(int(sent["chat_id"]) for sent in fake.sent)


async def arrived(fake: Fake, seconds: float = 0.5) -> None:
    """Wait until nothing has arrived for a while: all that a killed bot had on its way."""
    before = -1
    while len(fake.sent) != before:
        before = len(fake.sent)
        await asyncio.sleep(seconds)


async def load(fake: Fake, folder: Path, questions: int = 3000, many: int = 10_000) -> None:
    """Answers/s and processor time beside an echo bot's, latency at 30/s, memory growth."""
    kinds = {"distinct": distinct(CORPUS, questions), "recurring": recurring(CORPUS, questions)}
    runs = [("echo", ECHO, "distinct"), *((kind, (), kind) for kind in kinds), ("echo again", ECHO, "distinct")]
    found = {name: await _pace(Bot(fake, folder, *command), fake, kinds[kind]) for name, command, kind in runs}
    peer = (found["echo"].rate + found["echo again"].rate) / 2
    for kind in kinds:
        rate = found[kind].rate
        report(f"answers/s, {kind} questions", f"{rate:.0f}, echo bot {peer:.0f} (ratio {rate / peer:.2f})")
    for name, pace in found.items():
        report(f"  CPU an answer, {name}", f"{pace.front:.2f} ms, processes that answer {pace.workers:.2f} ms")
    bot = Bot(fake, folder)
    await bot.start()
    latencies = await _steady(fake, 30, 20)
    report(
        "latency at 30 questions/s",
        f"median {latencies[len(latencies) // 2]:.3f} s, p95 {latencies[int(len(latencies) * 0.95)]:.3f} s",
    )
    memories = await _memories(bot, fake, many)
    report(
        f"memory over {many} questions",
        f"{memories[0]:.1f} → {memories[-1]:.1f} MB ({memories[-1] / memories[0] - 1:+.1%})",
    )
    await bot.terminate()


class _Pace(NamedTuple):
    """How fast a bot answers.

    Args:
        rate: answers a second.
        front: milliseconds of processor time an answer, in the bot's own process.
        workers: the same, in the processes that it started.
    """

    rate: float
    front: float
    workers: float


async def _pace(bot: Bot, fake: Fake, texts: Sequence[str]) -> _Pace:
    """The pace with questions that wait when the bot, which is started and stopped here, has answered a first one."""
    fake.sent.clear()
    fake.calls.clear()
    await bot.start()
    put(fake, 0)
    await until(lambda: len(fake.sent) == 1)
    for number, text in enumerate(texts):
        ask(fake, text, 10_000 + number % CHATS)
    began, before = time.monotonic(), bot.cpu
    await until(lambda: len(fake.sent) == len(texts) + 1, 300)
    seconds = time.monotonic() - began
    front, workers = ((now - then) / len(texts) * 1000 for now, then in zip(bot.cpu, before, strict=True))
    await bot.terminate()
    return _Pace(len(texts) / seconds, front, workers)


async def _steady(fake: Fake, rate: int, seconds: int) -> list[float]:
    """The latencies of questions that come at a steady rate, sorted; the bot has started when the first one counts."""
    fake.sent.clear()
    put(fake, 0)
    await until(lambda: len(fake.sent) == 1)
    fake.sent.clear()
    asked: dict[int, float] = {}
    for number, text in enumerate(distinct(CORPUS, rate * seconds)):
        chat = 900_000 + number
        asked[chat] = time.monotonic()
        ask(fake, text, chat)
        await asyncio.sleep(1 / rate)
    await until(lambda: len(answers(fake)) == rate * seconds)
    return sorted(sent["at"] - asked[int(sent["chat_id"])] for sent in fake.sent)


async def _memories(bot: Bot, fake: Fake, many: int) -> list[float]:
    """The bot's memory in MB after it has warmed up on a tenth of `many` questions, and after each tenth of them."""
    fake.keep_calls = False
    texts = distinct(CORPUS, many // 10 * 11)
    memories = []
    for start in range(0, len(texts), many // 10):
        fake.sent.clear()
        fake.messages.clear()
        for number, text in enumerate(texts[start : start + many // 10]):
            ask(fake, text, 10_000 + number % 500)
        await until(lambda: len(fake.sent) == many // 10, 300)
        memories.append(bot.memory / 2**20)
    return memories


async def hostile(fake: Fake, folder: Path, texts: int = 10_000) -> None:
    """Hostile texts as questions, over a corpus of hostile articles."""
    chance = random.Random(7)
    rows = [
        {
            "id": str(n),
            "title": _hostile(chance),
            "text": f"باغ شمارهٔ {n} {_hostile(chance)} سبز است. {_hostile(chance)}.",
        }
        for n in range(1000)
    ]
    corpus = folder / "hostile.jsonl"
    corpus.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    bot = Bot(fake, folder, corpus=str(corpus))
    await bot.start()
    for number in range(texts):
        about = f" باغ شمارهٔ {number % 1000} سبز است؟" if number % 2 else ""
        ask(fake, f"{_hostile(chance)}{about}" or "؟", 10_000 + number)
    await until(lambda: len(answers(fake)) == texts, 900)
    await bot.terminate()
    refused = sum(call.status >= 400 for call in fake.calls)
    longest = max(units(sent["plain"]) for sent in fake.sent)
    quoted = sum("«" in sent["plain"] for sent in fake.sent)
    kept = sum("\u200c" in sent["plain"] for sent in fake.sent if "«" in sent["plain"])
    report(
        f"{texts} hostile texts",
        f"refused {refused}, longest {longest} units, quoting {quoted}, with half-spaces {kept}",
    )


def _hostile(chance: random.Random) -> str:
    pieces = (
        "<b>",
        "</blockquote>",
        "&amp;",
        "&#x3c;",
        "<a href='",
        "*_`[x](y)",
        "\u202e",
        "\u2066",
        "\ud800",
        "\0",
        "\u200c",
        "ها\u200cی",
        "👍🏽",
        "\n",
        "\x1b[2J",
        "https://x.org/?a=<",
        "؟",
        "{}",
        "|||",
        "و",
        "é\u0301",
        "\ufffe",
        "واژه " * 300,
    )
    return "".join(chance.choices(pieces, weights=[10] * (len(pieces) - 1) + [1], k=chance.randint(0, 12)))


async def slow(fake: Fake, folder: Path) -> None:
    """One chat gets no response for long."""
    fake.fault = lambda method, params: (
        Fault(hang=8) if params.get("chat_id") == "10000" and method in SENDING else None
    )
    bot = Bot(fake, folder)
    await bot.start()
    put(fake, 0)
    await until(lambda: any(call.method == "getUpdates" for call in fake.calls))
    await asyncio.sleep(1)
    ask(fake, "لار " * 480, 10_000)
    delays = []
    for number in range(1, 21):
        began = time.monotonic()
        put(fake, number)
        await until(lambda chat=10_000 + number: answers(fake)[chat] == 1)  # type: ignore[misc]
        delays.append(time.monotonic() - began)
    await bot.terminate()
    report("another chat beside one that hangs", f"at most {max(delays):.3f} s")


async def hanging(fake: Fake, folder: Path, deadline: float = 10.0, others: int = 100) -> None:
    """As many questions hang as there are processes that answer; how long others wait."""
    bot = Bot(fake, folder, *COMMAND, telegram_deadline=str(deadline))
    await bot.start()
    for number in range(8):  # so many at once that both processes have to answer, and are ready then
        put(fake, number)
    await until(lambda: len(fake.sent) == 8)
    fake.sent.clear()
    for chat in (1, 2):
        ask(fake, HANGS, chat)
    await asyncio.sleep(0.3)
    began = time.monotonic()
    for number in range(others):
        put(fake, 100 + number)
    await until(lambda: len(fake.sent) == others + 2, 10 * deadline)
    await bot.terminate()
    delays = [sent["at"] - began for sent in fake.sent if int(sent["chat_id"]) > 10_000]
    report(
        f"{others} questions beside 2 that hang, {deadline:g} s deadline",
        f"answered {len(delays)}, the last after {max(delays):.1f} s",
    )
