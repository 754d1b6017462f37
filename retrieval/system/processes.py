"""Processes that work for another: they stop when it says so, and not later than it."""

from __future__ import annotations

import os
import signal


def end_with_parent() -> None:
    """Let this process end with the one that started it, however that ends, and with nothing else."""
    import multiprocessing  # noqa: PLC0415  # whoever answers one question starts none
    import threading  # noqa: PLC0415

    # Ctrl-C and systemd tell every process at once; when to stop is for the bot to say.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    parent = multiprocessing.parent_process()

    def wait() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=wait, daemon=True).start()
