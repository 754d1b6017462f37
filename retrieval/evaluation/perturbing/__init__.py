"""Judged questions and articles, spelt otherwise; gold spans follow their text.

text ── perturbations, misspelling ──→ edits ──→ the text spelt otherwise, and where its spans have gone
"""
