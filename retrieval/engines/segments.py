"""The files of tantivy's segments: which are in use, and whether they are whole. tantivy itself trusts its files."""

from __future__ import annotations

import json
from mmap import ACCESS_READ, mmap
from pathlib import Path
from struct import Struct
from zlib import crc32

_TAIL, _MAGIC = Struct("<II"), 1337
"""The end of each file, the length of its footer and a magic number (tantivy's `directory/footer.rs`)."""


def files(folder: Path) -> list[Path]:
    """The files of the segments that the index in a folder uses.

    Raises:
        ValueError: the list of segments is damaged.
        OSError: it cannot be read.
    """
    try:
        segments = json.loads((folder / "meta.json").read_bytes())["segments"]
        names = {segment["segment_id"].replace("-", "") for segment in segments}
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError("meta.json is damaged") from error
    return [file for file in folder.iterdir() if file.name.partition(".")[0] in names]


def check(file: Path, *, whole: bool) -> None:
    """Check the footer of a segment's file, since a damaged file can make tantivy panic.

    A file ends with a footer in JSON, the footer's length, and a magic number.

    Args:
        file: the file.
        whole: whether to compare its content with the footer's checksum as well.

    Raises:
        ValueError: it is cut short or damaged.
        OSError: it cannot be read.
    """
    with file.open("rb") as opened, mmap(opened.fileno(), 0, access=ACCESS_READ) as content:
        end = len(content) - _TAIL.size
        size, magic = _TAIL.unpack_from(content, end) if end > 0 else (0, 0)
        if magic != _MAGIC:
            raise ValueError(f"{file.name} is cut short")
        if whole:
            with memoryview(content) as view, view[: end - size] as checked:
                right = crc32(checked) == json.loads(content[end - size : end])["crc"]
            if not right:
                raise ValueError(f"{file.name} is damaged")
