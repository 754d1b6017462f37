"""Files that are replaced in one step, files behind a checksum, and where those of a user lie."""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from platformdirs import user_data_path

_DIGEST_SIZE = 16


def default_data_folder() -> Path:
    """Where the platform keeps a user's application data."""
    return user_data_path("pasokh")


def fingerprint(content: bytes) -> str:
    """A digest of `content`, in hexadecimal digits."""
    return _digest(content).hex()


def replace_file(path: Path, content: bytes) -> None:
    """Write a file whole or not at all: readers see the old content or the new one, and after a failure the old one.

    Until it is whole it has a hidden name beside its own, which goes with every failure. A symbolic link stays, and
    what it points to is replaced.

    Raises:
        OSError: the folder is missing or cannot be written, the disk is full, or `path` is not a regular file.
    """
    path = path.resolve()
    if path.exists() and not path.is_file():
        raise OSError(errno.EINVAL, "it is not a regular file", str(path))
    temporary = path.with_name(f".{secrets.token_hex(8)}")
    try:
        with temporary.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def remove(path: Path) -> None:
    """Remove the file or the folder at a path, if there is one. What of a folder cannot be removed stays."""
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def write_checked(path: Path, content: bytes) -> None:
    """Store `content` behind its checksum, by `replace_file`; the folder is made if need be.

    Raises:
        OSError: see `replace_file`.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    replace_file(path, _digest(content) + content)


def read_checked(path: Path) -> bytes | None:
    """What `write_checked` stored; None where the file is damaged.

    Raises:
        OSError: there is no such file, or it cannot be read.
    """
    stored = path.read_bytes()
    digest, content = stored[:_DIGEST_SIZE], stored[_DIGEST_SIZE:]
    return content if _digest(content) == digest else None


def kept(path: Path, make: Callable[[], bytes], tell: Callable[[OSError], None] = lambda _: None) -> bytes:
    """What a file keeps; where it is missing or damaged, that is made, and kept there.

    Args:
        path: the file, as `write_checked` writes it.
        make: makes its content.
        tell: told why that cannot be kept; it will be made again.
    """
    with suppress(OSError):
        if (content := read_checked(path)) is not None:
            return content
    content = make()
    try:
        write_checked(path, content)
    except OSError as error:
        tell(error)
    return content


def _digest(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=_DIGEST_SIZE).digest()
