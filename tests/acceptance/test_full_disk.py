"""No room and no permission: the old state answers, and one line says what could not be done."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from retrieval import Analyzer
from retrieval.engines import ENGINES
from tests.conftest import CORPUS, ROOT, data_folder
from tests.indexes import Opener, same, write_small_corpus

pytestmark = pytest.mark.usefixtures("analyzer")  # the word tables are compiled before the first process starts

OLD, NEW = "انار ساوه نامدار است", "انار ساوه بسیار نامدار است"
UNLIMITED = resource.RLIM_INFINITY


@pytest.fixture(params=sorted(ENGINES))
def opener(request: pytest.FixtureRequest, tmp_path: Path, data: Path, analyzer: Analyzer) -> Opener:
    corpus = write_small_corpus(tmp_path / "corpus")
    return Opener(corpus, data_folder(tmp_path, data), analyzer, request.param)


def edit(corpus: Path, *, more: bool = False) -> None:
    """Change an article; and add so many that they need room."""
    (corpus / "c.txt").write_text(f"{NEW}.", encoding="utf-8")
    if more:
        for number in range(10):
            for file in CORPUS.glob("*.md"):
                text = file.read_text(encoding="utf-8")
                (corpus / f"{number} {file.name}").write_text(f"{text} {number}", encoding="utf-8")


def start(opener: Opener, *arguments: str, most: int = UNLIMITED) -> subprocess.CompletedProcess[str]:
    """Run a command of ours whose files may have at the `most` so many bytes."""
    environment = os.environ | {
        "PASOKH_DATA": str(opener.folder),
        "PASOKH_ENGINE": opener.engine,
        "PYTHONPATH": str(ROOT),
    }
    return subprocess.run(
        [sys.executable, "-m", *arguments],
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, UNLIMITED)),
    )


def ask(opener: Opener, most: int = UNLIMITED) -> subprocess.CompletedProcess[str]:
    return start(opener, "bot", "ask", "--corpus", str(opener.corpus), "انار ساوه چگونه است؟", most=most)


def index(opener: Opener, most: int = UNLIMITED) -> subprocess.CompletedProcess[str]:
    place = ("--corpus", str(opener.corpus), "--data", str(opener.folder), "--engine", opener.engine)
    return start(opener, "retrieval", "index", *place, most=most)


def told(done: subprocess.CompletedProcess[str]) -> list[str]:
    """What was announced, but for the line of the corpus that is no article."""
    return [line for line in done.stderr.splitlines() if "left out" not in line]


def check_full(opener: Opener, done: subprocess.CompletedProcess[str], asked: subprocess.CompletedProcess[str]) -> None:
    """Whatever there is no room for: one line, the old state or one in memory, no rubbish once there is room."""
    assert (done.returncode, done.stdout, len(told(done))) == (2, "", 1)
    assert told(done)[0].startswith("retrieval: ")
    assert (asked.returncode, len(told(asked))) == (0, 1)
    line, old = told(asked)[0], OLD in asked.stdout
    assert line.endswith("is not in it yet." if old else "it will be built again next time.")
    assert old or NEW in asked.stdout
    assert same(opener(), opener.fresh(), changed=True)
    assert len(opener.generations) <= 2
    assert not [name for name in opener.generations if name.endswith(".new")]


def test_a_full_disk_leaves_the_old_index(opener: Opener) -> None:
    opener.refresh()
    edit(opener.corpus)
    check_full(opener, index(opener, 100), ask(opener, 100))


def test_a_disk_that_fills_up_leaves_the_old_index(opener: Opener) -> None:
    opener.refresh()
    edit(opener.corpus, more=True)
    check_full(opener, index(opener, 50_000), ask(opener, 50_000))


def test_a_disk_that_was_always_full_costs_only_time(opener: Opener) -> None:
    asked = ask(opener, 100)
    assert OLD in asked.stdout
    assert asked.returncode == 0
    assert told(asked)[-1].endswith("it will be built again next time.")
    assert all("cannot be" in line for line in told(asked))


@pytest.fixture
def little_room(opener: Opener) -> Iterator[Callable[[], None]]:
    """A disk of two megabytes for the opener's folder; returns what fills it up."""
    room = opener.folder / "room"
    room.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "none", str(room)]
    if os.geteuid() or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("only root may make a small disk")
    opener.folder = data_folder(room, opener.folder)

    def fill() -> None:
        free = os.statvfs(room)
        (room / "rest").write_bytes(bytes(free.f_bavail * free.f_frsize - 65536))

    yield fill
    subprocess.run(["umount", "-l", str(room)], check=True)


def test_a_small_disk_that_fills_up_leaves_the_old_index(opener: Opener, little_room: Callable[[], None]) -> None:
    opener.refresh()
    little_room()
    edit(opener.corpus, more=True)
    indexed, asked = index(opener), ask(opener)
    (opener.folder.parent / "rest").unlink()
    check_full(opener, indexed, asked)


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_a_read_only_folder_costs_only_time(opener: Opener) -> None:
    opener.folder.chmod(0o500)
    assert len(opener().articles) == 3
    assert "Permission denied" in opener.told[0]


def test_a_read_only_index_answers(opener: Opener) -> None:
    """As on a disk that is mounted to be read."""
    opener.refresh()
    home = str(opener.folder)
    bind = [["mount", "--bind", home, home], ["mount", "-o", "remount,ro,bind", home]]
    if os.geteuid() or any(subprocess.run(one, check=False, capture_output=True).returncode for one in bind):
        pytest.skip("only root may make a disk that is read only")
    try:
        asked = ask(opener)
        edit(opener.corpus)
        after, indexed = ask(opener), index(opener)
    finally:
        subprocess.run(["umount", "-l", home], check=True)
    assert OLD in asked.stdout
    assert asked.returncode == after.returncode == 0
    assert OLD in after.stdout or NEW in after.stdout
    assert len(told(after)) == 1
    assert (indexed.returncode, len(told(indexed))) == (2, 1)
