"""What is stored stays readable and right: no stage changes without a version, and the stored index still opens."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from retrieval import Analyzer
from retrieval.system import versions
from tests.conftest import ROOT
from tests.golden import DIGESTS, FOLDER, REFRESH, STAGES, StaleDigestError, compare, dated_corpus, digest_of
from tests.golden import stored_digests as stored
from tests.indexes import Opener, same


@pytest.mark.parametrize("stage", [stage for stage in STAGES if stage != "word tables"])
def test_a_stage_changes_only_with_a_version(stage: str, analyzer: Analyzer) -> None:
    found = digest_of(stage, analyzer)
    compare(stage, stored()[stage], found)
    assert found == stored()[stage], f"a version was raised: {REFRESH}"


def test_the_word_tables_change_only_with_their_version() -> None:
    """Compiled anew, in a process of its own: the tests' own tables may have been compiled before the change."""
    code = (
        "from tests.golden import *\n"
        "found = digest_of('word tables', None)\n"
        "compare('word tables', stored_digests()['word tables'], found)\n"
        f"assert found == stored_digests()['word tables'], 'a version was raised: {REFRESH}'\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr.splitlines()[-1]


def test_what_changes_without_a_version_is_told_with_the_version_to_raise() -> None:
    before = stored()["terms"]
    changed = before._replace(digest="0")
    with pytest.raises(StaleDigestError, match=r"gives other terms: raise TERMS in retrieval/system/versions\.py"):
        compare("terms", before, changed)
    compare("terms", before, changed._replace(versions={**before.versions, "LEXICON": -1}))


def test_an_index_that_was_stored_before_opens_without_being_built_anew(tmp_path: Path, analyzer: Analyzer) -> None:
    golden = FOLDER / versions.STORE
    assert golden.exists(), f"the layout of the store was changed: {REFRESH}"
    opener = Opener(dated_corpus(tmp_path / "corpus"), tmp_path / "data", analyzer)
    opener.home.mkdir(parents=True)
    shutil.copy(golden, opener.store)
    stored_before = opener.check()
    index = opener()
    assert (opener.told, opener.analysed) == ([], 0)
    assert index.totals == stored_before
    assert same(index, opener.fresh())


def test_the_digests_are_those_of_all_stages() -> None:
    assert list(stored()) == list(STAGES), f"{DIGESTS.name} lacks a stage: {REFRESH}"
