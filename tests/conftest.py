"""What the tests share: a data folder of their own with the word tables, and the places of the judged material."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from retrieval import Analyzer, Retriever, default_data_folder
from retrieval.query import synonyms
from retrieval.query.everyday_verbs import EverydayVerbs
from retrieval.text import lexicon

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT / "corpus"
SHARED = ROOT.parent / "shared"
SEED = SHARED / "seed"
EVAL = SHARED / "eval"

needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the judged material is not beside the project")

Run = Callable[..., subprocess.CompletedProcess[str]]

settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci")


@pytest.fixture(scope="session", autouse=True)
def data(tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> Iterator[Path]:
    """The data folder of this run, in place of the user's own, which is neither read nor written.

    The compiled tables alone outlive the run, in pytest's cache: it takes seconds to make them.
    """
    tables = pytestconfig.cache.mkdir("word-tables")
    compiled = Analyzer(lexicon.load(tables))
    synonyms.load(compiled, len, folder=tables)
    EverydayVerbs(compiled, len, tables)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("share")))
        yield with_tables(default_data_folder(), tables)


@pytest.fixture(scope="session")
def analyzer(data: Path) -> Analyzer:
    return Analyzer(lexicon.load(data))


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
        own = {"PASOKH_DATA": str(data_folder(tmp_path, data)), "PYTHONPATH": str(ROOT)}
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


def data_folder(parent: Path, tables: Path) -> Path:
    """A data folder of the test's own that has the compiled tables already."""
    return with_tables(parent / "data", tables)


def with_tables(folder: Path, compiled: Path) -> Path:
    """The folder, made if need be, with the compiled tables of another: those that each start would make anew."""
    folder.mkdir(parents=True, exist_ok=True)
    for table in compiled.glob("*.bin"):
        link = folder / table.name
        if not link.exists():
            link.symlink_to(table)
    return folder
