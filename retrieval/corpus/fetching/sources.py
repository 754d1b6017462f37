"""`sources.toml` in the corpus folder: the addresses of feeds and pages to fetch."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from retrieval.corpus.folder import SOURCES
from retrieval.errors import CorpusError

_LISTS = ("feeds", "pages")


class Sources(NamedTuple):
    """What is to be fetched.

    Args:
        feeds: addresses of feeds (RSS, Atom).
        pages: addresses of pages with an article each.
        contact: how the editors can be reached; "" where that is not told. Servers are told it.
    """

    feeds: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    contact: str = ""


def read_sources(corpus: Path) -> Sources:
    """What the `sources.toml` of a corpus lists.

    Raises:
        CorpusError: there is none, it cannot be read, or it is not what `Sources` has.
    """
    file = corpus / SOURCES
    remedy = 'write `feeds = ["https://…"]` and `pages = ["https://…"]`'
    try:
        given = tomllib.loads(file.read_text("utf-8-sig"))
    except OSError as error:
        raise CorpusError(file, f"it cannot be read ({error.strerror})", remedy) from error
    except (ValueError, RecursionError) as error:
        raise CorpusError(file, f"it is broken TOML ({error})", remedy) from error
    unknown = sorted(given.keys() - set(Sources._fields))
    if unknown:
        raise CorpusError(file, f"«{unknown[0]}» is not known", remedy)
    contact = given.get("contact", "")
    if not isinstance(contact, str) or not contact.isascii() or not contact.isprintable():
        raise CorpusError(file, "its contact is no address", 'write `contact = "editor@example.org"`')
    feeds, pages = (_addresses(file, key, given.get(key, [])) for key in _LISTS)
    if not feeds and not pages:
        raise CorpusError(file, "it lists nothing", remedy)
    return Sources(feeds, pages, contact)


def _addresses(file: Path, key: str, given: object) -> tuple[str, ...]:
    if not isinstance(given, list):
        raise CorpusError(file, f"its {key} are no list", f'write `{key} = ["https://…"]`')
    for address in given:
        if not _is_of_web(address):
            remedy = "begin it with https://, and leave out user and password"
            raise CorpusError(file, f"«{address}» is not the address of a page", remedy)
    return tuple(dict.fromkeys(given))


def address_in(page: str, link: str) -> str:
    """The address that a link in a page leads to; "" where that is not of the web, or cannot be fetched."""
    try:
        address = urljoin(page, link.strip())
    except ValueError:
        return ""
    return address if _is_of_web(address) else ""


def _is_of_web(address: object) -> bool:
    """Whether something is the address of a page or feed that can be fetched."""
    try:
        parts = urlsplit(address) if isinstance(address, str) else None
        return bool(parts and parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc)
    except ValueError:
        return False
