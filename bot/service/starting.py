"""How the processes are started that a front end works with: forked, by a server that has imported what they need.

A process that was forked from the front end's own would share its threads, and the lock on the file of state. One that
starts from nothing imports everything anew, which takes longer than to open an index. The server of the standard
library (multiprocessing's «forkserver») starts from nothing once, with the first process, and ends with the last one.
"""

from __future__ import annotations

import multiprocessing
import signal
import sys

PRELOADED = ["bot.service.processes", "bot.service.opening", "bot.service.following"]
"""The modules that the server imports: those of the functions that processes are started with."""

if sys.platform == "win32":

    def starting() -> multiprocessing.context.SpawnContext:
        """The kind of processes to start."""
        return multiprocessing.get_context("spawn")

else:

    def starting() -> multiprocessing.context.ForkServerContext:
        """The kind of processes to start; the server that forks them runs."""
        from multiprocessing import forkserver, resource_tracker  # noqa: PLC0415  # they are not on every system

        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(PRELOADED)
        resource_tracker.ensure_running()  # before the signal is blocked, for it unblocks that
        # systemd sends SIGTERM to every process of a service; without the server, its children count as dead.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
        try:
            forkserver.ensure_running()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        return context
