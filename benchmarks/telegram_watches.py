"""Questions that wait, by the thousand, while articles come and the bot is killed."""

from __future__ import annotations

import asyncio
import json
import random
import sqlite3
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

from benchmarks.telegram_load import arrived, report
from bot.state import watches as kept
from bot.state.sqlite import connect
from bot.state.watches import Watch
from retrieval import Retriever
from tests.bot.telegram.fake import Fake
from tests.bot.telegram.harness import Bot, ask, until

SYLLABLES = "با بر تا جا خو دا را زا سا شا فا کا گا لا ما نا وا می نی شی پو مو تو رو دی".split()
PLACES = "میمند آباده لار فسا جهرم داراب کازرون استهبان نی‌ریز سروستان".split()
ASKED = ("کارگاه {name} در چه سالی ساخته شد؟", "مدیر کارگاه {name} کیست؟", "کارگاه {name} در کجاست؟")
FIRST_CHAT = 1_000_000
BATCHES = 40


def names(count: int) -> list[str]:
    """So many invented names, any two of them more than one typing error apart."""
    chance = random.Random(18)
    found: list[str] = []
    near: set[str] = set()
    while len(found) < count:
        name = "".join(chance.choices(SYLLABLES, k=5))
        beside = {name, *(name[:place] + name[place + 1 :] for place in range(len(name)))}
        if near.isdisjoint(beside):
            found.append(name)
            near |= beside
    return found


def article(number: int, name: str) -> str:
    """An article as a file: what three questions ask of its subject, among other things."""
    place, year = PLACES[number % len(PLACES)], 1340 + number % 60
    return (
        f"---\ntitle: کارگاه {name}\n---\nکارگاه {name} در شهر {place} است. کارگاه {name} در سال {year} ساخته شد.\n\n"
        f"مدیر کارگاه {name} نادر {name}پور است. در این شهر {number % 90 + 10} کارگر کار می‌کنند.\n"
    )


def keep_all(folder: Path, corpus: Path, subjects: list[str], count: int) -> None:
    """Keep so many questions about the subjects, each of a user of its own."""
    stamp = Retriever.from_corpus(corpus, data=folder).stamp
    with closing(connect(folder / "telegram.sqlite")) as db:
        db.execute("BEGIN")
        for number in range(count):
            text = ASKED[number // len(subjects) % len(ASKED)].format(name=subjects[number % len(subjects)])
            chat = FIRST_CHAT + number
            kept.keep(db, Watch(0, chat, chat, None, None, text, (), stamp.last, time.time()), stamp, 1)
        db.execute("COMMIT")


async def watches(fake: Fake, folder: Path, count: int = 10_000, articles: int = 1_000, times: int = 20) -> None:
    """Articles come in batches; the bot is killed at some time in every other one."""
    corpus, chance = folder / "articles", random.Random(18)
    corpus.mkdir()
    subjects = names(count // len(ASKED) + 1)
    (corpus / "first.md").write_text(article(0, "نخستینه"), "utf-8")
    keep_all(folder, corpus, subjects, count)
    not_marked = Counter[int]()
    bot = Bot(fake, folder, corpus=str(corpus), telegram_user_rate="0")
    await bot.start()
    size = articles // BATCHES
    for batch in range(BATCHES):
        for number in range(batch * size, (batch + 1) * size):
            draft = corpus / f".{number}"
            draft.write_text(article(number, subjects[number]), "utf-8")
            draft.rename(corpus / f"{number}.md")
        if batch % 2 and batch // 2 < times:
            before = len(fake.sent)
            soon = sum(number % len(subjects) < (batch + 1) * size for number in range(count))
            goal = min(before + chance.randint(0, 3 * size), soon)
            await until(lambda goal=goal: len(fake.sent) >= goal, 900)  # type: ignore[misc]
            await bot.kill()
            await arrived(fake)
            not_marked.update(_unsent(folder) & {int(sent["chat_id"]) for sent in fake.sent})
            await bot.start()
    due = {FIRST_CHAT + number for number in range(count) if number % len(subjects) < articles}
    await until(lambda: {int(sent["chat_id"]) for sent in fake.sent} >= due, 1800)
    await until(lambda: not _unsent(folder) and "kept questions asked" in bot.log, 900)
    told = Counter(int(sent["chat_id"]) for sent in fake.sent)
    twice = Counter({chat: times - 1 for chat, times in told.items()})
    report(
        f"{count} watches, {articles} articles, {times} kills",
        f"due {len(due)}, told {len(due & told.keys())}, not due {len(told.keys() - due)}",
    )
    others = (twice - not_marked).total()
    report("  told twice", f"{twice.total()} for {not_marked.total()} sent and not marked at a kill, others {others}")
    rounds = [line for line in bot.lines if line["message"] == "kept questions asked"]
    asked, seconds = sum(line["asked"] for line in rounds), sum(line["seconds"] for line in rounds)
    report("  a watch and batch that are asked", f"{1000 * seconds / max(asked, 1):.1f} ms ({asked} asked)")
    await _beside(fake, bot, corpus, subjects=subjects, known=articles, size=size)
    await bot.terminate()


def _unsent(folder: Path) -> set[int]:
    """The chats for which something waits to be sent."""
    with closing(sqlite3.connect(folder / "telegram.sqlite")) as db:
        return {chat for (chat,) in db.execute("SELECT chat FROM outbox")}


async def _beside(fake: Fake, bot: Bot, corpus: Path, *, subjects: list[str], known: int, size: int) -> None:
    """How long answers take while a batch of articles is asked, and while none is."""
    for name, comes in (("without", 0), ("while", 8 * size)):
        fake.sent.clear()
        for number in range(known, known + comes):
            (corpus / f"{number}.md").write_text(article(number, subjects[number]), "utf-8")
        latencies = []
        for number in range(150):
            chat = 10_000 + number
            began = time.monotonic()
            ask(fake, ASKED[number % 3].format(name=subjects[number]), chat)
            await until(lambda chat=chat: any(int(sent["chat_id"]) == chat for sent in fake.sent))  # type: ignore[misc]
            latencies.append(next(sent["at"] for sent in fake.sent if int(sent["chat_id"]) == chat) - began)
            await asyncio.sleep(0.02)
        latencies.sort()
        report(
            f"  answers {name} a batch is asked",
            f"median {1000 * latencies[75]:.1f} ms, p95 {1000 * latencies[142]:.1f} ms",
        )
    report(
        "  log lines of faults", json.dumps(Counter(one["message"][:40] for one in bot.lines if one["level"] != "INFO"))
    )
