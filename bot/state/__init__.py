"""What a bot remembers, in one SQLite file: updates to answer, what was asked and answered, topics.

update ── inbox ──→ kept until done        question, answer ── records, topics ──→ history, gaps, feedback
└────────── sqlite: one writer, many readers ──────────┘
"""
