"""How an index is made: by which analysis and engine, and who is told of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from retrieval.engines import AUTO, MAX_BYTES_IN_MEMORY, Engine, engine_class
from retrieval.errors import EngineError
from retrieval.indexing.batches import Elsewhere
from retrieval.system import versions
from retrieval.text.analyzer import Analyzer

Announce = Callable[[str], None]
"""Told in one line what the caller should know."""

Track = Callable[[Iterable[int], int], Iterable[int]]
"""Passes on amounts of work, in bytes, while they are done, and may show how far of a total they are;
`retrieval.system.progress.track` is one."""


def silent(_: str) -> None:
    """The `Announce` that tells nobody."""


def untracked(amounts: Iterable[int], _: int) -> Iterable[int]:
    """The `Track` that shows nothing."""
    return amounts


@dataclass(frozen=True, slots=True)
class IndexSpec:
    """How an index is made.

    Args:
        engine: an engine's name, or `auto`.
        analyzer: text → terms.
        announce: told of damage, of another version, and of what cannot be written.
        track: shows the progress of the analysis.
        elsewhere: other machines that analyse too; None for none.
    """

    engine: str
    analyzer: Analyzer
    announce: Announce = silent
    track: Track = untracked
    elsewhere: Elsewhere | None = None

    @property
    def version(self) -> str:
        """What the analysis depends on; a stored index of another version is built anew."""
        return versions.analysis(self.analyzer.lexicon.fingerprint)

    def engine_for(self, size: int) -> type[Engine]:
        """The engine that is named or, with `auto`, the one that suits the article files.

        Args:
            size: of the files, in bytes.

        Raises:
            EngineError: there is none of that name, or its library is not installed.
        """
        if self.engine != AUTO:
            return engine_class(self.engine)
        if size > MAX_BYTES_IN_MEMORY:
            try:
                return engine_class("tantivy")
            except EngineError as error:
                self.announce(f"{error}; until then a large corpus starts slowly.")
        return engine_class("rank-bm25")
