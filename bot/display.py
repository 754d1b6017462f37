"""The terminal: colours and progress where there is one, plain lines where the output is piped."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator

from bot.answer import Answer, Status
from bot.rendering import plain_text
from retrieval import Article, for_terminal

PATIENCE = 1.0
"""Seconds of indexing before a progress bar appears."""

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


def track(articles: tuple[Article, ...]) -> Iterator[Article]:
    """Pass the articles on, with a progress bar on standard error once it takes longer than `PATIENCE`."""
    began = time.monotonic()
    rest = iter(articles)
    for done, article in enumerate(rest):
        yield article
        if time.monotonic() - began > PATIENCE and sys.stderr.isatty():
            from rich.console import Console  # noqa: PLC0415
            from rich.progress import track as progress  # noqa: PLC0415

            total, console = len(articles) - done - 1, Console(stderr=True)
            yield from progress(rest, description="Indexing articles", total=total, console=console)
