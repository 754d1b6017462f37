"""The kinds of message that are not one question for one quotation, each by its own way to an answer.

turn ── articles ─→ details of an article, listings and summaries of a topic
     ── several ──→ two questions in one, comparisons
     ── extreme ──→ superlatives
     ── permission → whether something is allowed
     ── why ───────→ the reason of the last answer
     ── which ─────→ «کدام را می‌گویید؟»
each: an answer, or None where the message is of another kind; `kind` says what it may ask of the conversation
"""
