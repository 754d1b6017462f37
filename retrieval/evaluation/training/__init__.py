"""Judged candidates → weights: what `retrieval train` fits and cross-validates.

Collection ── candidates ──→ each question's candidates with features ── fitting, cross_validation ──→ weights.json
"""
