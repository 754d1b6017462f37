"""How the processes are started that a front end works with: forked, by a server that has imported what they need.

A process that was forked from the front end's own would share its threads, and the lock on the file of state. One that
starts from nothing imports everything anew, which takes longer than to open an index. The server of the standard
library (multiprocessing's «forkserver») starts from nothing once, with the first process, and ends with the last one.
"""

from __future__ import annotations

import multiprocessing
import sys

if sys.platform == "win32":
    STARTING = multiprocessing.get_context("spawn")
else:
    STARTING = multiprocessing.get_context("forkserver")
    STARTING.set_forkserver_preload(["bot.service.processes", "bot.service.opening", "bot.service.following"])
