"""A PDF with a text layer → headings, paragraphs, items and rows.

bytes ── process ──→ [worker: glyphs → lines in reading order] ── pages, rows ──→ blocks
(within limits of time and memory)                          └── quality: refuses garbled text
"""
