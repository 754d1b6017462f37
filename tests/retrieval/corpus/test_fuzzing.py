"""Whatever is damaged in a file of any format, reading it gives articles whose spans hold, or a fault."""

from __future__ import annotations

import pytest

from retrieval.corpus.readers.registry import READERS, parse, records
from tests.retrieval.corpus.fuzzing.fuzz import fuzz
from tests.retrieval.corpus.fuzzing.samples import samples

FEW, MANY = 40, 8_000
"""Damaged files of a format that are read by each run of the tests, and by the slow ones: more than 100,000 in all."""
OF_PDF = 10
"""A PDF takes as many times as long as others, for a process of its own reads it."""

SAMPLES = samples()


def test_each_reader_has_sound_samples_that_it_reads() -> None:
    assert {READERS[ending] for ending in SAMPLES} == set(READERS.values())
    for ending, contents in SAMPLES.items():
        assert any(parse(record).text for content in contents for record in records(f"a{ending}", content))


@pytest.mark.parametrize("ending", SAMPLES)
def test_a_damaged_file_gives_articles_or_faults(ending: str) -> None:
    assert_no_error(ending, FEW)


@pytest.mark.slow
@pytest.mark.parametrize("ending", SAMPLES)
def test_many_damaged_files_give_articles_or_faults(ending: str) -> None:
    assert_no_error(ending, MANY)


def assert_no_error(ending: str, count: int) -> None:
    """Read damaged files of a format; each gives articles or faults."""
    outcome = fuzz(ending, SAMPLES[ending], count // OF_PDF if ending == ".pdf" else count, seed=count)
    assert [told for told, _ in outcome.wrong] == []
    assert outcome.counts["articles"]
    assert outcome.counts["faults"] or ending == ".txt"
