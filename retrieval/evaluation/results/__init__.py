"""Figures → files: JSON, an HTML report with plots, run files.

figures ── records ──→ JSON, TREC files
└─ report, plots ──→ HTML
"""
