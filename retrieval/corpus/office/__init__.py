"""Office documents and books: archives of XML files → the elements of a page, which `markup` reads as any other.

bytes ── archive, package ──→ XML ── word, opendocument ──→ elements, title (lines, styles, numbering)
│                              └──── workbook ──────────→ the rows of sheets (cells, cell_formats)
└──── properties ──────────→ author, date, another title       book: the chapters of an EPUB
"""
