"""The console chat: a question a line, with history and editing on a terminal, and three commands."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from bot import texts
from bot.console.display import announce, show
from bot.dates import persian_digits
from bot.dialogue.conversation import Conversation
from bot.dialogue.turn import History as Topic
from bot.dialogue.turn import remember
from bot.rendering.plain import source_line
from retrieval import for_terminal


def chat(conversation: Conversation, history: Path) -> None:
    """Answer questions until `/quit`, Ctrl-D or Ctrl-C.

    Args:
        conversation: who answers.
        history: the file that remembers the questions of earlier chats.
    """
    print(texts.WELCOME.format(articles=persian_digits(len(conversation.retriever.articles))))
    topic: Topic = ()
    for line in _lines(history):
        text = line.strip()
        if text == "/quit":
            return
        if text == "/new":
            topic = ()
        if text.startswith("/"):
            print(for_terminal(_command(text, conversation)))
        elif text:
            turn = conversation.read(text, topic)
            answer = conversation.answer(turn)
            show(answer)
            topic = remember(turn, answer)
        print(flush=True)


def _command(name: str, conversation: Conversation) -> str:
    if name == "/help":
        return texts.HELP
    if name == "/new":
        return texts.NEW_TOPIC
    if name == "/sources":
        return "\n".join(f"• {source_line(article)}" for article in conversation.retriever.articles)
    return texts.UNKNOWN_COMMAND


def _lines(history: Path) -> Iterator[str]:
    """What the user types, or what is piped in."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        yield from sys.stdin
        return
    from prompt_toolkit import PromptSession  # noqa: PLC0415  # piped questions need no line editor
    from prompt_toolkit.history import FileHistory, History, InMemoryHistory  # noqa: PLC0415

    remembered: History
    try:
        history.parent.mkdir(parents=True, exist_ok=True)
        history.touch()
        remembered = FileHistory(str(history))
    except OSError as error:
        announce(f"{history}: the history of questions cannot be kept ({error.strerror})")
        remembered = InMemoryHistory()
    session: PromptSession[str] = PromptSession(history=remembered)
    while True:
        try:
            yield session.prompt("› ")
        except (EOFError, KeyboardInterrupt):
            return
