"""An answer → what is shown: rich text once, written out for each front end.

Answer ── replies ──→ rich text ── markup, plain ──→ Telegram's entities or plain text
"""
