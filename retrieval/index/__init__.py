"""What is stored of a corpus, and how it is read: articles, passages, the units of their sentences.

analysed articles ── stored_article, passage_format, unit_table ──→ store (SQLite, by database)
                                                                    ├─ header: version, state, totals, in a ledger
                                                                    ├─ families: copies of one story, found by sketch
                                                                    └─ unit_names: unit ↔ number, stems, all words
numbers of sentences ── reader ──→ articles, passages, sentences, units; it asks a store as `readable` says
some of the articles ── view, part ──→ an index of these, alone or weighed among all; coming: which are new
"""
