"""What is passed over: postings of common words, and candidates that stand far below the best."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import Retriever
from retrieval.engines import Candidate, Group, disk, nominating
from retrieval.ranking.candidates import ALWAYS_READ, MIN_SCORE_SHARE, NOMINATED_SENTENCES, worthwhile
from retrieval.testing.engine import QUERY, TEXTS, Texts, build, documents

ALL = 1_000_000
LEVEL = st.lists(st.floats(0.1, 40), max_size=20).map(
    lambda scores: [Candidate(place, score) for place, score in enumerate(sorted(scores, reverse=True))]
)


@given(texts=TEXTS, query=QUERY, essential=st.integers(0, 12), common=st.integers(0, 12))
def test_common_words_nominate_nobody_and_rare_ones_everybody(
    texts: Texts, query: list[Group], essential: int, common: int
) -> None:
    built = build(disk.DiskEngine, texts)
    whole = dict(built.search(query, 99))
    frequencies = [sum(map(built.document_frequency, group.shares)) for group in query]
    rarest = min(filter(None, frequencies), default=0)
    rare = [group.shares.keys() for group, found in zip(query, frequencies, strict=True) if found == rarest]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(nominating, "MAX_ESSENTIAL_DOCUMENTS", essential)
        patch.setattr(nominating, "MAX_GROUP_DOCUMENTS", ALL)
        found = dict(built.search(query, 99))
        patch.setattr(nominating, "MAX_GROUP_DOCUMENTS", common)
        less = dict(built.search(query, 99))
    assert found == {number: pytest.approx(whole[number]) for number in found}
    assert found.keys() == less.keys()
    assert all(score <= found[number] * (1 + 1e-6) for number, score in less.items())
    holders = [
        {one.number for one, text in zip(documents(texts), texts, strict=True) if terms & {*text}} for terms in rare
    ]
    assert not holders or any(those <= found.keys() for those in holders)


@given(levels=st.lists(LEVEL, max_size=2))
def test_the_best_are_read_and_those_near_the_best(levels: list[list[Candidate]]) -> None:
    read = worthwhile(levels)
    assert read == sorted(set(read))
    for level in levels:
        assert {found.document for found in level[:ALWAYS_READ]} <= set(read)
    wanted = {found.document for level in levels for found in level if found.score >= MIN_SCORE_SHARE * level[0].score}
    assert wanted <= set(read)
    assert set(worthwhile(levels, share=0.0)) == {found.document for level in levels for found in level}


def test_who_wants_many_hits_gets_those_far_below_the_best_too(tmp_path: Path) -> None:
    texts = ["زعفران سرخ قائنات گران است.", *(f"سیب شمارهٔ {number} سرخ است." for number in range(60))]
    rows = (json.dumps({"id": str(place), "text": text}) for place, text in enumerate(texts))
    (tmp_path / "fruit.jsonl").write_text("\n".join(rows), encoding="utf-8")
    retriever = Retriever.from_corpus(tmp_path)
    assert len(retriever.search("زعفران سرخ قائنات", 50)) == 50
    assert len(retriever.search("زعفران سرخ قائنات", NOMINATED_SENTENCES)) < NOMINATED_SENTENCES
