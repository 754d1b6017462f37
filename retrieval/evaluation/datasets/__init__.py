"""Files of judged questions → `Collection`: each format's reader, and gold answers as spans of articles.

file ── reading ── squad, trec, question_rows ──→ judged.Collection
"""
