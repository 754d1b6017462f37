"""Retrieval on judged questions: `make evaluate`.

All paragraphs of the SQuAD files in ../shared/eval form one collection. A sentence is right if it holds the start of a
gold answer. Prints, for each file, S@1 and S@5 (a right sentence comes first, or among the first five), MRR@10, P@1
(the first sentence is from the gold paragraph), A@1 (the first claim of the answer is from the gold paragraph and
contains a gold answer) and the share of questions that are answered at all.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.answer import Citation, compose
from retrieval import Hit, Retriever

EVAL = Path(__file__).resolve().parents[2] / "shared" / "eval"
FILES = {"PQuAD": EVAL / "pquad_validation.json", "natural": EVAL / "natural_questions.json"}
DEPTH = 10


@dataclass(frozen=True, slots=True)
class Judged:
    """A question with its gold answers.

    Args:
        question: as it was asked.
        article: the id of the article that answers it.
        paragraph: the gold paragraph's span in that article's text.
        answers: the answers' starts in that text, and their wordings; empty for a question without an answer.
    """

    question: str
    article: str
    paragraph: tuple[int, int]
    answers: tuple[tuple[int, str], ...]


def read_squad(path: Path) -> tuple[list[dict[str, str]], list[Judged]]:
    """The articles (as JSONL rows) and the questions of a SQuAD file; blank lines part an article's paragraphs."""
    articles, questions = [], []
    for number, entry in enumerate(json.loads(path.read_text(encoding="utf-8"))["data"]):
        name, text = f"{path.stem}/{number}", ""
        for paragraph in entry["paragraphs"]:
            start = len(text)
            text += f"{paragraph['context']}\n\n"
            for asked in paragraph["qas"]:
                answers = (
                    ()
                    if asked.get("is_impossible")
                    else tuple((start + answer["answer_start"], answer["text"]) for answer in asked["answers"])
                )
                questions.append(Judged(asked["question"], name, (start, len(text) - 2), answers))
        articles.append({"id": name, "title": entry.get("title") or "", "text": text})
    return articles, questions


def is_right(hit: Hit, judged: Judged) -> bool:
    """Whether the sentence holds the start of a gold answer."""
    return hit.article.id == judged.article and any(
        hit.sentence.start <= start < hit.sentence.end for start, _ in judged.answers
    )


def _contains_answer(citation: Citation, judged: Judged) -> bool:
    start, end = judged.paragraph
    inside = citation.article.id == judged.article and start <= citation.start and citation.end <= end
    quote = citation.article.text[citation.start : citation.end]
    return inside and any(answer in quote for _, answer in judged.answers)


def measures(retriever: Retriever, questions: list[Judged]) -> Iterator[dict[str, float]]:
    """The measures of each answerable question."""
    for judged in questions:
        if not judged.answers:
            continue
        question = retriever.read(judged.question)
        hits = retriever.search(question, DEPTH)
        claims = compose(question, hits, retriever.analyzer)
        ranks = [rank for rank, hit in enumerate(hits, start=1) if is_right(hit, judged)]
        first = ranks[0] if ranks else DEPTH + 1
        start, end = judged.paragraph
        yield {
            "S@1": first == 1,
            "S@5": first <= 5,
            "MRR@10": 1 / first if first <= DEPTH else 0.0,
            "A@1": bool(claims) and _contains_answer(claims[0].citation, judged),
            "answered": bool(claims),
            "P@1": bool(hits) and hits[0].article.id == judged.article and start <= hits[0].sentence.start < end,
        }


def main() -> int:
    """Print the table."""
    if not all(path.exists() for path in FILES.values()):
        print(f"The judged questions are not in {EVAL}.", file=sys.stderr)
        return 2
    read = {name: read_squad(path) for name, path in FILES.items()}
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as collection:
        for articles, _ in read.values():
            collection.writelines(json.dumps(article, ensure_ascii=False) + "\n" for article in articles)
        collection.flush()
        retriever = Retriever.from_corpus(collection.name, announce=print)
    print(f"{len(retriever.articles)} articles, {len(retriever.index.sentences)} sentences")
    for name, (_, questions) in read.items():
        began = time.perf_counter()
        rows = list(measures(retriever, questions))
        rate = len(rows) / (time.perf_counter() - began)
        means = "  ".join(f"{measure} {sum(row[measure] for row in rows) / len(rows):.3f}" for measure in rows[0])
        print(f"{name:8} {len(rows):5} questions  {means}  {rate:.0f} questions/s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
