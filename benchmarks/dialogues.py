"""How the questions of dialogues are answered, first ones and later ones: part of `make evaluate`.

    python -m benchmarks.dialogues [FILE]

FILE is JSONL, a dialogue a line: `id`, `title` and `text` of an article, and `questions`, each with its `answers`, none
where the article does not answer it. All articles are one corpus; each dialogue is asked in its order, as in a chat.

A question is answered rightly where the first claim quotes its article and holds an answer, or is a part of one,
compared as `retrieval.evaluation.datasets.question_rows` does.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from bot.dialogue.answer import Answer
from bot.dialogue.conversation import Conversation
from bot.dialogue.turn import remember
from bot.history import History
from retrieval.evaluation.datasets.question_rows import squeeze
from retrieval.evaluation.measuring.runs import retriever_over
from retrieval.types import Article

DIALOGUES = Path(__file__).resolve().parents[2] / "shared" / "eval" / "dialogues.jsonl"
FIRST, LATER = "first", "later"


def dialogues_in(file: Path) -> list[dict[str, Any]]:
    """The dialogues of a file."""
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


def articles_of(dialogues: Iterable[Mapping[str, Any]]) -> list[Article]:
    """Their articles."""
    return [Article(str(one["id"]), one["title"], one["text"]) for one in dialogues]


def is_right(quote: str, wanted: Iterable[str]) -> bool:
    """Whether a quotation holds an answer, or is a part of one; both as `squeeze` spells them."""
    return bool(quote) and any(found in quote or quote in found for found in wanted)


def judge(answer: Answer, article: str, wanted: Iterable[str]) -> str:
    """What became of a question: `right`, `wrong`, `unsure` or `refused`."""
    if not answer.claims:
        return "unsure" if answer.nearest else "refused"
    claim = answer.claims[0]
    holds = is_right(squeeze(claim.quote), map(squeeze, wanted))
    return "right" if holds and claim.citation.article.id == article else "wrong"


def ask(conversation: Conversation, dialogue: Mapping[str, Any]) -> Counter[tuple[str, bool, str]]:
    """Place in the dialogue, whether it has an answer, what became of it → how many of a dialogue's questions."""
    found: Counter[tuple[str, bool, str]] = Counter()
    history: History = ()
    for place, asked in enumerate(dialogue["questions"]):
        turn = conversation.read(asked["question"], history)
        answer = conversation.answer(turn)
        history = remember(turn, answer)
        outcome = judge(answer, str(dialogue["id"]), asked["answers"])
        found[FIRST if place == 0 else LATER, bool(asked["answers"]), outcome] += 1
    return found


def table(found: Mapping[tuple[str, bool, str], int]) -> str:
    """The shares as lines of text."""
    lines = []
    for place in (FIRST, LATER):
        for has_answer in (True, False):
            counts = {outcome: count for (at, has, outcome), count in found.items() if (at, has) == (place, has_answer)}
            total = sum(counts.values())
            shares = ", ".join(f"{outcome} {count / total:.3f}" for outcome, count in sorted(counts.items()))
            kind = "answerable" if has_answer else "unanswerable"
            lines.append(f"{place}, {kind}: {total} questions: {shares}")
    return "\n".join(lines)


def main(file: Path) -> None:
    """Ask the dialogues of a file and print the shares."""
    dialogues = dialogues_in(file)
    conversation = Conversation(retriever_over(articles_of(dialogues), "auto"))
    print(table(sum((ask(conversation, one) for one in dialogues), Counter())))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else DIALOGUES)
