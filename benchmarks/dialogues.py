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

from bot.dialogue.answer import Answer
from bot.dialogue.conversation import Conversation
from bot.dialogue.turn import History, remember
from retrieval.evaluation.datasets.question_rows import squeeze
from retrieval.evaluation.measuring.runs import retriever_over
from retrieval.types import Article

DIALOGUES = Path(__file__).resolve().parents[2] / "shared" / "eval" / "dialogues.jsonl"
FIRST, LATER = "first", "later"


def judge(answer: Answer, article: str, wanted: Iterable[str]) -> str:
    """What became of a question: `right`, `wrong`, `unsure` or `refused`."""
    if not answer.claims:
        return "unsure" if answer.nearest else "refused"
    claim = answer.claims[0]
    quote = squeeze(claim.quote)
    holds = any(found in quote or quote in found for found in map(squeeze, wanted))
    return "right" if quote and holds and claim.citation.article.id == article else "wrong"


def ask(conversation: Conversation, dialogue: Mapping[str, object]) -> Counter[tuple[str, bool, str]]:
    """Place in the dialogue, whether it has an answer, what became of it → how many of a dialogue's questions."""
    found: Counter[tuple[str, bool, str]] = Counter()
    history: History = ()
    questions = dialogue["questions"]
    assert isinstance(questions, list)
    for place, asked in enumerate(questions):
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
    dialogues = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    articles = [Article(str(one["id"]), one["title"], one["text"]) for one in dialogues]
    conversation = Conversation(retriever_over(articles, "auto"))
    print(table(sum((ask(conversation, one) for one in dialogues), Counter())))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else DIALOGUES)
