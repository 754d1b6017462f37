"""PDFium in a process of its own: what loops, grows or breaks in a file ends that process alone."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from retrieval.corpus.pdf.worker import main as worker
from retrieval.corpus.readers.record import FaultError

MAX_WAIT = 60
"""Seconds after which the process is ended even where the system does not bound what it computes."""

_REMEDIES = {
    worker.NO_LIBRARY: ("the library that reads PDF is not installed", "run `pip install 'pasokh[pdf]'`"),
    worker.PASSWORD: ("it is protected by a password", "save it without one"),
    worker.DAMAGED: ("it is damaged, or no PDF", "open it in a browser and print it as PDF"),
}
_TOO_MUCH = "it breaks the reader, or takes too much time or memory", "split it, or print it as PDF from a browser"


class Line(NamedTuple):
    """A line of a page.

    Args:
        cells: its words in the order of reading, parted where it has wide gaps.
        edges: the left and the right edge of each cell, in points.
        left, right, bottom: its edges, in points.
        size: the height of its letters, in points.
        bold: whether most of them are bold.
        place: the height that it stands at: 0 at the page's foot, 1 at its head.
        is_head: whether it is the head of a table.
        band: in a table that rules draw, the foot and the head of the row that it stands in, in points.
    """

    cells: list[str]
    edges: list[tuple[float, float]]
    left: float
    right: float
    bottom: float
    size: float
    bold: bool
    place: float
    is_head: bool = False
    band: tuple[float, float] | None = None

    @property
    def text(self) -> str:
        """Its words."""
        return " ".join(filter(None, self.cells))


class Extract(NamedTuple):
    """What PDFium finds in a file.

    Args:
        said: what the file says of itself, by the names of its information dictionary.
        pages: their lines.
    """

    said: dict[str, str]
    pages: list[list[Line]]


def extracted(content: bytes) -> Extract:
    """What PDFium finds in a PDF.

    Raises:
        FaultError: it is none, is protected, or takes too much; or PDFium is not installed.
    """
    with tempfile.TemporaryDirectory() as folder:
        file, written = Path(folder, "file.pdf"), Path(folder, "lines.json")
        file.write_bytes(content)
        with written.open("wb") as out:
            status = _run([sys.executable, "-E", "-s", "-m", "worker.main", str(file)], out)
        if status:
            raise FaultError(*_REMEDIES.get(status, _TOO_MUCH))
        with written.open(encoding="utf-8") as lines:
            head = json.loads(next(lines))
            return Extract(head["said"], [[_line(line) for line in json.loads(page)] for page in lines])


def _run(command: list[str], out: BinaryIO) -> int:
    """The exit status of a command; below 0 where it was ended."""
    try:
        ended = subprocess.run(  # noqa: S603  # the command is this program's own
            command,
            cwd=Path(__file__).parent,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.DEVNULL,
            timeout=MAX_WAIT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return -1
    return ended.returncode


def _line(fields: dict[str, Any]) -> Line:
    band = fields.pop("band")
    return Line(**fields, band=tuple(band) if band else None)
