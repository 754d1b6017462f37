"""A file's bytes → records → articles: one module a format, named in `registry` by the files' endings.

bytes ── records (cheap, in the process that writes) ──→ records ── parse (costly, in all processes) ──→ articles
                                      fields, front_matter: what several formats share
"""
