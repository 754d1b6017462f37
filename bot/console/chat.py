"""The console chat: one question a line, with line editing and a history on a terminal, and four commands."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.console.display import announce, show
from bot.dialogue.conversation import Conversation
from bot.dialogue.turn import remember
from bot.history import Answered
from bot.rendering.plain import source_line
from bot.wording import texts
from bot.wording.dates import persian_digits
from retrieval.text import for_terminal


def chat(conversation: Conversation, history_file: Path) -> None:
    """Answer questions until `/quit`, Ctrl-D, Ctrl-C, or the end of a pipe.

    Args:
        conversation: answers them.
        history_file: the file with the lines typed in earlier chats, for the arrow keys.
    """
    print(texts.WELCOME.format(articles=persian_digits(len(conversation.retriever.articles))))
    asked: tuple[Answered, ...] = ()
    offers: tuple[str, ...] = ()
    for line in _lines(history_file):
        text = _chosen(line.strip(), offers)
        if text == "/quit":
            return
        if text == "/new":
            asked = ()
        if text.startswith("/"):
            print(for_terminal(_command(text, conversation)))
        elif text:
            turn = conversation.read(text, asked)
            answer = conversation.answer(turn)
            show(answer)
            asked, offers = remember(turn, answer), answer.offers
        print(flush=True)


def _chosen(text: str, offers: Sequence[str]) -> str:
    """What is asked: the question that was offered under the number that is typed, or else what is typed."""
    number = int(text) if text.isdecimal() and len(text) == 1 else 0
    return offers[number - 1] if 1 <= number <= len(offers) else text


def _command(name: str, conversation: Conversation) -> str:
    """The reply to a command."""
    if name == "/help":
        return texts.HELP
    if name == "/new":
        return texts.NEW_TOPIC
    if name == "/sources":
        return "\n".join(f"• {source_line(article)}" for article in conversation.retriever.articles)
    return texts.UNKNOWN_COMMAND


def _lines(history_file: Path) -> Iterator[str]:
    """The lines that the user types, or that are piped in."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        yield from sys.stdin
        return
    from prompt_toolkit import PromptSession  # noqa: PLC0415  # piped questions need no line editor
    from prompt_toolkit.history import FileHistory, History, InMemoryHistory  # noqa: PLC0415

    remembered: History
    try:
        history_file.parent.mkdir(parents=True, exist_ok=True)
        history_file.touch()
        remembered = FileHistory(str(history_file))
    except OSError as error:
        announce(f"{history_file}: the history of questions cannot be kept ({error.strerror})")
        remembered = InMemoryHistory()
    session: PromptSession[str] = PromptSession(history=remembered)
    while True:
        try:
            yield session.prompt("› ")
        except (EOFError, KeyboardInterrupt):
            return
