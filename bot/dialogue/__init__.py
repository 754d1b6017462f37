"""A message, and the questions before it → an answer: claims, each quoted and cited, or a fixed sentence.

message, history ── conversation ── followups, article_details ──→ Turn
Turn ── small_talk ──→ a fixed sentence
     ── kinds ──→ claims of what is not one question for one quotation
     ── readings ──→ what else it may have meant
     ── retrieval, staying ──→ hits ── answer ── clauses, listing ──→ claims
"""
