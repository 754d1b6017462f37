"""What a machine keeps of a collection is brought up to date by the journal."""

from __future__ import annotations

import tempfile
from pathlib import Path

from retrieval.errors import ClusterError
from retrieval.index.summary import Summary, remove_summary
from retrieval.indexing.journal import Journal, Published

FRESH = "new-"
"""How the names of the summaries of indices begin that are still being made."""


def caught_up(journal: Journal, collection: Published, home: Path) -> Summary:
    """The summary of the collection that is in force, brought up to date; one process of a machine at a time.

    Args:
        journal: has the changes.
        collection: what is in force.
        home: the folder of what this machine keeps; summaries of indices that are not in force go.

    Raises:
        ClusterError: a change cannot be read.
        IndexStoreError: the summary cannot be written.
    """
    _remove_others(collection, home)
    path = home / f"{collection.index}.db"
    summary = Summary(path)
    had = summary.header.generation
    changes = [(generation, False) for generation in range(had + 1, collection.generation + 1)]
    if had < collection.base:
        summary.close()
        remove_summary(path)
        summary, had = Summary(path), 0
        changes = [(collection.base, True)]
        changes += [(generation, False) for generation in range(collection.base + 1, collection.generation + 1)]
    for generation, whole in changes:
        content = journal.read_change(collection.index, generation, whole=whole)
        if content is None:
            raise ClusterError(f"change {generation} of {collection.index} is gone; ask again")
        with tempfile.NamedTemporaryFile(dir=home, suffix=".change") as file:
            file.write(content)
            file.flush()
            summary.apply(Path(file.name), had)
        had = generation
    return summary


def _remove_others(collection: Published, home: Path) -> None:
    for file in home.glob("*.db"):
        if not file.name.startswith(FRESH) and file.stem not in {collection.index, collection.previous}:
            remove_summary(file)
