"""Output: in colours on a terminal, in plain lines where it is piped."""

from __future__ import annotations

import sys

from bot.dialogue.answer import Answer, Status
from bot.rendering.plain import plain_text
from retrieval.text import for_terminal

_STYLES = {Status.ANSWERED: "", Status.NOT_FOUND: "yellow", Status.GREETING: "green", Status.CLARIFY: "yellow"}


def show(answer: Answer) -> None:
    """Print an answer to standard output. The text of an article can neither move the cursor nor turn a line round."""
    text = for_terminal(plain_text(answer))
    if not sys.stdout.isatty():
        print(text, flush=True)
        return
    from rich.console import Console  # noqa: PLC0415  # it takes long to import, and a piped answer does not need it
    from rich.text import Text  # noqa: PLC0415

    styled = Text(text, style=_STYLES[answer.status])
    styled.highlight_regex(r"^• .*$", "bold")
    styled.highlight_regex(r"\[\d+\]", "cyan")
    styled.highlight_regex(r"(?m)^(?:\[\d+\] )+.*$", "dim")
    Console(highlight=False).print(styled)


def announce(line: str) -> None:
    """Print a line that the user should know of to standard error."""
    print(for_terminal(line), file=sys.stderr, flush=True)
