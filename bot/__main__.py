"""The command `bot`: `bot chat`, `bot ask QUESTION`, `bot telegram`, `bot state move`."""

from __future__ import annotations

import argparse
import gc
import json
import sys
import time
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from functools import partial
from pathlib import Path

from bot import settings
from bot.console.chat import chat
from bot.console.display import announce, show
from bot.dialogue.conversation import Conversation
from bot.dialogue.stream import read_line
from bot.rendering.plain import to_json
from bot.service.opening import open_conversation
from bot.settings import Settings
from retrieval import SOURCES, PasokhError
from retrieval.system import FAILED, exit_status, speak_utf8

ALLOCATIONS_PER_COLLECTION = 50_000
"""New objects after which Python looks for cycles. The start makes many that stay; to look at them early only costs."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command.

    Args:
        arguments: of the command line; those of the process by default.

    Returns:
        The exit status.
    """
    gc.set_threshold(ALLOCATIONS_PER_COLLECTION)
    speak_utf8(sys.stdin, sys.stdout, sys.stderr)
    options = _parser().parse_args(arguments)
    return exit_status(partial(_run, options), PasokhError, lambda reason: announce(f"bot: {reason}"))


def _run(options: argparse.Namespace) -> int:
    if options.command == "ask":
        return _ask(options)
    if options.command == "telegram":
        _telegram(options)
    elif options.command == "state":
        _move_state(options)
    else:
        _chat(options)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bot", description="Ask a folder of Persian articles.")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    parser.set_defaults(corpus=None)
    for name, purpose in (
        ("chat", "chat in the console (the default)"),
        ("ask", "answer one question, or many"),
        ("telegram", "answer in Telegram until stopped"),
    ):
        command = commands.add_parser(name, help=purpose, description=purpose)
        command.add_argument("--corpus", type=Path, metavar="DIR", help="folder of articles, or one file of them")
    ask = commands.choices["ask"]
    ask.add_argument("--json", action="store_true", help="print one JSON object")
    ask.add_argument("--after", metavar="Q", help="the question asked before this one")
    ask.add_argument("question", metavar="QUESTION", help="the question; `-` reads one a line and prints JSON lines")
    purpose = "move what the Telegram bot remembers from its file to the database of PASOKH_STATE"
    state = commands.add_parser("state", help=purpose, description=purpose)
    state.add_argument("action", choices=["move"], help="move everything; the file stays as it is")
    state.add_argument("--file", type=Path, metavar="FILE", help="the file, by default the one in PASOKH_DATA")
    return parser


def _settings(options: argparse.Namespace) -> Settings:
    """The settings in force. The option `--corpus` comes before the setting."""
    chosen = settings.load()
    return chosen if options.corpus is None else replace(chosen, corpus=options.corpus)


def _conversation(chosen: Settings) -> Conversation:
    """The conversation over the corpus, after a line about each file that was left out."""
    conversation = open_conversation(chosen, announce)
    for problem in conversation.retriever.problems:
        announce(f"bot: left out: {problem}")
    return conversation


def _chat(options: argparse.Namespace) -> None:
    from bot.service.following import following  # noqa: PLC0415  # `bot ask` follows no changes, and starts the faster

    chosen = _settings(options)
    conversation = _conversation(chosen)
    with following(conversation, announce), _fetching(chosen):
        chat(conversation, chosen.data / "history")


def _fetching(chosen: Settings) -> AbstractContextManager[None]:
    """What fetches the sources of the corpus while it is answered from; nothing where it has none."""
    if not (chosen.corpus / SOURCES).is_file():
        return nullcontext()
    from bot.service.fetching import fetching  # noqa: PLC0415  # most chats need neither it nor its settings
    from bot.service.settings import FetchSettings, read  # noqa: PLC0415

    return fetching(chosen.corpus, read(FetchSettings), lambda line: announce(f"bot: {line}"))


def _telegram(options: argparse.Namespace) -> None:
    # Not imported above: the console and `bot ask` need nothing of it, and start the faster.
    from bot.service.settings import FetchSettings, read  # noqa: PLC0415
    from bot.telegram.app import run  # noqa: PLC0415
    from bot.telegram.settings import load  # noqa: PLC0415

    chosen = _settings(options)
    telegram = load()
    run(chosen, read(FetchSettings), telegram, partial(open_conversation, chosen, announce, telegram.collections))


def _move_state(options: argparse.Namespace) -> None:
    """Move the file of state to PostgreSQL, and print how much it was."""
    from bot.state.opening import move  # noqa: PLC0415  # no other command needs it
    from bot.telegram.app import STATE_FILE  # noqa: PLC0415

    chosen = _settings(options)
    if not chosen.state:
        raise settings.setting_error(f"{settings.PREFIX}STATE", "is not set, so it is not known where to move to")
    for table, count in move(options.file or chosen.data / STATE_FILE, chosen.state).items():
        print(f"{table}: {count}")


def _ask(options: argparse.Namespace) -> int:
    """Answer a question, or a stream of them.

    Returns:
        The exit status: `FAILED` where a line of the stream was none.
    """
    if not options.question.strip():
        raise PasokhError("the question is empty; write it behind `bot ask`, or give `-` to read questions from a pipe")
    conversation = _conversation(_settings(options))
    history = () if options.after is None else (options.after,)
    if options.question == "-":
        return _stream(conversation, history)
    began = time.perf_counter()
    answer = conversation.ask(options.question, history)
    if options.json:
        _print_json(to_json(answer, time.perf_counter() - began))
    else:
        show(answer)
    return 0


def _stream(conversation: Conversation, history: tuple[str, ...]) -> int:
    """Answer the lines of standard input, an object each. A line that is no question gets one that says so."""
    status = 0
    for line in sys.stdin:
        began = time.perf_counter()
        try:
            asked = read_line(line.rstrip("\r\n"), history)
        except PasokhError as error:
            status = FAILED
            _print_json({"error": str(error)})
            continue
        answer = conversation.ask(asked.question, asked.after, asked.now)
        _print_json(to_json(answer, time.perf_counter() - began))
    return status


def _print_json(row: dict[str, object]) -> None:
    print(json.dumps(row, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    sys.exit(main())
