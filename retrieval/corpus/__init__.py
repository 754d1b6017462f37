"""Articles of a corpus: which files it has, and what a reader of each format makes of their bytes.

    source: folder, in memory ──→ names and states of files, bytes ── readers ──→ articles, or what is wrong

Nothing here knows of words, sentences or an index.
"""
