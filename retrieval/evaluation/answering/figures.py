"""Judgements → the share of each outcome, by group, with intervals that resample articles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from retrieval.evaluation.answering.outcomes import Judgement, Outcome
from retrieval.evaluation.measuring.statistics import Estimate, clustered_mean

ANSWERED = frozenset({Outcome.RIGHT, Outcome.WRONG})


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a group: how many questions it has, and the share that ended right."""

    questions: int
    right: Estimate


@dataclass(frozen=True, slots=True)
class Told:
    """What became of a group's questions.

    Args:
        name: the file and the group.
        questions: how many there are.
        answerable: how many of these have an answer.
        in_part: how many were asked while a part of the articles could not be searched.
        shares: those that ended right; of the answerable ones A@1 (answered rightly), answered, unsure and refused; of
            the others, those not answered.
        parts: by the name of a kind of question or of some turns.
    """

    name: str
    questions: int
    answerable: int
    in_part: int
    shares: Mapping[str, Estimate]
    parts: Mapping[str, Part]


def told(source: str, judgements: Iterable[Judgement], seed: int) -> list[Told]:
    """The figures of each group, in the order in which the groups first appear.

    Args:
        source: the name of the file.
        judgements: of its questions.
        seed: of the intervals.
    """
    groups = _grouped((one.group, one) for one in judgements)
    return [_told(f"{source}: {name}", some, seed) for name, some in groups.items()]


def _grouped(named: Iterable[tuple[str, Judgement]]) -> dict[str, list[Judgement]]:
    groups: dict[str, list[Judgement]] = {}
    for name, judgement in named:
        groups.setdefault(name, []).append(judgement)
    return groups


def _told(name: str, judgements: Sequence[Judgement], seed: int) -> Told:
    answerable = [one for one in judgements if one.answerable]
    others = [one for one in judgements if not one.answerable]
    right = frozenset({Outcome.RIGHT})
    shares = {
        "right": _share(judgements, right, seed),
        "A@1": _share(answerable, right, seed),
        "answered": _share(answerable, ANSWERED, seed),
        "unsure": _share(answerable, frozenset({Outcome.UNSURE}), seed),
        "refused": _share(answerable, frozenset({Outcome.REFUSED}), seed),
        "not answered, of the unanswerable": _share(others, right, seed),
    }
    parts = _grouped((one.part, one) for one in judgements if one.part)
    return Told(
        name,
        len(judgements),
        len(answerable),
        sum(one.in_part for one in judgements),
        {share: found for share, found in shares.items() if found},
        {part: Part(len(some), found) for part, some in parts.items() if (found := _share(some, right, seed))},
    )


def _share(judgements: Sequence[Judgement], wanted: frozenset[Outcome], seed: int) -> Estimate | None:
    """The share of some outcomes; None where there is no question."""
    if not judgements:
        return None
    values = [float(one.outcome in wanted) for one in judgements]
    return clustered_mean(values, [one.article for one in judgements], seed=seed)
