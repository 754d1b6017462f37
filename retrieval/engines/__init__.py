"""Engines: one module and one library each, behind the protocol in `base`."""

from __future__ import annotations

from retrieval.engines.base import Candidate, Engine, Group, Query
from retrieval.engines.memory import MemoryEngine
from retrieval.errors import EngineError

__all__ = ["ENGINES", "Candidate", "Engine", "Group", "Query", "engine_class"]

ENGINES: dict[str, type[Engine]] = {"rank-bm25": MemoryEngine}
"""The engines by the name that users give."""


def engine_class(name: str) -> type[Engine]:
    """The engine called `name`.

    Raises:
        EngineError: there is none of that name.
    """
    try:
        return ENGINES[name]
    except KeyError:
        raise EngineError(f"no engine is called «{name}»; use one of: {', '.join(ENGINES)}") from None
