"""What a command does around its work: its streams speak UTF-8, and each way to end has an exit status."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from typing import TextIO

FAILED, INTERRUPTED = 2, 130
"""Exit statuses: after an error, which is told in one line; after Ctrl-C, 128 + 2 as shells have it."""


def speak_utf8(*streams: TextIO) -> None:
    """Let streams speak UTF-8, with a mark in place of what no text has. Others stay as they are."""
    for stream in streams:
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def exit_status(work: Callable[[], int], error: type[Exception], tell: Callable[[str], None]) -> int:
    """The exit status of a command, which is that of its work where it ends by itself.

    Args:
        work: what the command does.
        error: what a user may have caused.
        tell: told of such an error.
    """
    try:
        return work()
    except error as cause:
        tell(str(cause))
        return FAILED
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of the pipe is gone. Without this, Python would complain when it flushes at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0
