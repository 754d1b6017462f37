"""A web page → the article in it.

bytes ── decoding ──→ text ── html.parsed ──→ elements ── survey ──→ Survey
                                                     Survey ── metadata ──→ title, date, outlet, author, address
                                                     Survey ── main_text ──→ the elements of the article
"""
