"""Which sentence answers, how surely, and what of it to quote.

question, index ── candidates, copies once ──→ passages ── evidence, by question_codes ──→ what each sentence holds
    ── sentence_view, word_view, word_order ──→ features ── weights, deeds, definitions, labels, listings,
    appointments, counts, subjects, timeliness ──→ scores ── rank ──→ hits
hits: confidence says how sure each is, excerpt and quotation what is shown, answerability whether to answer at all
"""
