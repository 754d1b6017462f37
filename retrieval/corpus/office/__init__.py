"""Office documents and books: archives of XML files → the elements of a page, which `markup` reads as any other.

bytes ── archive ──→ XML ── word, opendocument ──→ elements, title (lines, styles, numbering)
└──── properties ──────────→ author, date, another title
"""
