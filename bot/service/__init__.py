"""What every served front end shares. It knows no front end.

update ── dispatch ──→ its turn in its chat ── access, limits ──→ question ── workers ── library ──→ answer
answer ── sending ──→ its turn in its chat; both keep the order of their lanes
corpus folder ── following ──→ index brought up to date ──→ workers
clock ── fetching ──→ articles of the web in the corpus folder
message to all users ── broadcasting ──→ some of them each second ──→ outbox
article of an administrator ── additions ──→ corpus folder
articles that came ── watching ──→ news for questions that wait, lists of what is new ──→ outbox
"""
