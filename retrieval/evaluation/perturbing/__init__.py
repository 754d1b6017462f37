"""Judged questions spelt otherwise, their gold spans moving along.

text ── perturbations, misspelling ──→ edits ──→ the same text otherwise, spans kept
"""
