"""All sources of a corpus fetched once: feeds, then the pages that they list, and those that are listed by hand.

A source that fails costs itself alone. What was written stays written, whatever comes after it.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import NamedTuple, ParamSpec, TypeVar

from retrieval.corpus.fetching.hosts import PAUSE_SECONDS, Hosts
from retrieval.corpus.fetching.memory import Memory
from retrieval.corpus.fetching.saved_page import name_of, of_item, of_reply, told_before, write
from retrieval.corpus.fetching.sources import Sources, address_in, read_sources
from retrieval.corpus.fetching.web import NOTHING_KNOWN, Reply, Validators, Web, WebError
from retrieval.corpus.readers.feeds import items
from retrieval.corpus.readers.record import FaultError
from retrieval.system.files import fingerprint

MAX_ITEMS = 200
"""Items of a feed that are looked at: feeds list some dozens."""

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


class Fetched(NamedTuple):
    """What became of a round.

    Args:
        written: how many files were written: new articles, and changed ones.
        failed: the sources that could not be fetched, or not all that they list, each with the reason.
    """

    written: int
    failed: dict[str, str]


class Listed(NamedTuple):
    """An article that a feed lists.

    Args:
        feed: the feed's address.
        url: the address of its page.
        fields: what the feed tells of it, see `retrieval.corpus.readers.feeds.items`.
    """

    feed: str
    url: str
    fields: dict[str, str]


def fetch_sources(corpus: Path, *, allows_private: bool = False, pause: float = PAUSE_SECONDS) -> Fetched:
    """Fetch what `sources.toml` lists, and write what is new as files into the corpus folder.

    Args:
        corpus: the folder.
        allows_private: whether addresses within the house (private, loopback, link-local) may be connected to.
        pause: seconds between two requests to a host.

    Raises:
        CorpusError: `sources.toml` cannot be read.
    """
    return asyncio.run(_fetched(corpus, read_sources(corpus), allows_private, pause))


async def _fetched(corpus: Path, sources: Sources, allows_private: bool, pause: float) -> Fetched:
    async with Web(sources.contact, allows_private=allows_private) as web:
        with ThreadPoolExecutor(1) as reading:
            found = _Round(corpus, Hosts(web, pause), Memory.of(corpus), reading)
            try:
                await found.all_of(sources)
            finally:
                found.close(sources)
    return Fetched(found.written, found.failed)


class _Round:
    """A round while it runs.

    Args:
        corpus: the folder.
        hosts: give replies.
        memory: of the rounds before.
        reading: the one thread that reads what was given, so that requests are timed well; no two may share a parser.
    """

    def __init__(self, corpus: Path, hosts: Hosts, memory: Memory, reading: ThreadPoolExecutor) -> None:
        self._corpus, self._hosts, self._memory, self._reading = corpus, hosts, memory, reading
        self._feeds: dict[str, Validators] = {}
        self._missed: defaultdict[str, list[str]] = defaultdict(list)
        self.written = 0
        self.failed: dict[str, str] = {}

    async def all_of(self, sources: Sources) -> None:
        """Fetch all sources; each host is asked by itself."""
        listed: list[Listed] = []
        await self._each((feed, self._feed(feed, listed)) for feed in sources.feeds)
        by_url: dict[str, Listed] = {}
        for one in listed:
            by_url.setdefault(one.url, one)
        pages = [url for url in sources.pages if url not in by_url]
        await self._each(
            [*((one.feed, self._linked(one)) for one in by_url.values()), *((url, self._page(url)) for url in pages)]
        )

    def close(self, sources: Sources) -> None:
        """Keep what the next round is to know."""
        for feed, missed in self._missed.items():
            self.failed.setdefault(feed, f"{len(missed)} of its pages cannot be fetched; {missed[0]}")
        known = self._memory.validators | self._feeds
        # A feed that failed is read again as a whole: the pages that were missed are listed in it.
        lasting = {*sources.feeds, *sources.pages} - (self._feeds.keys() & self.failed.keys())
        self._memory.validators = {url: said for url, said in known.items() if url in lasting}
        try:
            self._memory.keep(self._corpus)
        except OSError as error:
            self.failed[str(self._corpus)] = f"it cannot be written ({error.strerror})"

    async def _each(self, works: Iterable[tuple[str, Awaitable[None]]]) -> None:
        """Do some works side by side; what goes wrong in one is told of its source, and does not touch the others."""
        named = list(works)
        results = await asyncio.gather(*(work for _, work in named), return_exceptions=True)
        for (source, _), error in zip(named, results, strict=True):
            if isinstance(error, WebError | FaultError):
                self.failed[source] = error.reason
            elif isinstance(error, BaseException):
                self.failed[source] = f"{type(error).__name__}: {error}"[:200]

    async def _read(
        self, work: Callable[Arguments, Result], *args: Arguments.args, **kwargs: Arguments.kwargs
    ) -> Result:
        """Do what takes the processor in the thread for that."""
        return await asyncio.wrap_future(self._reading.submit(work, *args, **kwargs))

    async def _feed(self, feed: str, listed: list[Listed]) -> None:
        """Ask for a feed, and add what it lists.

        Raises:
            WebError: it cannot be fetched.
            FaultError: it is no feed.
        """
        reply = await self._hosts.get(feed, self._memory.validators.get(feed, NOTHING_KNOWN))
        if reply is not None:
            self._feeds[feed] = reply.validators
            listed += await self._read(_listed, feed, reply)

    async def _linked(self, listed: Listed) -> None:
        """Ask for the page of an item; without it, what the feed itself tells stands for it."""
        url, name = listed.url, name_of(listed.url)
        if not self._memory.meet(url, fingerprint(f"{listed.fields['title']}\n{listed.fields['date']}".encode())):
            return
        reply, is_done = None, True
        try:
            reply = await self._hosts.get(url)
        except WebError as error:
            is_done = error.is_lasting
            self._missed[listed.feed].append(f"{url}: {error.reason}")
        if await self._read(self._take_linked, name, reply, listed):
            self.written += 1
        self._memory.settle(url, is_done=is_done)

    def _take_linked(self, name: str, reply: Reply | None, listed: Listed) -> bool:
        """Write the article of an item: as its page has it, or as the feed has it where that tells more."""
        pages = []
        try:
            pages += [of_reply(name, reply, listed.fields)] if reply else []
        except FaultError as error:
            self._missed[listed.feed].append(f"{listed.url}: {error.reason}")
        is_fetched = bool(pages)
        with suppress(FaultError):  # most feeds have no text, or a few words
            pages.append(of_item(name, listed.fields))
        if not pages:
            return False
        return write(self._corpus, max(pages, key=lambda page: len(page.article.text)), replaces_longer=is_fetched)

    async def _page(self, url: str) -> None:
        """Ask for a page that is listed by hand.

        Raises:
            WebError: it cannot be fetched.
            FaultError: it has no article.
        """
        name = name_of(url)
        known = self._memory.validators.get(url, NOTHING_KNOWN) if (self._corpus / name).exists() else NOTHING_KNOWN
        reply = await self._hosts.get(url, known)
        if reply is not None:
            told = await self._read(told_before, self._corpus, name)
            if await self._read(lambda: write(self._corpus, of_reply(name, reply, told))):
                self.written += 1
            self._memory.validators[url] = reply.validators


def _listed(feed: str, reply: Reply) -> list[Listed]:
    """What a feed lists, without items that lead nowhere."""
    found = []
    for _, fields in islice(items(reply.content), MAX_ITEMS):
        if (link := fields.get("url")) and (url := address_in(reply.url, link)):
            found.append(Listed(feed, url, {**fields, "url": url}))
    return found
