"""A message, and the questions before it → an answer: claims, each quoted and cited, or a fixed sentence.

message, history ── conversation ── followups, article_details ──→ Turn
Turn ── small_talk ──→ a fixed sentence
     ── retrieval ──→ hits ── answer ── clauses, listing ──→ claims
"""
