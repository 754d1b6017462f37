"""A question, and what was asked before → an answer: claims, each quoted and cited, or «not found».

question, history ── conversation ── followups, article_details ──→ retrieval ──→ hits
hits ── answer ── clauses, listing ──→ Answer
"""
