"""What every served front end shares. It knows no front end.

update ── dispatch ──→ its turn in its chat ── access, limits ──→ question ── workers ── library ──→ answer
corpus folder ── following ──→ index brought up to date ──→ workers
article of an administrator ── additions ──→ corpus folder
"""
