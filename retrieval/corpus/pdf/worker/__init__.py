"""What runs in PDFium's process: a file → a line of JSON for each page, the lines on it with their cells.

page: glyphs as PDFium gives them, rules ── sight: lines as a reader sees them ── cells: parted by gaps and rules
                                                                                   order: letters in reading order

The process runs `main.py` as a module of this folder. So these modules import one another alone, and no other
module of the project: it starts in a tenth of a second.
"""
