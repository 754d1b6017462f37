"""A living index: what a change of the articles costs whoever asks meanwhile, and what a killed writer leaves.

    python -m benchmarks.living [--sentences N] [--changed N] [--kills N] [--folder FOLDER]

The collection is a folder of articles, followed as a running bot follows it: see `bot.service.following`.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import shutil
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.synthetic import Collection
from bot.dialogue.conversation import Conversation
from bot.service.following import following
from retrieval import Retriever
from retrieval.system import track

RATE = 50
"""Questions a second."""

_SPAWNING = multiprocessing.get_context("spawn")
"""Whoever changes the articles is another process than the bot."""

REWRITTEN = "این خبر بازنویسی شد."
NAMES = "گلابی زردآلو آلبالو شلیل ازگیل زالزالک سنجد عناب خرمالو انجیر".split()
NEW = "{name} کوه‌سنگی در دامنهٔ زردکوه رسیده است."
ASKED = "{name} کوه‌سنگی کجا رسیده است؟"


def report(name: str, value: str) -> None:
    """Print one line of the table."""
    print(f"{name:58} {value}", flush=True)


@contextmanager
def followed(corpus: Path, data: Path) -> Iterator[Conversation]:
    """A conversation that follows its articles."""
    conversation = Conversation(Retriever.from_corpus(corpus, data=data, track=track))
    with following(conversation, lambda line: print(f"told: {line}", file=sys.stderr)):
        time.sleep(3)  # the first look is over
        yield conversation


def additions(corpus: Path, data: Path) -> None:
    """From the moment an article is written until its sentence is answered."""
    with followed(corpus, data) as conversation:
        seconds = []
        for number, name in enumerate(NAMES):
            began = time.perf_counter()
            (corpus / f"new-{number}.txt").write_text(NEW.format(name=name), encoding="utf-8")
            while not any(claim.quote.startswith(name) for claim in conversation.ask(ASKED.format(name=name)).claims):
                time.sleep(0.005)
            seconds.append(time.perf_counter() - began)
        taken = f"median {statistics.median(seconds):.2f}, most {max(seconds):.2f}"
        report("one article more until answered, s", taken)
        for number in range(len(NAMES)):
            (corpus / f"new-{number}.txt").unlink()


def rewrite(files: list[Path]) -> None:
    """Change articles at once."""
    for file in files:
        file.write_text(f"{file.read_text(encoding='utf-8')}\n\n{REWRITTEN}\n", encoding="utf-8")


def changes(corpus: Path, data: Path, questions: list[str], count: int) -> None:
    """Many files changed at once while questions come at a steady rate, until the last file is answered from."""
    files = sorted(corpus.rglob("*.txt"))[:count]
    latencies: list[float] = []
    with followed(corpus, data) as conversation:
        last, failed = files[-1].relative_to(corpus).as_posix(), 0
        _SPAWNING.Process(target=rewrite, args=(files,)).start()
        began, over = time.monotonic(), False
        while not over:
            due = began + len(latencies) / RATE
            time.sleep(max(due - time.monotonic(), 0))
            try:
                conversation.ask(questions[len(latencies) % len(questions)])
            except Exception as error:  # noqa: BLE001  # whatever it is, it is counted
                failed += 1
                print(f"failed: {error!r}", file=sys.stderr)
            latencies.append(time.monotonic() - due)
            if len(latencies) % RATE == 0:
                article = conversation.retriever.articles.get(last)
                over = article is not None and REWRITTEN in article.text
    seconds = time.monotonic() - began
    latencies.sort()
    p50, p99, most = (1000 * latencies[int(len(latencies) * share)] for share in (0.5, 0.99, 0.999999))
    report(
        f"{len(files):,} files changed at once, {RATE} questions/s",
        f"{seconds:.1f} s, {len(latencies)} questions, {failed} failed, p50 {p50:.1f} ms, p99 {p99:.1f} ms,"
        f" most {most:.0f} ms",
    )


def kills(corpus: Path, data: Path, count: int) -> None:
    """SIGKILL at random moments of `retrieval index`, with changes waiting; then what is left is looked at."""
    chance = random.Random(1)
    command = [sys.executable, "-m", "retrieval", "index", "--corpus", str(corpus), "--data", str(data)]
    files = sorted(corpus.rglob("*.txt"))
    before = len(Retriever.from_corpus(corpus, data=data).articles)
    killed = opened = 0
    for number in range(count):
        for file in chance.sample(files, min(200, len(files))):
            file.write_text(f"{file.read_text(encoding='utf-8')} و {number}.", encoding="utf-8")
        writer = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.1, 1.5))
        killed += writer.poll() is None
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        checked = subprocess.run([*command, "--check"], capture_output=True, text=True, check=False)
        opened += checked.returncode == 0 and checked.stdout.startswith(f"{before} articles")
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    whole = Retriever.from_corpus(corpus, data=data).articles
    kept = all(article.text.rstrip() in (corpus / article.id).read_text(encoding="utf-8") for article in whole)
    lost = "nothing lost" if kept and len(whole) == before else "something lost"
    report(f"{count} kills ({killed} while writing)", f"opened whole {opened}, {lost}")


def main() -> int:
    """Run all of it."""
    parser = argparse.ArgumentParser(description="Measure a living index.")
    parser.add_argument("--sentences", type=int, default=200_000)
    parser.add_argument("--changed", type=int, default=10_000)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--folder", type=Path, default=Path("build/living"))
    options = parser.parse_args()
    corpus, data = options.folder / "corpus", options.folder / "data"
    shutil.rmtree(options.folder, ignore_errors=True)
    collection = Collection(options.sentences)
    collection.write(corpus)
    report("collection", f"{options.sentences:,} sentences in {len(collection):,} files")
    additions(corpus, data)
    changes(corpus, data, [question.text for question in collection.questions(500)], options.changed)
    kills(corpus, data, options.kills)
    return 0


if __name__ == "__main__":
    sys.exit(main())
