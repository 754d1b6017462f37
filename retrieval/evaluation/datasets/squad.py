"""SQuAD 1.1 and 2.0 JSON → articles and judged questions (Rajpurkar et al., 2016 and 2018).

Each entry of `data` becomes an article whose paragraphs are parted by blank lines.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from retrieval.corpus.encoding import read_text
from retrieval.errors import CorpusError
from retrieval.evaluation.datasets.judged import NAME_A_FILE, Collection, Judged, Span
from retrieval.text.safe import printable
from retrieval.types import Article

_REMEDY = "write SQuAD 1.1 or 2.0"
_BREAK = "\n\n"

Kind = TypeVar("Kind", str, list[object], dict[str, object])


class _MalformedError(Exception):
    """What is wrong, and where; becomes a CorpusError once the file's name is known."""


def read(path: Path, name: str = "") -> Collection:
    """The articles and questions of a SQuAD file.

    Args:
        path: the file.
        name: what its articles' ids begin with and its figures are reported under; by default the file's stem.

    Raises:
        CorpusError: the file cannot be read or is not SQuAD; the message names the entry. A question whose answer
            stands nowhere in its paragraph is left out and is among the collection's `problems`.
    """
    name = name or path.stem
    articles: list[Article] = []
    questions: list[Judged] = []
    problems: list[CorpusError] = []
    try:
        content = json.loads(read_text(path, NAME_A_FILE))
        for number, entry in enumerate(_member(content, "data", list, "the file")):
            place = f"data[{number}]"
            article = f"{name}/{number}"
            text = ""
            for order, paragraph in enumerate(_member(entry, "paragraphs", list, place)):
                where = f"{place}.paragraphs[{order}]"
                passage = Span(article, len(text), len(text) + len(_member(paragraph, "context", str, where)))
                text += printable(_member(paragraph, "context", str, where)) + _BREAK
                for found in _questions(paragraph, where, passage, text, name):
                    if isinstance(found, Judged):
                        questions.append(found)
                    else:
                        problems.append(CorpusError(path, str(found), "its question is left out"))
            if text.strip():
                title = entry.get("title") if isinstance(entry, dict) else None
                articles.append(Article(article, printable(str(title or "")).strip(), text))
    except _MalformedError as fault:
        raise CorpusError(path, str(fault), _REMEDY) from None
    except (ValueError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else None
        reason = error.msg if isinstance(error, json.JSONDecodeError) else str(error)
        raise CorpusError(path, f"it is not JSON ({reason})", _REMEDY, line) from None
    if not questions:
        raise CorpusError(path, "it has no questions", _REMEDY)
    return Collection(tuple(articles), tuple(questions), tuple(problems))


def _questions(
    paragraph: object, where: str, passage: Span, text: str, name: str
) -> Iterator[Judged | _MalformedError]:
    """The questions on one paragraph, or why one is left out."""
    for number, asked in enumerate(_member(paragraph, "qas", list, where)):
        place = f"{where}.qas[{number}]"
        question = printable(_member(asked, "question", str, place))
        impossible = isinstance(asked, dict) and bool(asked.get("is_impossible"))
        given = [] if impossible else _member(asked, "answers", list, place)
        answers = tuple(span for answer in given if (span := _answer(answer, place, passage, text)))
        if given and not answers:
            yield _MalformedError(f"{place}: its answer does not stand in its paragraph")
            continue
        # Ids of SQuAD files are not unique across files, and some files have none.
        key = f"{passage.article}/{where.rpartition('[')[2][:-1]}/{number}"
        yield Judged(key, question, name, (passage,), tuple(dict.fromkeys(answers)), answerable=bool(answers))


def _answer(answer: object, place: str, passage: Span, text: str) -> Span | None:
    """The answer's span: where the file says, or where its wording stands nearest to that; None if nowhere."""
    wording = printable(_member(answer, "text", str, place))
    claimed = answer.get("answer_start") if isinstance(answer, dict) else None
    if not isinstance(claimed, int):
        raise _MalformedError(f'{place}: an answer has no "answer_start"')
    start = passage.start + max(claimed, 0) + len(wording) - len(wording.lstrip())
    wording = wording.strip()
    if not wording:
        return None
    if not text.startswith(wording, start):
        nearest = (text.rfind(wording, passage.start, start + len(wording)), text.find(wording, start, passage.end))
        start = min((place for place in nearest if place >= 0), key=lambda place: abs(place - start), default=-1)
    return Span(passage.article, start, start + len(wording)) if start >= 0 else None


def _member(value: object, key: str, kind: type[Kind], place: str) -> Kind:
    """`value[key]`, if it is of the kind."""
    found = value.get(key) if isinstance(value, dict) else None
    if isinstance(found, kind):
        return found
    raise _MalformedError(f'{place} has no "{key}"' if found is None else f'"{key}" of {place} is of the wrong kind')
