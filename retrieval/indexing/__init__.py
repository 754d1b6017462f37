"""How an index is made and kept up to date: changed files in, one transaction of the store out.

changed files ── update ── analysts (all cores) ──→ store
                    ├──── copies, by likeness and repeats ──→ store
                    └──── generations ──→ the engine's files
stored_index: opened, refreshed and checked as a whole, as a spec says; worker: refreshed by another process

store ── publishing: documents, and a change of what each machine keeps ──→ cluster, by a journal
sharing: batches that other machines analyse for this one, through a cluster
cluster_index: the same as stored_index in a cluster; opening: which of the two it is
"""

from retrieval.indexing.opening import published_generation
from retrieval.indexing.worker import Report, refresh_stored, warm

__all__ = ["Report", "published_generation", "refresh_stored", "warm"]
