"""A sentence whose subject the passage above names, where the title names nothing."""

from __future__ import annotations

from pathlib import Path

from retrieval import Retriever

LEAD = "شهرداری از آغاز ساخت بوستان نیلوفر در کرانهٔ رود خبر داد."
COST = "شهردار، مریم دریایی، هزینهٔ ساخت بوستان را ۸۵ میلیارد تومان اعلام کرد."
QUESTION = "هزینه بوستان نیلوفر چقدر است"


def _first(folder: Path, title: str, *between: str) -> tuple[str, float]:
    """The first hit in an article of a lead, some paragraphs and a cost: its text and its confidence."""
    (folder / "a.md").write_text("\n\n".join([f"# {title}", LEAD, *between, COST]), encoding="utf-8")
    town = Retriever.from_corpus(folder)
    hit = town.search(town.read(QUESTION), 1)[0]
    return hit.sentence.text, hit.confidence


def test_what_the_lead_names_is_told_by_the_sentence_below(tmp_path: Path) -> None:
    text, confidence = _first(tmp_path, "خبر کوتاه")
    assert text == COST
    assert confidence > 0.3


def test_a_passage_far_above_names_nothing(tmp_path: Path) -> None:
    (tmp_path / "near").mkdir()
    (tmp_path / "far").mkdir()
    between = [f"کارگاه شمارهٔ {number} آماده است." for number in range(14)]
    _, near = _first(tmp_path / "near", "خبر کوتاه")
    text, far = _first(tmp_path / "far", "خبر کوتاه", *between)
    assert text != COST or far < near
