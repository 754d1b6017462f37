"""The trained weights: a small readable file in the package, with their provenance. `retrieval train` writes it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from retrieval.ranking.confidence import CONFIDENCE_NAMES
from retrieval.ranking.features import FEATURE_NAMES
from retrieval.system.arrays import Floats

WEIGHTS_FILE = "weights.json"


@dataclass(frozen=True, slots=True)
class Weights:
    """What each feature counts.

    Args:
        ranking: by feature, in the order of `features.FEATURE_NAMES`.
        confidence: by feature, in the order of `confidence.CONFIDENCE_NAMES`.
        bias: of the confidence.
    """

    ranking: Floats
    confidence: Floats
    bias: float


@cache
def shipped() -> Weights:
    """The weights of the package."""
    return from_json(Path(__file__).with_name(WEIGHTS_FILE).read_text(encoding="utf-8"))


def from_json(text: str) -> Weights:
    """The weights in a file's content."""
    stored = json.loads(text)
    confidence = stored["confidence"]
    return Weights(
        in_order(stored["ranking"], FEATURE_NAMES),
        in_order(confidence["weights"], CONFIDENCE_NAMES),
        confidence["bias"],
    )


def to_json(weights: Weights, provenance: dict[str, object]) -> str:
    """The file's content."""
    confidence = {"bias": round(weights.bias, 4), "weights": named(CONFIDENCE_NAMES, weights.confidence)}
    stored = {"provenance": provenance, "ranking": named(FEATURE_NAMES, weights.ranking), "confidence": confidence}
    return json.dumps(stored, ensure_ascii=False, indent=2) + "\n"


def in_order(stored: Mapping[str, float], names: Sequence[str]) -> Floats:
    """The values of some names.

    Raises:
        KeyError: a name is missing: the file was written for other features.
    """
    return np.array([stored[name] for name in names])


def named(names: Sequence[str], values: Floats) -> dict[str, float]:
    """Each value by its name, short enough to be read."""
    return dict(zip(names, (round(value, 4) for value in values.tolist()), strict=True))
