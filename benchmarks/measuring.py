"""What is measured of one index, each in a process of its own; prints JSON for `benchmarks.scale`.

    python -m benchmarks.measuring WHAT '{"field": …}'

A process of its own has a peak memory of its own (VmHWM in /proc), and is ended alone where it takes too much.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path

from benchmarks.asking import answers
from benchmarks.peers import PEERS
from benchmarks.place import Figures, Place, peak_memory, pin, timed
from benchmarks.synthetic import Collection
from benchmarks.vocabulary import words
from retrieval import Analyzer, default_data_folder, read_corpus
from retrieval.text.lexicon import load
from retrieval.text.passages import sentences_of

MOST_QUESTIONS = 1000


def prepare(place: Place) -> Figures:
    """Write the articles, the questions and the terms.

    Returns:
        `articles`; `bytes` of text in UTF-8; `analysis`, the seconds from files to terms on one core.
    """
    shutil.rmtree(place.corpus, ignore_errors=True)
    collection = Collection(place.sentences)
    collection.write(place.corpus)
    questions = [asdict(question) for question in collection.questions(MOST_QUESTIONS)]
    (Path(place.folder) / "questions.json").write_text(json.dumps(questions, ensure_ascii=False), "utf-8")
    analyzer = Analyzer(load(default_data_folder()))
    began = time.perf_counter()
    articles = read_corpus(place.corpus).articles
    with open(place.terms, "w", encoding="utf-8") as file:
        for article in articles:
            file.writelines(f"{' '.join(analyzer.terms(one.text))}\n" for one in sentences_of(article))
    seconds = time.perf_counter() - began
    return {
        "articles": len(articles),
        "bytes": sum(len(article.text.encode()) for article in articles),
        "analysis": seconds,
    }


def build(place: Place) -> Figures:
    """Build the index: an engine of the project from the articles, with all cores; a peer from the terms.

    Returns:
        `build` seconds; `build memory`, bytes of the largest process; `disk` bytes.
    """
    shutil.rmtree(place.data, ignore_errors=True)
    place.data.mkdir(parents=True)
    if place.engine:
        for tables in default_data_folder().glob("*.bin"):
            (place.data / tables.name).symlink_to(tables)
        seconds = timed(lambda: index(place))
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    else:
        pin()
        seconds = timed(lambda: PEERS[place.system].build(place.terms, place.data))
        memory = peak_memory()
    files = [file for file in place.data.rglob("*") if file.is_file() and not file.is_symlink()]
    return {"build": seconds, "build memory": memory, "disk": sum(file.stat().st_size for file in files)}


def start(place: Place) -> Figures:
    """Whole processes that answer one question each, while the budget lasts.

    Returns:
        `start`, the median of their seconds.
    """
    seconds: list[float] = []
    for question in place.questions[: place.starts]:
        seconds.append(timed(partial(one, place, question.text)))
        if sum(seconds) > place.budget:
            break
    return {"start": statistics.median(seconds)}


def add(place: Place) -> Figures:
    """Put one article more into the corpus and bring the index up to date.

    Returns:
        `add`, the seconds from the file until `bot ask` has answered from it.
    """
    one_name, other_name = words().unused[:2]
    sentence = f"{one_name} در {other_name} کتابخانه‌ای بزرگ ساخت."
    file = place.corpus / "added.txt"
    others = Collection(1000, seed=2).article(0).text
    try:
        file.write_text(f"{others}\n{sentence}\n", encoding="utf-8")
        began = time.perf_counter()
        index(place)
        answer = json.loads(one(place, f"{one_name} در {other_name} چه ساخت؟", "--json"))
        seconds = time.perf_counter() - began
    finally:
        file.unlink(missing_ok=True)
    if not any(sentence in claim["quote"] for claim in answer["claims"]):
        raise RuntimeError("the article that was added is not quoted")
    return {"add": seconds}


def index(place: Place) -> None:
    """Run `retrieval index`."""
    run(["retrieval", "index", "--corpus", place.corpus, "--data", place.data, "--engine", place.system], {})


def one(place: Place, question: str, *options: str) -> str:
    """What one whole process prints for a question."""
    if place.engine:
        environment = {"PASOKH_DATA": str(place.data), "PASOKH_ENGINE": place.system}
        return run(["bot", "ask", "--corpus", place.corpus, *options, question], environment)
    return run(["benchmarks.peers", place.system, place.terms, place.data, question], {})


def run(command: list[str | Path], environment: dict[str, str]) -> str:
    """The output of `python -m COMMAND`; what it complains of goes to this process's own complaints."""
    whole = [sys.executable, "-m", *map(str, command)]
    return subprocess.run(whole, env=os.environ | environment, stdout=subprocess.PIPE, check=True, text=True).stdout


MEASUREMENTS: dict[str, Callable[[Place], Figures]] = {
    "prepare": prepare,
    "build": build,
    "answers": answers,
    "start": start,
    "add": add,
}


def main(arguments: Sequence[str]) -> int:
    """Measure, and print the figures."""
    what, fields = arguments
    place = Place(**json.loads(fields))
    print(json.dumps(MEASUREMENTS[what](place)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
