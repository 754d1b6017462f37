"""Damaged files are read, and what is no fault is told."""

from __future__ import annotations

import time
import traceback
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import NamedTuple

from retrieval.corpus.readers.record import FaultError
from retrieval.corpus.readers.registry import parse, records
from retrieval.text.passages import passage_spans
from retrieval.types import Article
from tests.retrieval.corpus.fuzzing.mutations import damaged

MAX_SECONDS = 10
"""What a file may take, on the clock."""


class Outcome(NamedTuple):
    """What came of some damaged files of one format.

    Args:
        counts: of files that were read, of articles and faults.
        slowest: seconds that the slowest took.
        wrong: the tracebacks of what was no fault, each with the file.
    """

    counts: Counter[str]
    slowest: float
    wrong: list[tuple[str, bytes]]


def fuzz(ending: str, sound: Sequence[bytes], count: int, seed: int) -> Outcome:
    """Read damaged files.

    Args:
        ending: of their names.
        sound: what is damaged.
        count: how many are read.
        seed: of the damage; the same damage comes of the same seed.
    """
    random, outcome, slowest = Random(f"{seed}{ending}"), Outcome(Counter(), 0, []), 0.0
    for _ in range(count):
        content = damaged(random.choice(sound), random)
        began = time.perf_counter()
        try:
            outcome.counts.update(read(f"a{ending}", content))
        except Exception:  # noqa: BLE001  # any error but a fault is what is looked for
            outcome.wrong.append((traceback.format_exc(), content))
        spent = time.perf_counter() - began
        if spent > MAX_SECONDS:
            outcome.wrong.append((f"it took {spent:.1f} s", content))
        slowest = max(slowest, spent)
    outcome.counts["files"] = count
    return outcome._replace(slowest=slowest)


def read(name: str, content: bytes) -> Counter[str]:
    """How many articles and faults a file has.

    Raises:
        AssertionError: the spans of an article are wrong, or a fault has no remedy.
    """
    counts: Counter[str] = Counter()
    try:
        for record in records(name, content):
            try:
                assert_holds(parse(record))
                counts["articles"] += 1
            except FaultError as fault:
                assert_is_told(fault)
                counts["faults"] += 1
    except FaultError as fault:
        assert_is_told(fault)
        counts["faults"] += 1
    return counts


def assert_holds(article: Article) -> None:
    """The text can be shown, and the spans of blocks and passages stand in it, one behind another."""
    assert article.text.strip()
    for field in (article.id, article.title, article.text, article.source, article.author, article.url):
        assert "\0" not in field
        field.encode()
    assert_in_order([(block.start, block.end) for block in article.blocks], article.text)
    assert_in_order([span for passage in passage_spans(article) for span in passage.sentences], article.text)


def assert_in_order(spans: Sequence[tuple[int, int]], text: str) -> None:
    """Each span has words, and begins where the one before has ended or later."""
    last = 0
    for start, end in spans:
        assert last <= start < end <= len(text)
        assert text[start:end].strip()
        last = end


def assert_is_told(fault: FaultError) -> None:
    """A fault tells what is wrong and what to do about it, each on a line."""
    assert fault.reason.strip()
    assert fault.remedy.strip()
    assert "\n" not in fault.reason + fault.remedy


def keep(outcome: Outcome, ending: str, folder: Path) -> None:
    """Write what was wrong into a folder: the file, and its traceback beside it."""
    for number, (told, content) in enumerate(outcome.wrong, start=1):
        (folder / f"{number}{ending}").write_bytes(content)
        (folder / f"{number}{ending}.traceback.txt").write_text(told, encoding="utf-8")
