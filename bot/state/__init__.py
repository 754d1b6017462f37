"""What a bot remembers: updates to answer, messages to send, what was asked and answered, topics.

update ── inbox ──→ kept until done        question, answer ── records, topics ──→ history, gaps, feedback
message ── outbox ──→ kept until sent      base: one protocol; sqlite: a file; postgresql: a shared database
the editors' own words ── pins ──→ shown before an answer
collection ── bindings ──→ who may be quoted it
hours of users ── digests ──→ when they are told what has come, and from where on
message to all users ── broadcasts ──→ how far it has come
question that waits for articles ── watches ──→ asked of what comes, told once
"""
