"""What is stored of a corpus, and how it is read: articles, passages, their sentences' units and numbers.

analysed articles ── stored_article, passage_format, unit_table ──→ store (SQLite, by database)
numbers of sentences ── reader ──→ articles, passages, sentences, units
"""
