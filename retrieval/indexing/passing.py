"""An index in a cluster that nobody keeps: a collection of its own, which goes with whoever has opened it."""

from __future__ import annotations

import os
import shutil
import tempfile
import uuid
import weakref
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from retrieval.corpus.source import Source
from retrieval.engines.cluster import writing
from retrieval.engines.cluster.client import Cluster
from retrieval.engines.cluster.settings import ClusterSettings
from retrieval.errors import PasokhError
from retrieval.index.reader import IndexReader
from retrieval.indexing.cluster_index import ClusterIndex
from retrieval.indexing.spec import IndexSpec

NAME = "passing"
"""What stands behind the name of the settings in the names of such collections. One whose process was killed stays."""


def passing(source: Source, spec: IndexSpec) -> IndexReader:
    """An index of what a source holds now. It is removed when the reader goes, or when the program ends.

    Raises:
        CorpusError: the source is missing or has no readable article.
        ClusterError: the cluster cannot be reached.
    """
    settings = ClusterSettings.from_environment()
    settings = replace(settings, name=f"{settings.name}-{NAME}-{uuid.uuid4().hex[:12]}", writer=True)
    folder = Path(tempfile.mkdtemp(prefix="pasokh-passing-"))
    cluster = Cluster(settings)
    try:
        reader = ClusterIndex(source, folder, spec, cluster).open()
    except BaseException:
        _remove(os.getpid(), cluster, folder)
        raise
    weakref.finalize(reader, _remove, os.getpid(), cluster, folder)
    return reader


def _remove(process: int, cluster: Cluster, folder: Path) -> None:
    """Remove a collection, in the process that made it; its forks have the reader too."""
    if process != os.getpid():
        return
    with suppress(PasokhError, RuntimeError):  # a cluster that is away keeps it; no thread starts at the program's end
        writing.remove(cluster)
    shutil.rmtree(folder, ignore_errors=True)
