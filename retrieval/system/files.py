"""Files that the project writes for itself: behind a checksum, replaced in one step."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

_DIGEST_SIZE = 16


def fingerprint(content: bytes) -> str:
    """What tells one content from another."""
    return _digest(content).hex()


def read_checked(path: Path) -> bytes | None:
    """What `write_checked` stored in `path`; None where the file is damaged.

    Raises:
        OSError: there is no such file, or it cannot be read.
    """
    stored = path.read_bytes()
    digest, content = stored[:_DIGEST_SIZE], stored[_DIGEST_SIZE:]
    return content if _digest(content) == digest else None


def write_checked(path: Path, content: bytes) -> None:
    """Store `content`: a reader sees the old file or the new one, and what was there before stays if this fails.

    Raises:
        OSError: the folder cannot be written, or the disk is full.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(_digest(content))
            file.write(content)
        os.replace(temporary, path)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise


def _digest(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=_DIGEST_SIZE).digest()
