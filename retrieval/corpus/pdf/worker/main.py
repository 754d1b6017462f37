"""The process in which PDFium reads a file: it prints a line of JSON for the file, then one for each page.

Its limits are set before the file is opened: what loops or grows is ended by the system.
"""

from __future__ import annotations

import contextlib
import json
import sys
from typing import Any

from .cells import lines_of
from .page import glyphs_of, rules_of

MAX_MEMORY, MAX_SECONDS, MAX_WRITTEN = 256_000_000, 8, 16_000_000
"""Bytes that the process may map, seconds that it may compute, and bytes that it may write."""
MAX_SECONDS_OF_BOOK, LETTERS_A_SECOND = 40, 25_000
"""Seconds that it may compute at the most, and for how many letters found it may compute one more. PDFium gives some
70,000 a second; a machine may be three times slower."""
PASSWORD, DAMAGED, NO_LIBRARY = 3, 4, 5
"""Exit statuses."""


def limit() -> None:
    """Bound the time and memory of this process, where the system can."""
    with contextlib.suppress(ImportError):
        import resource  # noqa: PLC0415  # POSIX alone has it

        for kind, most in (
            (resource.RLIMIT_AS, MAX_MEMORY),
            (resource.RLIMIT_CPU, MAX_SECONDS_OF_BOOK),
            (resource.RLIMIT_FSIZE, MAX_WRITTEN),
            (resource.RLIMIT_CORE, 0),
        ):
            with contextlib.suppress(ValueError, OSError):
                resource.setrlimit(kind, (most, most))


def limit_time(letters: int) -> None:
    """Bound the time by what has been found: what computes and finds nothing is ended early, a long book is read."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415  # see `limit`

        most = min(MAX_SECONDS + letters // LETTERS_A_SECOND, MAX_SECONDS_OF_BOOK)
        resource.setrlimit(resource.RLIMIT_CPU, (most, MAX_SECONDS_OF_BOOK))


def main(path: str) -> int:
    """Print what a file says of itself, then its pages, each a list of lines; returns the exit status."""
    try:
        import pypdfium2  # noqa: PLC0415  # it may be missing
    except ModuleNotFoundError:
        return NO_LIBRARY
    limit()
    limit_time(0)
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        return PASSWORD if "password" in str(error).lower() else DAMAGED
    _write({"said": document.get_metadata_dict(skip_empty=True), "pages": len(document)})
    letters = 0
    for number in range(len(document)):
        try:
            page = document[number]
            found = list(glyphs_of(page))
            lines = list(lines_of(found, page.get_height(), rules_of(page)))
            letters += len(found)
            page.close()
        except pypdfium2.PdfiumError:
            lines = []
        _write(lines)
        limit_time(letters)
    return 0


def _write(value: Any) -> None:
    sys.stdout.buffer.write(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace") + b"\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
