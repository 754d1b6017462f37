"""`python -m tests.golden`: refresh the golden digests and the golden index, where versions were raised."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from retrieval import Analyzer
from retrieval.indexing.spec import IndexSpec
from retrieval.system import versions
from retrieval.text import lexicon
from tests.golden import (
    DIGESTS,
    FOLDER,
    STAGES,
    StaleDigestError,
    compare,
    dated_corpus,
    digest_of,
    index_of,
    store_digests,
    stored_digests,
)


def refresh(folder: Path) -> None:
    """Write what is stored in the tree anew.

    Args:
        folder: for word tables and the index while they are made.

    Raises:
        StaleDigestError: a stage has changed and no version has; nothing is written.
    """
    analyzer = Analyzer(lexicon.load(folder, print))
    found = {stage: digest_of(stage, analyzer) for stage in STAGES}
    for stage, before in stored_digests().items() if DIGESTS.exists() else ():
        compare(stage, before, found[stage])
    store_digests(found)
    index = index_of(dated_corpus(folder / "corpus"), folder, IndexSpec("rank-bm25", analyzer))
    index.refresh()
    for old in FOLDER.glob("store-*.db"):
        old.unlink()
    shutil.copy(index.path, FOLDER / versions.STORE)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        try:
            refresh(Path(temporary))
        except StaleDigestError as error:
            sys.exit(f"{error}.")
