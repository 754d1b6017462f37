"""How an index is made and kept up to date: changed files in, one transaction of the store out.

corpus files ── update ── analysts ──→ store
└─ generations ──→ the engine's files
stored_index: opened, refreshed and checked as a whole
"""
