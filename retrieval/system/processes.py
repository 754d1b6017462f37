"""Processes that work for another one, and end when it says so or when it ends."""

from __future__ import annotations

import os
import signal


def end_with_parent() -> None:
    """Let this process end with the process that started it, however that one ends. SIGINT and SIGTERM are ignored."""
    import multiprocessing  # noqa: PLC0415  # one question is answered without processes
    import threading  # noqa: PLC0415

    # Ctrl-C and systemd signal every process of the group; the parent decides when its children stop.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    parent = multiprocessing.parent_process()

    def wait() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=wait, daemon=True).start()
