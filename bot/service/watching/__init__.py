"""Questions that wait for articles, and lists of what has come. It knows no front end.

articles that came ── words ──→ questions that they may answer ── asking ──→ answers from these articles alone
clock ── digesting ──→ lists of what has come, at the hours of users ──→ outbox
answers ── watcher ──→ outbox, with the mark that they are told
"""
