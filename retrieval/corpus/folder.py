"""The source that users have: a folder of article files, or one such file."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

from retrieval.corpus.readers.record import FaultError
from retrieval.corpus.readers.registry import check_size
from retrieval.corpus.source import State
from retrieval.errors import CorpusError

SYNONYMS = "synonyms.txt"
"""The name of the file in a corpus folder that holds its synonyms, and no article."""

SOURCES = "sources.toml"
"""The name of the file in a corpus folder that lists what to fetch from the web, and has no article."""

_PAGE_FOLDERS = ("_files", ".files", "-Dateien", "_پرونده‌ها", "_فایل‌ها")
"""What browsers add to a page's name for the folder of its pictures and scripts."""

_SLASH = re.compile("/")

Handle = int | str | None
"""An open folder: its descriptor, or its path where the system has no descriptors; None for the working folder."""


class Folder:
    """A folder of articles, or one file of them. It need not exist before `files` is called.

    Args:
        path: where it is.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    @cached_property
    def _is_folder(self) -> bool:
        return self.path.is_dir()

    @property
    def synonyms(self) -> Path | None:
        """`synonyms.txt` in the folder, or beside the one file."""
        return (self.path if self._is_folder else self.path.parent) / SYNONYMS

    def files(self) -> dict[str, State]:
        """The files by their paths within the folder, sorted.

        A folder has every file below it that is not hidden, without its synonyms, its list of sources and the parts of
        saved pages; a file has itself.

        Raises:
            CorpusError: there is nothing at the path, or it cannot be looked at.
        """
        try:
            state = self.path.stat()
            if not self._is_folder:
                return {self.path.name: State(state.st_size, state.st_mtime_ns)}
            found: dict[str, State] = {}
            _gather(str(self.path), None, "", found)
        except FileNotFoundError:
            remedy = "name a folder of articles, or one file of them"
            raise CorpusError(self.path, "there is no such corpus", remedy) from None
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else str(error)
            raise CorpusError(self.path, f"it cannot be read ({reason})", "name a folder of articles") from error
        for name in (SYNONYMS, SOURCES):
            found.pop(name, None)
        parts = _parts_of_pages(found)
        return {name: found[name] for name in sorted(found) if name not in parts}

    def read(self, name: str) -> bytes:
        """The content of one of `files`.

        Raises:
            FaultError: it cannot be read, or is too large.
        """
        try:
            # Unbuffered: a buffer would be made for each of many small files.
            with open(self.place(name), "rb", buffering=0) as file:
                check_size(name, os.fstat(file.fileno()).st_size)
                return file.read()
        except OSError as error:
            raise FaultError(f"it cannot be read ({error.strerror})", "check its permissions") from error

    def place(self, name: str) -> Path:
        """Where one of `files` is."""
        return self.path / name if self._is_folder else self.path


def _parts_of_pages(found: Iterable[str]) -> set[str]:
    """The files that lie in the folder that a browser saves beside a page: pictures, scripts, frames."""
    pages = [os.path.splitext(name)[0] for name in found if name.lower().endswith((".html", ".htm"))]
    folders = {f"{page}{ending}" for page in pages for ending in _PAGE_FOLDERS}
    if not folders:
        return set()
    return {name for name in found if any(name[: part.start()] in folders for part in _SLASH.finditer(name))}


def _gather(folder: str, within: Handle, prefix: str, found: dict[str, State]) -> None:
    """Add the files below a folder to `found`. Every start lists all files, so this is kept fast."""
    with _opened(folder, within) as handle, os.scandir(handle) as entries:
        for entry in entries:
            name = entry.name
            if name[0] == ".":
                continue
            try:
                if entry.is_file():
                    state = entry.stat()
                    found[prefix + name] = State(state.st_size, state.st_mtime_ns)
                elif entry.is_dir(follow_symlinks=False):
                    _gather(name, handle, f"{prefix}{name}/", found)
            except FileNotFoundError:  # just removed
                continue


@contextmanager
def _opened(folder: str, within: Handle) -> Iterator[int | str]:
    """Open a folder for `os.scandir`. By descriptors, where there are some, listing takes two thirds of the time."""
    if os.scandir not in os.supports_fd:
        yield os.path.join(str(within or ""), folder)
        return
    descriptor = os.open(folder, os.O_RDONLY, dir_fd=within if isinstance(within, int) else None)
    try:
        yield descriptor
    finally:
        os.close(descriptor)
