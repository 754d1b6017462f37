"""A PDF with a text layer → headings, paragraphs, items and rows.

bytes ── process ──→ [worker: glyphs ── order ──→ lines of letters in reading order] ── pages ──→ blocks ── quality
(within limits of time and memory)
"""
