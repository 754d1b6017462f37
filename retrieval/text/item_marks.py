"""What stands before an item of a list where its line alone tells that it is one: a bullet, or a number."""

from __future__ import annotations

import re

BULLETS = "-*•▪●○◦‣·–—✓✔■◆♦★►▶❖➤\uf0a7\uf0b7\uf0d8\uf0fc"
"""Those at the end are letters of the fonts that office programs take their bullets from."""
BULLET = re.compile(rf"[{BULLETS}]+\s+(?=\S)")
NUMBER = re.compile(
    r"(?:[(\[]?(?:\d{1,3}(?:[.\-–]\d{1,2}){0,3}|[ا-ی]|الف)\s?[.)\]\-–]|(?:ماده|بند|تبصره|اصل)\s+\d{1,4}\s?(?:\([^()\n]{1,20}\)\s?)?[.:\-–])\s*(?=[^\W\d])"
)
"""A number («۲-», «۲-۱-») or a letter, or what numbers the clauses of a law: «ماده ۲-», «تبصره ۱:»."""
