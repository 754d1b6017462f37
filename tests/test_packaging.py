"""What the project says of itself is the same wherever it stands, and its lock names no place to load from."""

from __future__ import annotations

import re
import tomllib

import pytest
import yaml

from tests.conftest import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")


def test_the_citation_is_of_this_version() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["version"] == PROJECT["version"]
    assert citation["license"] == PROJECT["license"]
    assert [author["name"] for author in citation["authors"]] == [author["name"] for author in PROJECT["authors"]]


def test_setup_tries_the_pythons_that_are_declared() -> None:
    tried = re.search(r"^PYTHON_VERSIONS := (.+)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert tried
    newest_first = tried[1].split()
    declared = [name.rpartition(" ")[2] for name in PROJECT["classifiers"] if re.search(r":: 3\.\d+$", name)]
    assert declared == newest_first[::-1]
    first, last = declared[0], declared[-1]
    assert PROJECT["requires-python"] == f">={first},<3.{int(last.removeprefix('3.')) + 1}"


def test_the_lock_holds_hashes_and_no_addresses() -> None:
    assert "://" not in LOCK
    assert not re.search(r"^(-i|--index|--extra-index|--find-links|--trusted-host)", LOCK, re.MULTILINE)
    pinned = re.findall(r"^\S+==\S+.*(?:\n    .+)*", LOCK, re.MULTILINE)
    assert len(pinned) > 60
    assert all("--hash=sha256:" in requirement for requirement in pinned)


@pytest.mark.parametrize("package", ["bot", "retrieval"])
def test_type_checkers_may_read_the_packages(package: str) -> None:
    assert (ROOT / package / "py.typed").is_file()


def test_the_changelog_has_the_version() -> None:
    assert f"## [{PROJECT['version']}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
