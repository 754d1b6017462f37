"""The project's own question rows → judged questions on a corpus.

The file is JSONL, a question a line: `question`, `after` (the question before it, a list of those before it, of which
the last counts, or null), `status` (`answered` or `not_found`) and `must` (strings that an answer has to contain,
compared without half-spaces, spaces and letter variants). `must_not`, what no item of an answer may contain, is not
looked at here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from retrieval.corpus.encoding import read_text
from retrieval.errors import CorpusError
from retrieval.evaluation.datasets.judged import NAME_A_FILE, Collection, Judged, Span
from retrieval.text.orthography import bare
from retrieval.text.passages import sentences_of
from retrieval.text.safe import printable
from retrieval.types import Article

_REMEDY = 'write an object with "question", "status" and "must"'


def read(path: Path, articles: Sequence[Article], name: str = "") -> Collection:
    """The questions of a file, judged on `articles`.

    In every sentence that holds all of `must`, the answer is the span from the first of them to the last. Where no
    sentence holds all, every string found is an answer by itself. Rows of another status, as greetings have, are passed
    over.

    Args:
        path: the file.
        articles: the corpus that is asked.
        name: what its figures are reported under; by default the file's stem.

    Raises:
        CorpusError: the file cannot be read, or a line of it is no such object. A question none of whose `must`
            stands in the articles' texts is left out and is among the collection's `problems`.
    """
    name = name or path.stem
    searched = [_Searched(article) for article in articles]
    questions: list[Judged] = []
    problems: list[CorpusError] = []
    for number, line in enumerate(read_text(path, NAME_A_FILE).split("\n"), start=1):
        if not line.strip():
            continue
        question, after, status, must = _row(line, path, number)
        found = _answers(must, searched) if status == "answered" else []
        if found or status == "not_found":
            golds = tuple(dict.fromkeys(passage for passage, _ in found))
            answers = tuple(answer for _, answer in found)
            questions.append(Judged(f"{name}/{number}", question, name, golds, answers, bool(found), after))
        elif status == "answered":
            reason = "what the answer must contain stands in no sentence of the corpus"
            problems.append(CorpusError(path, reason, "its question is left out", number))
    if not questions:
        raise CorpusError(path, "it has no question that this corpus can be judged by", _REMEDY)
    return Collection(tuple(articles), tuple(questions), tuple(problems))


def _row(line: str, path: Path, number: int) -> tuple[str, str, str, list[str]]:
    """Question, the question before it, status and the pieces of one line."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise CorpusError(path, f"it is not JSON ({error})", "write one JSON object a line", number) from None
    if not isinstance(row, dict):
        raise CorpusError(path, "it is no object", _REMEDY, number)
    question, status, must = row.get("question"), row.get("status", "answered"), row.get("must") or []
    if not isinstance(question, str) or not isinstance(status, str):
        raise CorpusError(path, "it has no question", _REMEDY, number)
    if not isinstance(must, list) or not all(isinstance(piece, str) and squeeze(piece) for piece in must):
        raise CorpusError(path, '"must" is no list of texts', _REMEDY, number)
    if status == "answered" and not must:
        raise CorpusError(path, 'an answered question has no "must"', _REMEDY, number)
    after = row.get("after") or ""
    before = after[-1] if isinstance(after, list) else after
    return printable(question), printable(str(before)), status, must


@lru_cache(maxsize=4096)
def _squeezed_letter(letter: str) -> str:
    return "" if letter.isspace() else bare(letter)


def squeeze(text: str) -> str:
    """A text as `must` is compared with it: without half-spaces, spaces and letter variants."""
    return "".join(map(_squeezed_letter, text))


class _Searched:
    """An article whose squeezed text is kept, for many questions are looked for in it."""

    def __init__(self, article: Article) -> None:
        self._article = article
        self._whole = squeeze(article.text)

    def places(self, pieces: Sequence[str]) -> Iterator[tuple[Span, list[Span]]]:
        """For each sentence that has some of the squeezed pieces: its passage, and where those pieces stand."""
        if not any(piece in self._whole for piece in pieces):
            return
        for sentence in sentences_of(self._article):
            found = [_locate(piece, sentence.text, sentence.start) for piece in pieces]
            if any(found):
                whole = Span(self._article.id, sentence.passage.start, sentence.passage.end)
                yield whole, [Span(self._article.id, *place) for place in found if place]


def _answers(must: Sequence[str], articles: Sequence[_Searched]) -> list[tuple[Span, Span]]:
    """The passage and the span of each answer: of all pieces together, else of each piece."""
    pieces = [squeeze(piece) for piece in must]
    places = [place for article in articles for place in article.places(pieces)]
    complete = [
        (passage, Span(passage.article, min(span.start for span in spans), max(span.end for span in spans)))
        for passage, spans in places
        if len(spans) == len(pieces)
    ]
    return complete or [(passage, span) for passage, spans in places for span in spans]


def _locate(piece: str, text: str, offset: int) -> tuple[int, int] | None:
    """Where a squeezed piece first stands in `text`, as offsets in the article that `text` begins at."""
    letters = [(letter, place) for place, raw in enumerate(text) for letter in _squeezed_letter(raw)]
    start = "".join(letter for letter, _ in letters).find(piece)
    return None if start < 0 else (offset + letters[start][1], offset + letters[start + len(piece) - 1][1] + 1)
