"""The command `retrieval train`: judged questions → the file of weights that the package ships."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from retrieval.errors import PasokhError
from retrieval.evaluation.command import add_judged_options, corpus_synonyms, needs_libraries, progress, tell_problems
from retrieval.ranking.weights import WEIGHTS_FILE
from retrieval.system.files import replace_file


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `train` to the commands. The libraries of the training are not imported."""
    parser = commands.add_parser(
        "train",
        help="fit the weights of ranking and confidence to judged questions",
        description="Fit the weights of ranking and confidence to judged questions; cross-validate them by article.",
    )
    parser.set_defaults(run=train)
    add_judged_options(parser)
    parser.add_argument("--out", type=Path, default=Path(WEIGHTS_FILE), metavar="FILE", help=f"default: {WEIGHTS_FILE}")


def train(options: argparse.Namespace) -> None:
    """Train, write the weights and print what cross-validation says of them.

    Raises:
        PasokhError: a library of the extra is missing, a file cannot be read or written, or too few questions have
            an answer.
    """
    needs_libraries("train")
    if not options.out.parent.is_dir():
        raise PasokhError(f"{options.out}: it cannot be written (there is no such folder); name another place")
    from retrieval.evaluation.datasets import reading  # noqa: PLC0415  # seconds
    from retrieval.evaluation.training import cross_validation  # noqa: PLC0415  # seconds
    from retrieval.ranking.weights import to_json  # noqa: PLC0415

    collection = reading.read(options.files, options.corpus, options.qrels)
    tell_problems(collection.problems)
    if not any(judged.answers for judged in collection.questions):
        raise PasokhError(f"{options.files[0]}: no question has an answer to learn from; give SQuAD or question rows")
    synonyms = corpus_synonyms(options.corpus)
    trained = cross_validation.train(collection, options.engine, progress("Asking"), synonyms=synonyms)
    provenance = {
        "made by": "retrieval train",
        "from": [file.name for file in options.files],
        "questions": len(collection.questions),
        "cross-validated by article": trained.figures,
    }
    try:
        replace_file(options.out, to_json(trained.weights, provenance).encode())
    except OSError as error:
        raise PasokhError(f"{options.out}: it cannot be written ({error.strerror}); name another place") from error
    print(json.dumps(trained.figures, indent=2))
