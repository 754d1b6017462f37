"""The command `retrieval evaluate`: its options, what it writes and what it prints."""

from __future__ import annotations

import argparse
import datetime
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from retrieval.corpus.folder import SYNONYMS
from retrieval.errors import CorpusError, PasokhError
from retrieval.ranking.answerability import Caution
from retrieval.retriever import DEFAULT_ENGINE
from retrieval.system.progress import track_items

if TYPE_CHECKING:
    from retrieval.evaluation.answering.figures import Told
    from retrieval.evaluation.experiment import Evaluation
    from retrieval.evaluation.measuring.runs import Progress
    from retrieval.evaluation.measuring.statistics import Difference, Estimate
    from retrieval.evaluation.results.records import Compared

LIBRARIES = ("ir_measures", "jinja2", "matplotlib", "scipy")
"""What the extra `evaluation` installs."""

MAX_PROBLEMS_TOLD = 5
"""Problems that are told one by one; of the others the number."""


def add_judged_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that name the judged questions and the collection that they are asked of."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--corpus", type=Path, metavar="DIR", help="what is searched; default: the SQuAD paragraphs")
    parser.add_argument("--qrels", type=Path, metavar="FILE", help="the judgements of TREC topics")
    parser.add_argument("--engine", default=DEFAULT_ENGINE, metavar="NAME", help=f"default: {DEFAULT_ENGINE}")


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `evaluate` to the commands. The libraries of the evaluation are not imported."""
    parser = commands.add_parser(
        "evaluate",
        help="measure retrieval on judged questions",
        description="Measure retrieval on judged questions: SQuAD (.json), question rows or dialogues (.jsonl) or TREC "
        "topics. Rows and dialogues are asked in chats as well.",
    )
    parser.set_defaults(run=evaluate)
    add_judged_options(parser)
    parser.add_argument("--absent", action="store_true", help="also hold out half of the articles")
    parser.add_argument(
        "--caution", choices=[caution.name.lower() for caution in Caution], default="balanced", help="as PASOKH_CAUTION"
    )
    parser.add_argument(
        "--perturb", action="append", default=[], metavar="NAME", help="also spell otherwise; `all`, or several times"
    )
    parser.add_argument("--compare", type=Path, metavar="RUN", help="an earlier --json, or a TREC run")
    parser.add_argument("--json", type=Path, metavar="OUT", help="write all figures")
    parser.add_argument("--html", type=Path, metavar="OUT", help="write a report")
    parser.add_argument("--trec", type=Path, metavar="DIR", help="write TREC run and qrels files")
    parser.add_argument("--today", type=_day, metavar="DAY", help="what «امروز» means in question rows: YYYY-MM-DD")
    parser.add_argument("--limit", type=_positive, metavar="N", help="questions of each file, drawn at random")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="same seed, same numbers (default: 1)")
    parser.add_argument(
        "--jobs",
        type=_positive,
        default=min(2, os.cpu_count() or 1),
        metavar="N",
        help="processes (default: %(default)s)",
    )


def _day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError
    return number


def evaluate(options: argparse.Namespace) -> None:
    """Measure, write the files that were asked for and print the figures. Mistakes are told before the long part.

    Raises:
        PasokhError: a library of the extra is missing, a file cannot be read or written, or an option names what is
            not there.
    """
    needs_libraries("evaluate")
    for out in (options.json, options.html):
        if out and not out.parent.is_dir():
            raise PasokhError(f"{out}: it cannot be written (there is no such folder); name another place")
    judged, in_chats = _parted(options)
    found, compared = _of_retrieval(options, judged) if judged else (None, [])
    told = _of_chats(options, in_chats) if in_chats else []
    from retrieval.evaluation.results import records  # noqa: PLC0415  # seconds

    if options.json:
        _write(options.json, lambda path: path.write_text(records.to_json(found, compared, told), encoding="utf-8"))
    print("\n".join([*(summary(found, compared) if found else []), *_told(told)]).lstrip("\n"))


def _parted(options: argparse.Namespace) -> tuple[list[Path], list[Path]]:
    """The files that the retrieval is measured on, and those that are asked in chats; rows of one corpus are both.

    Raises:
        PasokhError: an option needs the retrieval's figures, and no file gives them.
    """
    from retrieval.evaluation.answering import chats, dialogues, rows  # noqa: PLC0415  # seconds

    only = [file for file in options.files if dialogues.is_dialogues(file) or rows.are_of_folders(file)]
    judged = [file for file in options.files if file not in only]
    if not judged and (options.compare or options.html or options.trec or options.perturb):
        raise PasokhError("--compare, --html, --trec and --perturb need a file with judged spans; name one")
    answered = bool(options.corpus and chats.registered())
    return judged, only + [file for file in judged if answered and file.suffix.lower() == rows.ENDING]


def _of_chats(options: argparse.Namespace, files: Sequence[Path]) -> list[Told]:
    from retrieval.evaluation.answering import experiment  # noqa: PLC0415  # seconds

    caution = Caution[options.caution.upper()]
    plan = experiment.ChatPlan(options.corpus, options.engine, caution, options.today, options.seed, options.limit)
    return experiment.evaluate(files, plan, progress)


def _of_retrieval(options: argparse.Namespace, files: Sequence[Path]) -> tuple[Evaluation, Sequence[Compared]]:
    """What is found for the questions of some files; the report and the TREC files are written."""
    from retrieval.evaluation import experiment  # noqa: PLC0415  # seconds
    from retrieval.evaluation.datasets import reading  # noqa: PLC0415  # seconds
    from retrieval.evaluation.perturbing import perturbations  # noqa: PLC0415  # seconds
    from retrieval.evaluation.results import comparing, records, report  # noqa: PLC0415  # seconds

    names = perturbations.chosen(options.perturb)
    collection = reading.read(files, options.corpus, options.qrels)
    tell_problems(collection.problems)
    earlier = comparing.read_earlier(options.compare, collection) if options.compare else None
    plan = experiment.Plan(
        engine=options.engine,
        seed=options.seed,
        limit=options.limit,
        jobs=options.jobs,
        threshold=Caution[options.caution.upper()].value,
        absent=options.absent,
        perturbations=tuple(names),
        synonyms=corpus_synonyms(options.corpus),
    )
    found = experiment.evaluate(collection, plan, show=progress, announce=_tell)
    compared = comparing.compare(found, earlier) if earlier else []
    if options.trec:
        _write(options.trec, lambda folder: records.write_trec(found, folder))
    if options.html:
        _write(options.html, lambda path: path.write_text(report.to_html(found, compared), encoding="utf-8"))
    return found, compared


def needs_libraries(command: str) -> None:
    """Check that the extra is installed.

    Raises:
        PasokhError: one of its libraries is not.
    """
    missing = next((name for name in LIBRARIES if find_spec(name) is None), None)
    if missing:
        raise PasokhError(
            f"`retrieval {command}` needs {missing}, which is not installed; run `pip install 'pasokh[evaluation]'`"
        )


def corpus_synonyms(corpus: Path | None) -> Path | None:
    """The file of synonyms in a corpus folder, if there is one."""
    file = corpus / SYNONYMS if corpus else None
    return file if file and file.is_file() else None


def _write(path: Path, write: Callable[[Path], object]) -> None:
    try:
        write(path)
    except OSError as error:
        raise PasokhError(f"{path}: it cannot be written ({error.strerror}); name another place") from error


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def tell_problems(problems: Sequence[CorpusError]) -> None:
    """Tell on standard error which questions were left out, the first `MAX_PROBLEMS_TOLD` one by one."""
    for problem in problems[:MAX_PROBLEMS_TOLD]:
        _tell(f"retrieval: {problem}")
    if len(problems) > MAX_PROBLEMS_TOLD:
        _tell(f"retrieval: and {len(problems) - MAX_PROBLEMS_TOLD} more")


def progress(about: str) -> Progress:
    """A progress bar for findings or questions."""
    return partial(track_items, about=about)


def summary(found: Evaluation, compared: Sequence[Compared] = ()) -> list[str]:
    """The figures as lines of text, each mean with its 95 % confidence interval."""
    lines = [f"{len(found.collection.articles)} articles, {len(found.sentences)} sentences, engine {found.plan.engine}"]
    for group in found.groups:
        lines += ["", f"{group.name}: {group.questions} questions, {group.answerable} answerable"]
        lines += _estimates(group.measures) + _estimates(group.answering) + _in_part(group.in_part)
    for group in found.absent:
        lines += [
            "",
            f"{group.name}, half of the articles held out: {group.answerable} of {group.questions} answerable",
        ]
        lines += _estimates(group.answering) + _in_part(group.in_part)
    for other in compared:
        lines += ["", f"{other.source}, above the earlier run", *_differences(other.differences)]
        lines += _estimates({"the same first sentence": other.same_first}) if other.same_first else []
    for perturbed in found.perturbed:
        lines += ["", f"{perturbed.source}, drop under {perturbed.perturbation}", *_differences(perturbed.drops)]
    return lines


def _told(groups: Sequence[Told]) -> list[str]:
    lines = []
    for group in groups:
        lines += ["", f"{group.name}, in chats: {group.questions} questions, {group.answerable} answerable"]
        lines += _estimates(group.shares) + _in_part(group.in_part)
        lines += _estimates({f"  right, {part} ({some.questions})": some.right for part, some in group.parts.items()})
    return lines


def _in_part(questions: int) -> list[str]:
    return [f"  {'a part of the articles was not searched for':50} {questions}"] if questions else []


def _estimates(figures: Mapping[str, Estimate]) -> list[str]:
    return [f"  {name:50} {found.value:.3f}  [{found.low:.3f}, {found.high:.3f}]" for name, found in figures.items()]


def _differences(figures: Mapping[str, Difference]) -> list[str]:
    return [
        f"  {name:50} {found.value:+.4f}  [{found.low:+.4f}, {found.high:+.4f}]  p {found.p:.4f}"
        f"  {found.won} won, {found.tied} tied, {found.lost} lost"
        for name, found in figures.items()
    ]
