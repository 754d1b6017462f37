"""A small judged collection in our own words, as the files that users have."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

BAKER = "نانوایی سنگکی محله هر روز ساعت پنج صبح باز می‌شود. نانوا حیدر قاسمی سی سال است که آنجا کار می‌کند."
ORCHARD = "باغ انار روستا چهارصد درخت دارد. برداشت انار در آبان آغاز می‌شود. کشاورزان میوه را به شهر می‌فرستند."
LIBRARY = "کتابخانهٔ دبستان دو هزار کتاب دارد. مسئول آن خانم مریم صادقی است."
BRIDGE = "پل چوبی رودخانه در سال ۱۳۲۰ ساخته شد. سیل بهاری آن را ویران کرد."

Asked = tuple[str, str]
"""A question and its answer's wording; "" for a question without an answer."""


def paragraph(context: str, *asked: Asked) -> dict[str, Any]:
    return {
        "context": context,
        "qas": [
            {
                "id": f"{number}",
                "question": question,
                "is_impossible": not answer,
                "answers": [{"text": answer, "answer_start": context.index(answer)}] if answer else [],
            }
            for number, (question, answer) in enumerate(asked)
        ],
    }


VILLAGE: list[dict[str, Any]] = [
    {
        "title": "نانوایی و باغ",
        "paragraphs": [
            paragraph(BAKER, ("نانوایی سنگکی چه ساعتی باز می‌شود؟", "پنج صبح"), ("نانوا کیست؟", "حیدر قاسمی")),
            paragraph(ORCHARD, ("باغ انار چند درخت دارد؟", "چهارصد"), ("برداشت انار کی آغاز می‌شود؟", "آبان")),
        ],
    },
    {
        "title": "کتابخانه",
        "paragraphs": [
            paragraph(LIBRARY, ("کتابخانهٔ دبستان چند کتاب دارد؟", "دو هزار"), ("کتابخانه را چه کسی ساخت؟", ""))
        ],
    },
    {"title": "پل", "paragraphs": [paragraph(BRIDGE, ("پل چوبی در چه سالی ساخته شد؟", "۱۳۲۰"))]},
]


def write_squad(path: Path, data: object = None) -> Path:
    path.write_text(json.dumps({"version": "1", "data": VILLAGE if data is None else data}), encoding="utf-8")
    return path


def write_corpus(folder: Path) -> Path:
    """The same articles as a corpus folder of two files."""
    folder.mkdir()
    (folder / "village.txt").write_text(f"{BAKER}\n\n{ORCHARD}\n", encoding="utf-8")
    (folder / "school house.txt").write_text(f"{LIBRARY}\n\n{BRIDGE}\n", encoding="utf-8")
    return folder


def write_rows(path: Path, *rows: dict[str, Any]) -> Path:
    lines = (json.dumps({"after": None, "must": [], "must_not": []} | row, ensure_ascii=False) for row in rows)
    path.write_text("\n".join(lines), encoding="utf-8")
    return path
