"""The commands of those who keep a corpus.

`retrieval read` shows what a reader makes of a file, so that its editor sees why something is not found. `retrieval
fetch` fetches what `sources.toml` lists, once.
"""

from __future__ import annotations

import argparse
import sys
from bisect import bisect_left
from collections.abc import Iterator
from pathlib import Path

from retrieval.corpus.articles import read_corpus
from retrieval.text.layout import blocks_of
from retrieval.text.passages import passage_spans
from retrieval.text.safe import for_terminal
from retrieval.types import Article, Block, Kind

NONE = "–"
"""What is shown of a field that an article has not."""

_LEVELLED = {Kind.HEADING, Kind.ITEM}


def add_parsers(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `read` and `fetch` to the commands."""
    parser = commands.add_parser(
        "read",
        help="show what is read of a file",
        description="Show the fields of a file's articles, and each block: what it is, its text and context.",
    )
    parser.set_defaults(run=read)
    parser.add_argument("file", type=Path, metavar="FILE", help="an article file, or a folder of them")
    parser = commands.add_parser(
        "fetch",
        help="fetch the feeds and pages of sources.toml",
        description="Fetch the feeds and pages that sources.toml lists, and write new articles into the corpus folder.",
    )
    parser.set_defaults(run=fetch)
    parser.add_argument("--corpus", type=Path, default=Path("corpus"), metavar="DIR", help="default: corpus")
    parser.add_argument(
        "--private", action="store_true", help="connect to private, loopback and link-local addresses too"
    )


def read(options: argparse.Namespace) -> None:
    """Print what is read of a file, and on the error stream what cannot be read.

    Raises:
        CorpusError: there is no such file, or it has not one article.
    """
    corpus = read_corpus(options.file)
    for article in corpus.articles:
        print(for_terminal("\n".join(described(article))))
    for problem in corpus.problems:
        print(for_terminal(f"retrieval: left out: {problem}"), file=sys.stderr)


def fetch(options: argparse.Namespace) -> None:
    """Fetch the sources, and tell how much was written, and on the error stream what could not be fetched.

    Raises:
        CorpusError: `sources.toml` cannot be read.
    """
    from retrieval.corpus.fetching import fetch_sources  # noqa: PLC0415  # other commands need no client of the web

    written, failed = fetch_sources(options.corpus, allows_private=options.private)
    for source, reason in failed.items():
        print(for_terminal(f"retrieval: not fetched: {source}: {reason}"), file=sys.stderr)
    print(f"{written} {'article' if written == 1 else 'articles'} written, {len(failed)} sources failed")


def described(article: Article) -> Iterator[str]:
    """The lines that tell of an article: its fields, then its blocks with their contexts."""
    fields = {
        "id": article.id,
        "title": article.title,
        "date": article.date.isoformat() if article.date else "",
        "source": article.source,
        "author": article.author,
        "url": article.url,
    }
    yield from (f"{name:<12}{value or NONE}" for name, value in fields.items())
    contexts = sorted((passage.sentences[0][0], passage.context) for passage in passage_spans(article))
    starts = [start for start, _ in contexts]
    for block in article.blocks or blocks_of(article.text):
        for _, context in contexts[bisect_left(starts, block.start) : bisect_left(starts, block.end)]:
            if context:
                named = (" ".join(article.text[slice(*span)].split()) for span in context)
                yield f"{'context':<12}{' › '.join(named)}"
        first, *others = article.text[block.start : block.end].split("\n")
        yield f"{_named(block):<12}{first}"
        yield from (f"{'':<12}{line}" for line in others)
    yield ""


def _named(block: Block) -> str:
    """What a block is, with the level of a heading and of an item in another."""
    return f"{block.kind.value} {block.level}" if block.kind in _LEVELLED and block.level else block.kind.value
