"""What the tests share: a data folder with the word tables compiled once, and the places of the judged material."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from retrieval import Analyzer, Retriever, default_data_folder
from retrieval.text.lexicon import load as load_lexicon

ROOT = Path(__file__).resolve().parents[1]
os.environ["XDG_DATA_HOME"] = str(ROOT / ".pytest_cache" / "share")  # nothing is written into the user's own folder
CORPUS = ROOT / "corpus"
SHARED = ROOT.parent / "shared"
SEED = SHARED / "seed"
EVAL = SHARED / "eval"

needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the judged material is not beside the project")

Run = Callable[..., subprocess.CompletedProcess[str]]

settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci")


@pytest.fixture(scope="session")
def data() -> Path:
    """The tests' own default data folder: the word tables are compiled once a clone."""
    return default_data_folder()


@pytest.fixture(scope="session")
def analyzer(data: Path) -> Analyzer:
    return Analyzer(load_lexicon(data))


@pytest.fixture(scope="session")
def digests() -> Retriever:
    return Retriever.from_corpus(CORPUS)


@pytest.fixture(scope="session")
def dispatch() -> Retriever:
    if not SEED.is_dir():
        pytest.skip("the dispatch is not beside the project")
    return Retriever.from_corpus(SEED)


@pytest.fixture
def run(tmp_path: Path, data: Path) -> Run:
    """Run `python -m MODULE ARGUMENT…` as a user would, with settings of its own.

    Keyword arguments: `stdin` (text or bytes), `env` (more of the environment), `cwd`.
    """

    def start(
        module: str, *arguments: str, stdin: str | bytes = "", env: dict[str, str] | None = None, cwd: Path = ROOT
    ) -> subprocess.CompletedProcess[str]:
        clean = {key: value for key, value in os.environ.items() if not key.startswith("PASOKH_")}
        own = {"PASOKH_DATA": str(_private(tmp_path, data)), "PYTHONPATH": str(ROOT)}
        done = subprocess.run(
            [sys.executable, "-m", module, *arguments],
            input=stdin if isinstance(stdin, bytes) else stdin.encode("utf-8", "surrogateescape"),
            capture_output=True,
            env=clean | own | (env or {}),
            cwd=cwd,
            timeout=120,
            check=False,
        )
        return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())

    return start


def _private(folder: Path, data: Path) -> Path:
    """A data folder of the test's own that has the compiled word tables already."""
    private = folder / "data"
    private.mkdir(exist_ok=True)
    for table in data.glob("lexicon-*.bin"):
        link = private / table.name
        if not link.exists():
            link.symlink_to(table)
    return private
