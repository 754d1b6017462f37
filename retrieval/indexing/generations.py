"""The folders of an engine on disk, one for each of the last two generations of the articles.

A new generation begins as hard links to the files of the one before. It is amended, and renamed when it is whole. The
store's header says which generation is in force, so a writer that is killed leaves at most a folder that nothing names.
Readers keep the files that they opened, even if these are removed.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

from retrieval.engines import StoredEngine, Writer
from retrieval.errors import IndexStoreError
from retrieval.index.documents import passage_documents, sentence_documents
from retrieval.index.store import Store
from retrieval.index.stored_article import AnalysedArticle

_LEVELS = ("sentences", "passages")


class Generations:
    """The generations of an engine beside a store.

    Args:
        engine: the engine's class.
        home: the folder of the index.
    """

    def __init__(self, engine: type[StoredEngine], home: Path) -> None:
        self._engine, self._home = engine, home

    def folder(self, generation: int) -> Path:
        """The folder of a generation."""
        return self._home / f"{self._engine.__name__}-{generation}"

    def open(self, generation: int) -> tuple[StoredEngine, StoredEngine]:
        """The engines of sentences and of passages.

        Raises:
            DamagedError: they are missing or damaged.
        """
        sentences, passages = (self._engine.open(self.folder(generation) / level) for level in _LEVELS)
        return sentences, passages

    def draft(self, generation: int, *, empty: bool) -> Draft | None:
        """Begin a new generation.

        Args:
            generation: its number.
            empty: whether it begins without documents; else it amends the generation before.

        Returns:
            The draft; None where the generation before is missing, so that `settle` will make the new one.
        """
        before = self.folder(generation - 1)
        if not empty and not before.exists():
            return None
        return Draft(self._engine, self.folder(generation), None if empty else before)

    def settle(self, store: Store) -> None:
        """End a change of the store: remove all but the last two generations, and make the store's where it is missing.

        Raises:
            IndexStoreError: it cannot be written.
        """
        generation = store.header.generation
        self._prune(generation)
        if not self.folder(generation).exists():
            self.create(store)

    def create(self, store: Store) -> None:
        """Write the store's generation from the store alone, as after a change of the engine.

        Raises:
            IndexStoreError: it cannot be written.
        """
        draft = Draft(self._engine, self.folder(store.header.generation), None)
        for writer, documents in zip(draft.writers, (sentence_documents, passage_documents), strict=True):
            writer.add(documents(store))
        draft.commit(())

    def _prune(self, generation: int) -> None:
        """Remove all but a generation and the one before, which some reader may be about to open."""
        kept = {self.folder(generation), self.folder(generation - 1)}
        for folder in set(self._home.glob(f"{self._engine.__name__}-*")) - kept:
            shutil.rmtree(folder, ignore_errors=True)


class Draft:
    """A generation that is being written. Its files are created when the first article is added, or by `commit`.

    Args:
        engine: the engine's class.
        target: where the generation is put when it is whole.
        before: the folder of the generation that it amends; None for an empty one.
    """

    def __init__(self, engine: type[StoredEngine], target: Path, before: Path | None) -> None:
        self._engine, self._target, self._before = engine, target, before
        self._folder = target.with_name(f"{target.name}.new")

    @cached_property
    def writers(self) -> tuple[Writer, Writer]:
        """The writers of sentences and of passages."""
        shutil.rmtree(self._folder, ignore_errors=True)
        if self._before is not None:
            for level in _LEVELS:
                _link(self._before / level, self._folder / level)
        sentences, passages = (self._engine.write(self._folder / level) for level in _LEVELS)
        return sentences, passages

    def add(self, analysed: AnalysedArticle, article: int, first: int) -> None:
        """Add an article.

        Args:
            analysed: the article.
            article: its number.
            first: the number of its first sentence.
        """
        sentence_writer, passage_writer = self.writers
        passages, sentences = analysed.documents(article, first)
        passage_writer.add(passages)
        sentence_writer.add(sentences)

    def commit(self, removed: Iterable[int]) -> None:
        """Remove articles, and put the generation in its place.

        Args:
            removed: the articles' numbers.

        Raises:
            IndexStoreError: it cannot be written.
        """
        from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415  # a question is answered without it

        listed = list(removed)
        with ThreadPoolExecutor(len(self.writers)) as threads:  # each does most of its work outside of Python
            list(threads.map(lambda writer: writer.commit(listed), self.writers))
        try:
            shutil.rmtree(self._target, ignore_errors=True)
            self._folder.rename(self._target)
        except OSError as error:
            raise IndexStoreError(f"{self._target}: it cannot be written ({error.strerror})") from error


def _link(source: Path, target: Path) -> None:
    """Make a folder of hard links to the files of another. An engine never writes a file again, it only replaces it."""
    try:
        target.mkdir(parents=True)
        for file in source.iterdir():
            if not file.name.endswith(".lock"):
                os.link(file, target / file.name)
    except OSError as error:
        raise IndexStoreError(f"{target}: it cannot be written ({error.strerror})") from error
