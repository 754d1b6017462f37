"""The command `retrieval`: `index`, `search QUESTION`, `read FILE`, `fetch`, `evaluate FILE...`, `train FILE...`."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from retrieval.corpus.command import add_parsers as add_corpus_commands
from retrieval.corpus.folder import Folder
from retrieval.errors import PasokhError
from retrieval.evaluation.command import add_parser as add_evaluate
from retrieval.evaluation.training.command import add_parser as add_train
from retrieval.index.header import Totals
from retrieval.indexing.opening import kept_index
from retrieval.indexing.spec import IndexSpec
from retrieval.ranking.hits import Hit
from retrieval.retriever import DEFAULT_ENGINE, Retriever
from retrieval.system.commands import exit_status, speak_utf8
from retrieval.system.files import default_data_folder
from retrieval.system.progress import track
from retrieval.text import lexicon
from retrieval.text.analyzer import Analyzer
from retrieval.text.safe import for_terminal


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit status."""
    speak_utf8(sys.stdout, sys.stderr)
    options = _parser().parse_args(arguments)
    return exit_status(partial(_run, options), PasokhError, lambda reason: _tell(f"retrieval: {reason}"))


def _run(options: argparse.Namespace) -> int:
    options.run(options)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="retrieval", description="Find sentences in a folder of Persian articles.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    index = commands.add_parser("index", help="bring the stored index of a corpus up to date")
    index.set_defaults(run=_index)
    doing = index.add_mutually_exclusive_group()
    doing.add_argument("--check", action="store_true", help="read all that is stored and change nothing")
    doing.add_argument("--rebuild", action="store_true", help="give up what is stored and begin anew")
    search = commands.add_parser("search", help="show the best sentences for a question")
    search.set_defaults(run=_search)
    for command in (index, search):
        command.add_argument("--corpus", type=Path, default=Path("corpus"), metavar="DIR", help="default: corpus")
        command.add_argument(
            "--data", type=Path, default=default_data_folder(), metavar="DIR", help="where indexes live"
        )
        command.add_argument("--engine", default=DEFAULT_ENGINE, metavar="NAME", help=f"default: {DEFAULT_ENGINE}")
    search.add_argument("-k", type=int, default=10, help="how many sentences at the most (default: 10)")
    search.add_argument("--json", action="store_true", help="print one JSON object a line")
    search.add_argument("question", metavar="QUESTION")
    add_corpus_commands(commands)
    add_evaluate(commands)
    add_train(commands)
    return parser


def _index(options: argparse.Namespace) -> None:
    began = time.perf_counter()
    spec = IndexSpec(options.engine, Analyzer(lexicon.load(options.data, _tell)), _tell, track)
    index = kept_index(Folder(options.corpus), options.data, spec)
    if options.check:
        print(f"{_counted(index.check())}: the stored index is as it was written")
        return
    change, totals, problems, _ = index.refresh(anew=options.rebuild)
    for problem in problems:
        _tell(f"retrieval: left out: {problem}")
    seconds = time.perf_counter() - began
    changed = f"{change.read} files read, {change.added} articles added, {len(change.removed)} removed"
    print(f"{_counted(totals)} in {seconds:.1f} s: {changed} ({len(problems)} left out)")


def _counted(totals: Totals) -> str:
    return f"{totals.articles} articles, {totals.passages} passages, {totals.sentences} sentences"


def _retriever(options: argparse.Namespace) -> Retriever:
    retriever = Retriever.from_corpus(options.corpus, options.engine, data=options.data, announce=_tell, track=track)
    for problem in retriever.problems:
        _tell(f"retrieval: left out: {problem}")
    return retriever


def _search(options: argparse.Namespace) -> None:
    for rank, hit in enumerate(_retriever(options).search(options.question, options.k), start=1):
        if options.json:
            print(json.dumps(_row(rank, hit), ensure_ascii=False))
        else:
            place = f"{hit.article.id}[{hit.sentence.start}:{hit.sentence.end}]"
            line = f"{rank:3} {hit.score:7.2f} {hit.coverage:5.2f}  {place}\n    {hit.sentence.text}"
            print(for_terminal(line))


def _row(rank: int, hit: Hit) -> dict[str, object]:
    return {
        "rank": rank,
        "score": hit.score,
        "coverage": hit.coverage,
        "article": hit.article.id,
        "start": hit.sentence.start,
        "end": hit.sentence.end,
        "text": hit.sentence.text,
    }


def _tell(line: str) -> None:
    print(for_terminal(line), file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
