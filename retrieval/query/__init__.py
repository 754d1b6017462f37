"""What is asked: a typed question → weighed groups of terms, and the kind of answer it seeks.

question ── question ── matching ──→ groups of terms
├─ corrections ── near_words ── slips: mistyped words
├─ latin, finglish, english: words in Latin letters
├─ synonyms
└─ question_words: what the words of a question tell
"""
