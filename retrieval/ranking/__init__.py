"""Which sentence answers, how surely, and what of it to quote.

question, index ── rank ──→ candidates ── evidence ──→ features (word_order) ── weights ──→ hits
└─ confidence          └─ quotation
"""
