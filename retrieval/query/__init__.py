"""What is asked: a typed question → weighed groups of terms, and the kind of answer it seeks.

question ──→ Question
├─ compiled_tables: the larger tables in terms, kept in files
├─ question_words: the kind of answer that the words tell
│  ├─ who_or_when: «کی» told apart
│  └─ asked_noun: «خوشه» in «کدام خوشه»
├─ period ── named_days: the time that it asks about; later_times: that of a follow-up
├─ sought: what it seeks, and the units of what its question word asks for by itself
├─ weighing: what each group counts
└─ matching ──→ matched_word: the groups of terms that a word is searched by
   ├─ latin ── english, finglish: words in Latin letters, read first
   ├─ lacked_words: what the collection lacks
   │  ├─ clitics: what everyday speech joins to a word
   │  └─ corrected_word ── corrections ── near_words ── slips: mistyped words
   ├─ synonyms
   ├─ spoken_words, everyday_verbs, idioms: what is written instead of what is said
   ├─ written_words ── numbers, named_days: units, kinds, digits and words, days in other spellings
   └─ frequency: of two readings the commoner one
sections ──→ a topic that is a section of a newspaper, with words of its articles
"""
