"""What stands before an item of a list where its line alone tells that it is one: a bullet, or a number."""

from __future__ import annotations

import re

BULLETS = "-*•▪●○◦‣·–—✓✔■◆♦★►▶❖➤\uf0a7\uf0b7\uf0d8\uf0fc"
"""Those at the end are letters of the fonts that office programs take their bullets from."""
BULLET = re.compile(rf"[{BULLETS}]+\s+(?=\S)")
NUMBER = re.compile(r"[(\[]?(?:\d{1,3}|[ا-ی]|الف)\s?[.)\]\-–]\s*(?=[^\W\d])")
