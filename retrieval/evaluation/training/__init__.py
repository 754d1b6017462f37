"""Judged candidates → weights: what `retrieval train` fits and cross-validates.

Collection ── candidates ──→ features a question ── fitting, cross_validation ──→ weights.json
"""
