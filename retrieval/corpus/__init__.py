"""Files → articles: which files a corpus has, and what a reader of each format makes of their bytes.

    folder or file ── folder ──→ names and states of files ── encoding, readers, markdown ──→ articles, or what is wrong

Nothing here knows of words, sentences or an index.
"""
