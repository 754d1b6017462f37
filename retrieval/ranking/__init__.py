"""Which sentence answers, how surely, and what of it to quote.

question, index ── candidates, copies once ──→ passages ── evidence, by question_codes ──→ what each sentence holds
    ── sentence_view, word_view, word_order ──→ features ── weights, gains (said, told), timeliness ──→ scores
    ── rank ──→ hits
told_time says which time articles and sentences tell of, for evidence and timeliness.
hits: confidence says how sure each is, by lacking and statements too; excerpt and quotation what is shown,
answerability whether to answer at all. articles ranks whole articles for a topic, and following, by places, the
sentences of the article that answered last.
"""
