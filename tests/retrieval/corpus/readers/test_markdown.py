"""Markdown: what programs for notes and sites write beyond CommonMark."""

from __future__ import annotations

from retrieval.corpus.readers.registry import parse, records


def blocks(text: str) -> list[tuple[str, str]]:
    (record,) = records("a.md", text.encode())
    article = parse(record)
    return [(block.kind.value, article.text[block.start : block.end]) for block in article.blocks]


def test_footnotes_stand_behind_what_calls_them() -> None:
    text = "سیل آمد.[^1]\n\n## راه‌ها\n\n- پل[^a]\n- گردنه[^b]\n\nباز است.\n\n[^1]: دیروز.\n[^a]: شکست.\n[^b]: بسته شد."
    assert blocks(text) == [
        ("paragraph", "سیل آمد."),
        ("note", "دیروز."),
        ("heading", "راه‌ها"),
        ("item", "پل"),
        ("item", "گردنه"),
        ("note", "شکست."),
        ("note", "بسته شد."),
        ("paragraph", "باز است."),
    ]


def test_terms_with_what_is_said_of_them_are_pairs() -> None:
    assert blocks("ضمانت\n: ۱۸ ماه است.\n\nسازنده\n: کارگاه گنبد") == [
        ("pair", "ضمانت: ۱۸ ماه است."),
        ("pair", "سازنده: کارگاه گنبد"),
    ]


def test_signs_of_tasks_marked_words_and_notes_are_taken_off() -> None:
    note = "> [!warning] هشدار\n> برق را قطع کنید.\n\n"
    text = f"{note}- [ ] آب ==گرم== است.\n- [x] آب شور است.\n\nاگر a == b و c == d باشد."
    assert blocks(text) == [
        ("paragraph", "هشدار\nبرق را قطع کنید."),
        ("item", "آب گرم است."),
        ("item", "آب شور است."),
        ("paragraph", "اگر a == b و c == d باشد."),
    ]
