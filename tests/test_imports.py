"""What a question must not wait for, or must not need at all."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import CORPUS, ROOT, data_folder

NEVER = {
    "hazm",
    "gensim",
    "sklearn",
    "scipy",
    "nltk",
    "fasttext",
    "telegram",
    "httpx",
    "requests",
    "dotenv",
    "markdown_it",
    "pydantic",
    "yaml",
}
"""Slow to import, or of no use to a question over a corpus that is indexed."""

ASK = """
import socket, sys
def refuse(*_, **__):
    raise AssertionError("the network was asked for")
socket.socket.connect = socket.getaddrinfo = refuse
from bot.__main__ import main
status = main(sys.argv[1:])
print(sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr)
sys.exit(status)
"""


def loaded(folder: Path, *arguments: str) -> set[str]:
    """The packages that `bot ARGUMENT…` has imported when it ends, without any network."""
    done = subprocess.run(
        [sys.executable, "-c", ASK, *arguments],
        env=os.environ | {"PASOKH_DATA": str(folder), "PASOKH_CORPUS": str(CORPUS), "PYTHONPATH": str(ROOT)},
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    (line,) = done.stderr.splitlines()
    return set(line.strip("[]").replace("'", "").split(", "))


@pytest.mark.usefixtures("analyzer")
def test_a_question_over_an_indexed_corpus_imports_nothing_slow(tmp_path: Path, data: Path) -> None:
    folder = data_folder(tmp_path, data)
    assert {"hazm"}.isdisjoint(loaded(folder, "ask", "سوغات لار چیست؟"))
    packages = loaded(folder, "ask", "سوغات لار چیست؟")
    assert {"bot", "retrieval", "marisa_trie"} <= packages
    assert packages.isdisjoint(NEVER)
    assert packages.isdisjoint({"rich", "prompt_toolkit"})  # the answer is piped


@pytest.mark.skipif(sys.platform != "linux", reason="threads are counted by /proc")
def test_nothing_starts_threads_before_it_has_work_for_them() -> None:
    code = "import os, retrieval; print(len(os.listdir('/proc/self/task')))"
    env = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}
    done = subprocess.run(
        [sys.executable, "-c", code], env=env | {"PYTHONPATH": str(ROOT)}, capture_output=True, check=True
    )
    assert int(done.stdout) == 1
