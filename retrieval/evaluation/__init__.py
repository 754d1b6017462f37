"""Judged questions → findings → figures: what `retrieval evaluate` measures and `retrieval train` learns from.

    judged files ── datasets ──→ Collection ── measuring ──→ figures ── results ──→ report, JSON, TREC files
                                  ├─ perturbing ──→ the same, spelt otherwise
                                  ├─ answering ──→ what becomes of them in a chat
                                  └─ training ──→ weights

`experiment` is the main path. Nothing on the way of a question imports this room.
"""
