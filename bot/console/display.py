"""The terminal: colours where there is one, plain lines where the output is piped."""

from __future__ import annotations

import sys

from bot.dialogue.answer import Answer, Status
from bot.rendering.plain import plain_text
from retrieval import for_terminal

_STYLES = {Status.ANSWERED: "", Status.NOT_FOUND: "yellow", Status.GREETING: "green", Status.CLARIFY: "yellow"}


def show(answer: Answer) -> None:
    """Print an answer to standard output; article text cannot move the cursor or turn the line round."""
    text = for_terminal(plain_text(answer))
    if not sys.stdout.isatty():
        print(text, flush=True)
        return
    from rich.console import Console  # noqa: PLC0415  # a piped answer must not wait for it
    from rich.text import Text  # noqa: PLC0415

    styled = Text(text, style=_STYLES[answer.status])
    styled.highlight_regex(r"^• .*$", "bold")
    styled.highlight_regex(r"\[\d+\]", "cyan")
    styled.highlight_regex(r"(?m)^(?:\[\d+\] )+.*$", "dim")
    Console(highlight=False).print(styled)


def announce(line: str) -> None:
    """Tell on standard error what the user should know."""
    print(for_terminal(line), file=sys.stderr, flush=True)
