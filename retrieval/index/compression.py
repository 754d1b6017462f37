"""Bytes ↔ compressed bytes with a checksum, so that what is damaged is not read as something else.

Zstandard (RFC 8878; https://github.com/indygreg/python-zstandard), at the level that costs least: of what an article
needs it takes two fifths of zlib's time, and less space.
"""

from __future__ import annotations

import threading

import zstandard

from retrieval.errors import DamagedError

LEVEL = 1


class _Contexts(threading.local):
    """Each thread's own: they keep their tables from one call to the next, and are not shared."""

    def __init__(self) -> None:
        self.compressor = zstandard.ZstdCompressor(level=LEVEL, write_checksum=True)
        self.decompressor = zstandard.ZstdDecompressor()


_contexts = _Contexts()


def compress(content: bytes) -> bytes:
    """One frame; its checksum is the lower half of XXH64."""
    return _contexts.compressor.compress(content)


def decompress(packed: bytes) -> bytes:
    """What `compress` made.

    Raises:
        DamagedError: it is damaged.
    """
    try:
        return _contexts.decompressor.decompress(packed)
    except (zstandard.ZstdError, MemoryError) as error:  # a damaged header may tell of any size
        raise DamagedError(f"the stored index is damaged ({error})") from error
