"""An article's sketch: a few numbers by which it meets its copies, whatever small edits lie between them.

A shingle is three units in a row. The least of the shingles' hashes is the same in two articles with the probability of
their resemblance, the share of shingles that they have in common (MinHash: Broder, «On the resemblance and containment
of documents», 1997). Each number of a sketch joins two such minima, under hashes of their own, so that articles which
share a set phrase seldom meet (banding: Leskovec, Rajaraman, Ullman, «Mining of Massive Datasets», section 3.4). Two
articles that resemble each other by 0.6 share a number with a probability of 0.97, by 0.1 with one of 0.08.

An article that names its address has a number of that behind them, by which it meets its other versions.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import unquote, urlsplit
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

SHINGLE_UNITS = 3
"""Units of a shingle."""

BANDS = 8
"""Numbers of a sketch."""

Hashes = NDArray[np.uint32]

KEY: np.dtype[np.uint32] = np.dtype("<u4")
"""A number of a sketch, as it is stored."""

_FACTORS = np.random.default_rng(1).integers(1 << 31, size=2 * BANDS, dtype=np.uint32) * 2 + 1
"""Odd, so that to multiply by one orders all 32-bit hashes anew; part of what is stored."""

_PLACES = tuple(np.array([0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D], dtype=np.uint32))
"""For each place in a shingle a large odd factor, so that the order of its units counts."""


def address_of(url: str) -> str:
    """What is the same in the ways to write the address of a page; "" for one that is no page's own.

    Scheme, «www.», fragment, percent signs, a slash at the end and what tells where readers come from do not count. The
    first page of a site is no article's own.
    """
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    path = unquote(parts.path).rstrip("/")
    told = "&".join(one for one in unquote(parts.query).split("&") if one and not one.startswith("utm_"))
    return f"{host}{path}?{told}" if host and (path or told) else ""


def address_key(url: str) -> bytes:
    """The number of type `KEY` by which an article meets others of its address; b"" for one without an address."""
    address = address_of(url)
    return crc32(address.encode("utf-8", "surrogatepass")).to_bytes(KEY.itemsize, "little") if address else b""


def address_key_in(sketch: bytes) -> bytes:
    """The last number of a sketch, if it is that of an address; else b""."""
    return sketch[-KEY.itemsize :] if len(sketch) % (BANDS * KEY.itemsize) else b""


class Sketcher:
    """Sketches articles from the numbers of their units.

    A process numbers units in its own way, so each unit is hashed by its name: sketches of all processes are alike.
    """

    def __init__(self) -> None:
        self._hashes = np.empty(0, dtype=np.uint32)

    def learn(self, units: Sequence[str]) -> None:
        """Hash the units whose numbers follow those that it knows."""
        new = np.fromiter((crc32(unit.encode("utf-8", "surrogatepass")) for unit in units), np.uint32, len(units))
        self._hashes = np.concatenate([self._hashes, new])

    def sketches(self, articles: Sequence[bytes]) -> list[bytes]:
        """The sketch of each article, `BANDS` numbers of type `KEY`; b"" for one without a shingle.

        Args:
            articles: for each the numbers of its units, as int32.
        """
        chosen = [place for place, words in enumerate(articles) if len(words) >= 4 * SHINGLE_UNITS]
        sizes = np.array([len(articles[place]) // 4 for place in chosen], dtype=np.int64)
        found = [b""] * len(articles)
        if not chosen:
            return found
        hashes = self._hashes[np.frombuffer(b"".join(articles[place] for place in chosen), "<i4")]
        ends = np.cumsum(sizes)
        packed = _sketches(_shingles(hashes, ends - sizes, ends), ends - sizes).tobytes()
        size = BANDS * KEY.itemsize
        for row, place in enumerate(chosen):
            found[place] = packed[row * size : (row + 1) * size]
        return found


def _shingles(hashes: Hashes, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> Hashes:
    """The hash of the shingle that begins at each unit; where it would reach over an article's end, the first one's.

    Args:
        hashes: of each unit.
        starts: for each article the place of its first unit.
        ends: for each article the place behind its last unit.
    """
    last = len(hashes) - SHINGLE_UNITS + 1
    found = np.empty_like(hashes)
    found[:last] = hashes[:last] * _PLACES[0]
    for place, factor in enumerate(_PLACES[1:], start=1):
        found[:last] += hashes[place : place + last] * factor
    found[:last] ^= found[:last] >> np.uint32(15)
    for place in range(1, SHINGLE_UNITS):
        found[ends - place] = found[starts]
    return found


def _sketches(shingles: Hashes, starts: NDArray[np.int64]) -> Hashes:
    """Articles × `BANDS`.

    Args:
        shingles: the hashes of those of all articles.
        starts: for each article the place of its first shingle.
    """
    minima = [np.minimum.reduceat(shingles * factor, starts) for factor in _FACTORS]
    bands = [one * _PLACES[0] + other * _PLACES[1] for one, other in zip(minima[::2], minima[1::2], strict=True)]
    found: Hashes = np.column_stack(bands).astype(KEY)
    found += np.arange(BANDS, dtype=np.uint32)
    return found
