"""What stands before an item of a list where its line alone tells that it is one: a bullet, or a number."""

from __future__ import annotations

import re

BULLETS = "-*•▪●○◦‣·–—✓✔■◆♦★►▶❖➤\uf0a7\uf0b7\uf0d8\uf0fc"
"""Those at the end are letters of the fonts that office programs take their bullets from."""
BULLET = re.compile(rf"[{BULLETS}]+\s+(?=\S)")
_ORDINAL = "اول|یکم|نخست|دوم|سوم|چهارم|پنجم|ششم|هفتم|هشتم|نهم|دهم|یازدهم|دوازدهم|آخر|پایانی"
_STEP = rf"(?:گام|مرحل[هۀ]|قدم)\s+(?:{_ORDINAL}|\d{{1,2}})\s?[.:\-–]"
STEP = re.compile(rf"{_STEP}\s*(?=\S)")
"""What numbers the steps to something: «گام دوم:»."""

NUMBER = re.compile(
    r"(?:[(\[]?(?:\d{1,3}(?:[.\-–]\d{1,2}){0,3}|[ا-ی]|الف)\s?[.)\]\-–]|(?:ماده|بند|تبصره|اصل)\s+\d{1,4}\s?(?:\([^()\n]{1,20}\)\s?)?[.:\-–]"
    rf"|{_STEP})\s*(?=[^\W\d])"
)
"""A number («۲-», «۲-۱-») or a letter, or what numbers the clauses of a law or the steps to something: «تبصره ۱:»."""
