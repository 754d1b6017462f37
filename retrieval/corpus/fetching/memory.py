"""What a round of fetching leaves to the next one: a hidden file in the corpus folder, which may be removed."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import NamedTuple, Self

from retrieval.corpus.fetching.web import Validators
from retrieval.system import replace_file

MEMORY = ".sources.json"

MAX_LINKS = 20_000
"""Links of feeds that are remembered; beyond them, those that were listed longest ago are forgotten."""
MAX_TRIES = 5
"""Rounds in which a link is tried before it is given up."""


class Link(NamedTuple):
    """What was done about an item that a feed lists.

    Args:
        digest: of the item as it was listed.
        tries: how many rounds may still ask for its page; 0 where that is done.
    """

    digest: str
    tries: int = MAX_TRIES


@dataclass(slots=True)
class Memory:
    """What is remembered.

    Args:
        validators: of feeds and pages, by address.
        links: by address, the one that was listed last at the end.
    """

    validators: dict[str, Validators] = field(default_factory=dict)
    links: dict[str, Link] = field(default_factory=dict)

    @classmethod
    def of(cls, corpus: Path) -> Self:
        """What the last round in a corpus folder left; nothing where there is none or its file is damaged."""
        try:
            stored = json.loads((corpus / MEMORY).read_text("utf-8"))
            validators = {url: Validators(*map(str, said)) for url, said in stored["validators"].items()}
            links = {url: Link(str(digest), int(tries)) for url, (digest, tries) in stored["links"].items()}
            return cls(validators, links)
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return cls()

    def keep(self, corpus: Path) -> None:
        """Store it.

        Raises:
            OSError: the folder cannot be written.
        """
        self.links = dict(list(self.links.items())[-MAX_LINKS:])
        replace_file(corpus / MEMORY, json.dumps(asdict(self), ensure_ascii=False).encode())

    def meet(self, url: str, digest: str) -> bool:
        """An item is listed; returns whether its page is to be asked for."""
        known = self.links.pop(url, Link(digest))
        self.links[url] = known if known.digest == digest else Link(digest)
        return self.links[url].tries > 0

    def settle(self, url: str, *, is_done: bool) -> None:
        """The page of a listed item was asked for."""
        digest, tries = self.links[url]
        self.links[url] = Link(digest, 0 if is_done else tries - 1)
