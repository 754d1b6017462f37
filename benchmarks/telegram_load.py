"""The Telegram bot under load: what `benchmarks.telegram` runs beside its kills and faults."""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections import Counter
from pathlib import Path

from tests.telegram.entities import units
from tests.telegram.fake import Fake, Fault
from tests.telegram.harness import Bot, ask, until

QUESTIONS = (
    "سوغات لار چیست؟",
    "کدام خوشه ها به مرحله توسعه یافتگی رسیده اند",
    "مدیرعامل شرکت شهرک‌های صنعتی فارس کیست؟",
    "قیمت دلار چند است؟",
    "جاهای دیدنی لار کدام‌اند؟",
    "چند دوره آموزشی و توانمندسازی برگزار شده است؟",
)


def report(name: str, value: str) -> None:
    """Print one line of the table."""
    print(f"{name:44} {value}", flush=True)


def put(fake: Fake, number: int, chats: int = 1 << 30) -> None:
    """The question of that number arrives, in a chat of its own or one of `chats`."""
    ask(fake, QUESTIONS[number % len(QUESTIONS)], 10_000 + number % chats)


def answers(fake: Fake) -> Counter[int]:
    """How many messages each chat got."""
    return Counter(int(sent["chat_id"]) for sent in fake.sent)


async def load(fake: Fake, folder: Path, questions: int = 3000, many: int = 10_000) -> None:
    """Answers/s beside an echo bot, latency at 30/s, memory growth."""
    rates = {}
    for name, command in (
        ("echo", ("-m", "benchmarks.echo")),
        ("pasokh", ()),
        ("echo again", ("-m", "benchmarks.echo")),
    ):
        fake.sent.clear()
        fake.calls.clear()
        bot = Bot(fake, folder, *command)
        await bot.start()
        put(fake, 0)
        await until(lambda: len(fake.sent) == 1)
        for number in range(questions):
            put(fake, number, 200)
        began = time.monotonic()
        await until(lambda: len(fake.sent) == questions + 1, 300)
        rates[name] = questions / (time.monotonic() - began)
        await bot.terminate()
    own, peer = rates["pasokh"], (rates["echo"] + rates["echo again"]) / 2
    report("answers/s", f"{own:.0f}, echo bot {peer:.0f} (ratio {own / peer:.2f})")
    bot = Bot(fake, folder)
    await bot.start()
    latencies = await _steady(fake, 30, 20)
    report(
        "latency at 30 questions/s",
        f"median {latencies[len(latencies) // 2]:.3f} s, p95 {latencies[int(len(latencies) * 0.95)]:.3f} s",
    )
    fake.keep_calls = False
    memories = []
    for batch in range(11):
        fake.sent.clear()
        fake.messages.clear()
        for number in range(many // 10):
            put(fake, batch * many + number, 500)
        await until(lambda: len(fake.sent) == many // 10, 300)
        memories.append(bot.memory / 2**20)
    report(
        f"memory over {many} questions",
        f"{memories[0]:.1f} → {memories[-1]:.1f} MB ({memories[-1] / memories[0] - 1:+.1%})",
    )
    await bot.terminate()


async def _steady(fake: Fake, rate: int, seconds: int) -> list[float]:
    """The latencies of questions that come at a steady rate, sorted; the bot has started when the first one counts."""
    fake.sent.clear()
    put(fake, 0)
    await until(lambda: len(fake.sent) == 1)
    fake.sent.clear()
    asked: dict[int, float] = {}
    for number in range(rate * seconds):
        chat = 900_000 + number
        asked[chat] = time.monotonic()
        ask(fake, QUESTIONS[number % len(QUESTIONS)], chat)
        await asyncio.sleep(1 / rate)
    await until(lambda: len(answers(fake)) == rate * seconds)
    return sorted(sent["at"] - asked[int(sent["chat_id"])] for sent in fake.sent)


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
        Fault(hang=8) if params.get("chat_id") == "10000" and method == "sendMessage" else None
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
