"""Damaged files of every format: whatever is wrong with one, it gives articles whose spans hold, or a fault.

samples ── mutations ──→ damaged files ── fuzz ──→ what is no fault

`python -m tests.retrieval.corpus.fuzzing 8000` reads 8,000 of each format; `make fuzz` does so.
"""
