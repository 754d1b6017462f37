"""Replicas of the Telegram bot over one PostgreSQL, behind a balancer: answers a second, and what they cost.

    python -m benchmarks.replicas [--counts 1 2 4] [--questions N] [--chats N]

Each question is asked once, so no answer is remembered. The server, the replicas, and what stands for Telegram all
share this machine.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.cluster import report
from benchmarks.synthetic import Collection
from retrieval import Retriever
from retrieval.corpus.folder import Folder
from retrieval.system.files import default_data_folder
from retrieval.text import lexicon
from tests.bot.postgresql import Server
from tests.bot.telegram.fake import Fake
from tests.bot.telegram.harness import ask, until
from tests.bot.telegram.replicas import SECRET, Balancer, Replica, replica_folder

SENTENCES = 2_000
"""Of the articles."""

FIRST_CHAT = 1_000

WAIT_SECONDS = 300
"""How long all answers may take."""


def processor_seconds(roots: Sequence[int]) -> float:
    """The processor time of some processes and of all that they have started; Linux tells it."""
    parents, ticks = dict[int, int](), dict[int, int]()
    for file in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = file.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:  # it has ended
            continue
        parents[int(file.parent.name)] = int(fields[1])
        ticks[int(file.parent.name)] = sum(map(int, fields[11:15]))  # with children that have ended

    def is_below(process: int) -> bool:
        while process not in roots:
            if process not in parents:
                return False
            process = parents[process]
        return True

    return sum(spent for process, spent in ticks.items() if is_below(process)) / os.sysconf("SC_CLK_TCK")


async def measured(count: int, questions: Sequence[str], chats: int, corpus: Path, folder: Path) -> None:
    """Let some replicas answer questions, and print how fast they did."""
    fake, balancer, server = Fake(), Balancer(), Server()
    await fake.start()
    await balancer.start()
    hook = {"telegram_webhook_url": balancer.url, "telegram_webhook_secret": SECRET}
    settings = {"corpus": str(corpus), "telegram_processes": "1"} | hook
    tables = default_data_folder()
    folders = [replica_folder(folder, place, tables) for place in range(count)]
    for its in folders:
        Retriever.over(Folder(corpus), data=its)  # replicas start at once then
    replicas = [Replica(fake, its, server, **settings) for its in folders]
    try:
        await asyncio.gather(*(one.begin() for one in replicas))
        balancer.replicas = replicas
        await asyncio.sleep(5)  # chats are dealt among them
        processes = [one.process.pid for one in replicas]
        began, before = time.perf_counter(), processor_seconds(processes)
        for place, question in enumerate(questions):
            ask(fake, question, FIRST_CHAT + place % chats)
        await until(lambda: len(fake.sent) >= len(questions), WAIT_SECONDS)
        took, used = time.perf_counter() - began, processor_seconds(processes) - before
        load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
        report(
            f"{count} replicas, {len(questions)} questions in {chats} chats",
            f"{len(questions) / took:,.0f} answers/s, {1000 * used / len(questions):.1f} ms of processor time each"
            f" (load {load})",
        )
    finally:
        for one in replicas:
            await one.kill()
        await balancer.stop()
        await fake.stop()
        server.remove()


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--counts", type=int, nargs="*", default=(1, 2, 4))
    parser.add_argument("--questions", type=int, default=400)
    parser.add_argument("--chats", type=int, default=40)
    options = parser.parse_args()
    lexicon.load(default_data_folder())
    with tempfile.TemporaryDirectory(prefix="pasokh-replicas-") as folder:
        collection = Collection(SENTENCES, form="jsonl")
        collection.write(Path(folder) / "corpus")
        asked = collection.questions(3 * options.questions)
        plain = [one.text for one in asked if one.kind == "plain"][: options.questions]
        for count in options.counts:
            own = Path(folder) / str(count)
            asyncio.run(measured(count, plain, options.chats, Path(folder) / "corpus", own))
    return 0


if __name__ == "__main__":
    sys.exit(main())
