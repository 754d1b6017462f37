"""The trained weights: a small readable file in the package, with their provenance."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from retrieval.errors import PasokhError
from retrieval.features import ALL_NAMES
from retrieval.units import Floats


@dataclass(frozen=True, slots=True)
class Weights:
    """What each feature counts.

    Args:
        ranking: by feature, in the order of `ALL_NAMES`.
    """

    ranking: Floats


@cache
def shipped() -> Weights:
    """The weights of the package."""
    stored = json.loads(files("retrieval").joinpath("weights.json").read_text(encoding="utf-8"))
    return Weights(np.array([stored["ranking"].get(name, 0.0) for name in ALL_NAMES]))
