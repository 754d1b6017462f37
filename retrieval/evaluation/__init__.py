"""Judged questions → runs → figures: what `retrieval evaluate` measures, and on what a ranking is trained.

    judged files → Collection ─ run ──→ findings ─ metrics ─→ figures → report, JSON, TREC files
                          └─ perturb → the same, spelt otherwise ┘

Nothing on the way of a question imports this package.
"""
