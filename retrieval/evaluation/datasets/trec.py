"""TREC's files: topics, qrels and runs, as trec_eval reads them.

A document is an article, named by its id, or a sentence or passage, named `article[start:end]` as `retrieval search`
prints it. White space in an id is written as %20 and the like.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from retrieval.corpus.encoding import read_text
from retrieval.errors import CorpusError
from retrieval.evaluation.datasets.judged import NAME_A_FILE, Collection, Judged, Span
from retrieval.text.passages import passages
from retrieval.text.safe import printable
from retrieval.types import Article

Run = Mapping[str, Mapping[str, float]]
"""Question id → document id → score."""

Qrels = Mapping[str, Mapping[str, int]]
"""Question id → document id → relevance, 1 or more where it is relevant."""

_TOPIC = re.compile(
    r"<top>\s*<num>\s*(?:Number:)?\s*(?P<id>\S+?)\s*(?:</num>)?\s*<title>\s*(?:Topic:)?\s*(?P<title>.*?)\s*"
    r"(?=</title>|<desc>|<narr>|</top>)",
    re.DOTALL,
)
_SPAN = re.compile(r"(?P<article>.*)\[(?P<start>\d+):(?P<end>\d+)\]", re.DOTALL)
_UNSAFE = re.compile(r"[\s%]")


def document_id(span: Span) -> str:
    """The id of a sentence or passage."""
    return f"{escaped(span.article)}[{span.start}:{span.end}]"


def escaped(text: str) -> str:
    """A text whose white space is escaped, for white space separates columns."""
    return _UNSAFE.sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), text)


def parse_id(document: str) -> Span | None:
    """The span that `document_id` named; None for another id."""
    match = _SPAN.fullmatch(unquote(document))
    return Span(match["article"], int(match["start"]), int(match["end"])) if match else None


def read(topics: Path, qrels: Path, articles: Sequence[Article], name: str = "") -> Collection:
    """The questions of a topics file, judged by a qrels file.

    A relevant article or passage makes its passages gold; a relevant shorter span is an answer. A topic whose
    judgements are all 0 has no answer. A topic without judgements is left out and is among the `problems`.

    Args:
        topics: `<top>` blocks with `<num>` and `<title>`, or lines of an id, a tab and a question.
        qrels: lines of topic, iteration, document and relevance.
        articles: the corpus that is asked.
        name: what the figures are reported under; by default the topics' stem.

    Raises:
        CorpusError: a file is malformed, or judges relevant what is not in the corpus; the message names the line.
    """
    name = name or topics.stem
    judgements = _judgements(qrels, {article.id: _Places(article) for article in articles})
    questions: list[Judged] = []
    problems: list[CorpusError] = []
    for number, question in _topics(topics).items():
        if number not in judgements:
            problems.append(CorpusError(qrels, f"topic {number} has no judgement", "its question is left out"))
            continue
        golds, answers = judgements[number]
        unique = tuple(dict.fromkeys(golds)), tuple(dict.fromkeys(answers))
        questions.append(Judged(f"{escaped(name)}/{escaped(number)}", question, name, *unique, answerable=bool(golds)))
    if not questions:
        raise CorpusError(qrels, f"it judges no topic of {topics}", "give both files the same topic numbers")
    return Collection(tuple(articles), tuple(questions), tuple(problems))


def _topics(path: Path) -> dict[str, str]:
    """Topic number → question."""
    text = printable(read_text(path, NAME_A_FILE))
    blocks = {match["id"]: " ".join(match["title"].split()) for match in _TOPIC.finditer(text)}
    if blocks:
        return blocks
    topics: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        key, tab, question = line.partition("\t")
        if tab and key.strip() and question.strip():
            topics[key.strip()] = question.strip()
        elif line.strip():
            raise CorpusError(path, "it is no topic", "write a number, a tab and a question, or <top> blocks", number)
    return topics


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of a qrels or run file: its number, topic, document and value (relevance or score)."""

    line: int
    topic: str
    document: str
    value: str


def _rows(path: Path, columns: int, value: int, form: str) -> Iterator[_Row]:
    for number, line in enumerate(read_text(path, NAME_A_FILE).splitlines(), start=1):
        cells = line.split()
        if len(cells) == columns:
            yield _Row(number, cells[0], cells[2], cells[value])
        elif cells:
            raise CorpusError(path, f"it has {len(cells)} columns", f"write {form}", number)


class _Places:
    """An article's passages as spans."""

    def __init__(self, article: Article) -> None:
        self.length = len(article.text)
        self.passages = [Span(article.id, passage.start, passage.end) for passage in passages(article)]


def _judgements(path: Path, articles: Mapping[str, _Places]) -> dict[str, tuple[list[Span], list[Span]]]:
    """Topic → its gold passages and answers; both empty where nothing is relevant."""
    judged: dict[str, tuple[list[Span], list[Span]]] = {}
    for row in _rows(path, 4, 3, "topic, iteration, document and relevance"):
        golds, answers = judged.setdefault(row.topic, ([], []))
        if not re.fullmatch(r"-?\d+", row.value):
            raise CorpusError(path, f"«{row.value}» is no relevance", "write a whole number", row.line)
        if int(row.value) < 1:
            continue
        found = _resolve(row.document, articles)
        if found is None:
            remedy = "name an article's id, or a span of it as `retrieval search` prints it"
            raise CorpusError(path, f"the corpus has no «{row.document}»", remedy, row.line)
        golds.extend(found[0])
        answers.extend(found[1])
    return judged


def _resolve(document: str, articles: Mapping[str, _Places]) -> tuple[list[Span], list[Span]] | None:
    """The gold passages and answers that a relevant document stands for; None if the corpus lacks it."""
    whole = articles.get(unquote(document))
    if whole:
        return whole.passages, []
    span = parse_id(document)
    places = articles.get(span.article) if span else None
    if span is None or places is None or not 0 <= span.start < span.end <= places.length:
        return None
    around = [passage for passage in places.passages if passage.start < span.end and span.start < passage.end]
    return around, [] if any(span.covers(passage) for passage in around) else [span]


def read_run(path: Path) -> dict[str, dict[str, float]]:
    """A run file: topic, Q0, document, rank, score, tag.

    Raises:
        CorpusError: it is malformed; the message names the line.
    """
    run: dict[str, dict[str, float]] = {}
    for row in _rows(path, 6, 4, "topic, Q0, document, rank, score and tag"):
        try:
            run.setdefault(row.topic, {})[row.document] = float(row.value)
        except ValueError:
            raise CorpusError(path, f"«{row.value}» is no score", "write a number", row.line) from None
    if not run:
        raise CorpusError(path, "it has no lines", "write topic, Q0, document, rank, score and tag")
    return run


def run_lines(run: Run, tag: str) -> Iterable[str]:
    """The lines of a run file, best first."""
    for topic, scores in run.items():
        for rank, (document, score) in enumerate(sorted(scores.items(), key=lambda row: -row[1]), start=1):
            yield f"{escaped(topic)} Q0 {document} {rank} {score!r} {tag}\n"


def qrels_lines(qrels: Qrels) -> Iterable[str]:
    """The lines of a qrels file."""
    for topic, judgements in qrels.items():
        for document, relevance in judgements.items():
            yield f"{escaped(topic)} 0 {document} {relevance}\n"
