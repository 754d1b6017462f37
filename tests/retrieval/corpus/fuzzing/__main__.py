"""The command: how many damaged files of each format are read, of which formats, and with which seed."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from tests.retrieval.corpus.fuzzing.fuzz import fuzz, keep
from tests.retrieval.corpus.fuzzing.samples import samples


def main() -> int:
    """Print a table; the exit status is 1 where something was no fault."""
    parser = argparse.ArgumentParser(prog="fuzzing", description=__doc__)
    parser.add_argument("count", type=int, help="damaged files of each format")
    parser.add_argument("formats", nargs="*", help="endings; default: all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="a folder for what was no fault")
    options = parser.parse_args()
    print("| format | files | articles | faults | no fault | slowest, s | s |")
    print(f"|---{'|---:' * 6}|")
    wrong = 0
    for ending, sound in samples().items():
        if options.formats and ending not in options.formats:
            continue
        began = time.perf_counter()
        outcome = fuzz(ending, sound, options.count, options.seed)
        wrong += len(outcome.wrong)
        counted = " | ".join(str(outcome.counts[name]) for name in ("files", "articles", "faults"))
        spent = time.perf_counter() - began
        print(f"| {ending} | {counted} | {len(outcome.wrong)} | {outcome.slowest:.2f} | {spent:.0f} |", flush=True)
        for told, _ in outcome.wrong[:3]:
            print(told, file=sys.stderr)
        if options.keep:
            options.keep.mkdir(parents=True, exist_ok=True)
            keep(outcome, ending, options.keep)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
