"""How an index is made and kept up to date: changed files in, one transaction of the store out.

changed files ── update ── analysts (all cores) ──→ store
                    ├──── copies, by likeness and repeats ──→ store
                    └──── generations ──→ the engine's files
stored_index: opened, refreshed and checked as a whole, as a spec says; worker: refreshed by another process
"""

from retrieval.indexing.worker import Report, refresh_stored, warm

__all__ = ["Report", "refresh_stored", "warm"]
