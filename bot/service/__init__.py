"""What every served front end shares: answering processes, the order of updates, limits, articles as they change.

update ── dispatch ──→ its turn in its chat ── workers ── library ──→ answer
corpus folder ── following ──→ a retriever brought up to date
"""
