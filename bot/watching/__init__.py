"""Questions that wait for articles. It knows no front end.

articles that came ── words ──→ questions that they may answer ── asking ──→ answers from these articles alone
answers ── watcher ──→ outbox, with the mark that they are told
"""
