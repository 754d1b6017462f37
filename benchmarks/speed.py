"""Speed and memory: `make bench`.

- cold start: the whole process `bot ask` on the shipped corpus, its word tables compiled and not, median of runs;
- terms: sentences/s of text → terms on one core, and in the same run of hazm's normalise + tokenise + stem;
- questions/s of `Retriever.search` on one core, and by turns with it of rank-bm25's `get_scores` over hazm's tokens;
- peak memory of this process.

The collection is that of both judged files where ../shared/eval is there, else the shipped corpus.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import hazm
import numpy as np
from rank_bm25 import BM25Okapi

from retrieval import DEFAULT_ENGINE, Analyzer, Retriever, default_data_folder
from retrieval.evaluation.datasets import reading
from retrieval.evaluation.measuring.runs import retriever_over
from retrieval.text.lexicon import load

ROOT = Path(__file__).resolve().parents[1]
EVAL = ROOT.parent / "shared" / "eval"
JUDGED = [EVAL / "pquad_validation.json", EVAL / "natural_questions.json"]
QUESTION = "کدام خوشه‌ها به مرحله توسعه‌یافتگی رسیده‌اند؟"


def seconds(work: Callable[[], object]) -> float:
    """How long `work` takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def start_up(data: Path) -> float:
    """Seconds of one whole `bot ask` with its files in `data`."""
    environment = os.environ | {"PASOKH_DATA": str(data)}
    command = [sys.executable, "-m", "bot", "ask", QUESTION]
    return seconds(lambda: subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True))


def hazm_terms() -> Callable[[str], list[str]]:
    """The usual way to terms with hazm: normalise, tokenise, stem."""
    normalizer, tokenizer, stemmer = hazm.Normalizer(), hazm.WordTokenizer(join_verb_parts=False), hazm.Stemmer()
    return lambda text: [stemmer.stem(word) for word in tokenizer.tokenize(normalizer.normalize(text))]


def report(name: str, value: str) -> None:
    """Print one line of the table."""
    print(f"{name:58} {value}", flush=True)


def measure_start_up(runs: int) -> None:
    """Cold starts, without and with the compiled word tables."""
    with tempfile.TemporaryDirectory() as folder:
        report("bot ask, word tables not compiled", f"{start_up(Path(folder)):.2f} s")
        times = [start_up(Path(folder)) for _ in range(runs)]
        report(f"bot ask, word tables compiled (median of {runs})", f"{statistics.median(times):.2f} s")


def measure_terms(sentences: Sequence[str], peer: Callable[[str], list[str]]) -> None:
    """Text → terms, against hazm."""
    analyzer = Analyzer(load(default_data_folder()))
    own = len(sentences) / seconds(lambda: [analyzer.terms(sentence) for sentence in sentences])
    some = sentences[:2000]
    theirs = len(some) / seconds(lambda: [peer(sentence) for sentence in some])
    report("terms, sentences/s", f"{own:,.0f}")
    report("hazm normalise + tokenise + stem, sentences/s", f"{theirs:,.0f} (ratio {own / theirs:.1f})")


def measure_questions(retriever: Retriever, questions: Sequence[str], peer: Callable[[str], list[str]]) -> None:
    """Questions/s, against rank-bm25 over hazm's tokens; by turns, so that both meet the same machine."""
    okapi = BM25Okapi([peer(sentence.text) or ["-"] for sentence in tuple(retriever.index.sentences())])
    turns = [questions[start : start + 100] for start in range(0, len(questions), 100)]
    own_seconds = their_seconds = 0.0
    some = 0
    for turn in turns:
        own_seconds += seconds(partial(list, map(retriever.search, turn)))
        their_seconds += seconds(partial(list, map(partial(_best_of, okapi, peer), turn[:10])))
        some += len(turn[:10])
    own, theirs = len(questions) / own_seconds, some / their_seconds
    report(f"search, questions/s over {len(tuple(retriever.index.sentences())):,} sentences", f"{own:,.0f}")
    report("rank-bm25 over hazm's tokens, questions/s", f"{theirs:,.0f} (ratio {own / theirs:.1f})")


def _best_of(okapi: BM25Okapi, peer: Callable[[str], list[str]], question: str) -> list[int]:
    best: list[int] = np.argsort(-okapi.get_scores(peer(question)))[:10].tolist()
    return best


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Measure speed and memory.")
    parser.add_argument("--runs", type=int, default=5, help="how often to start `bot ask` (default: 5)")
    parser.add_argument("--questions", type=int, default=1000, help="how many questions to ask (default: 1000)")
    options = parser.parse_args()
    measure_start_up(options.runs)
    collection = reading.read(JUDGED) if all(path.exists() for path in JUDGED) else None
    questions = [judged.question for judged in collection.questions] if collection else [QUESTION]
    began = time.perf_counter()
    if collection:
        retriever = retriever_over(collection.articles, DEFAULT_ENGINE)
    else:
        retriever = Retriever.from_corpus(ROOT / "corpus")
    report("read and index", f"{time.perf_counter() - began:.2f} s")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    peer = hazm_terms()
    measure_terms([sentence.text for sentence in tuple(retriever.index.sentences())], peer)
    measure_questions(retriever, questions[:: max(1, len(questions) // options.questions)], peer)
    report("peak memory after indexing (hazm imported for the peer)", f"{memory:.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
