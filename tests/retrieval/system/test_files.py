"""Files that are replaced: the old one or the new one, and nothing beside them, whatever fails."""

from __future__ import annotations

import os
import resource
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from retrieval.system.files import read_checked, replace_file, write_checked


@contextmanager
def largest_file(size: int) -> Iterator[None]:
    """Let the system refuse to write files beyond a size, as a full disk does: in the middle of a write."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def held(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


@pytest.mark.parametrize("before", [{}, {"a": b"old"}], ids=["new", "replaced"])
def test_on_a_full_disk_the_old_file_stays_and_nothing_else(tmp_path: Path, before: dict[str, bytes]) -> None:
    for name, content in before.items():
        (tmp_path / name).write_bytes(content)
    with largest_file(100_000), pytest.raises(OSError, match="File too large"):
        replace_file(tmp_path / "a", b"x" * 200_000)
    assert held(tmp_path) == before
    replace_file(tmp_path / "a", b"new")
    assert held(tmp_path) == {"a": b"new"}


def test_where_a_folder_is_in_the_way_nothing_is_left(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    with pytest.raises(OSError, match="not a regular file"):
        replace_file(tmp_path / "a", b"new")
    assert [file.name for file in tmp_path.iterdir()] == ["a"]


def test_no_device_is_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OSError, match="not a regular file"):
        replace_file(tmp_path / "pipe", b"new")
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)


def test_a_link_stays_and_its_target_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "a").write_bytes(b"old")
    (tmp_path / "link").symlink_to("below/a")
    replace_file(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert held(tmp_path / "below") == {"a": b"new"}


def test_others_may_read_what_is_written_as_they_may_read_other_files(tmp_path: Path) -> None:
    (tmp_path / "plain").write_bytes(b"")
    replace_file(tmp_path / "replaced", b"")
    modes = {stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()}
    assert len(modes) == 1


def test_a_damaged_file_is_told_from_a_whole_one(tmp_path: Path) -> None:
    path = tmp_path / "below" / "a"
    write_checked(path, b"content")
    assert read_checked(path) == b"content"
    path.write_bytes(path.read_bytes().replace(b"content", b"c0ntent"))
    assert read_checked(path) is None
