"""Styles of office documents take from others that they stand on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping


def from_the_base(parents: Mapping[str, str]) -> Iterator[str]:
    """The names of styles, each behind the one that it stands on; a circle begins anywhere.

    Args:
        parents: by the name of a style, the one that it stands on; "" or an unknown one for none.
    """
    done: set[str] = set()
    for first in parents:
        name, chain = first, dict[str, None]()
        while name in parents and name not in done and name not in chain:
            chain[name] = None
            name = parents[name]
        done.update(chain)
        yield from reversed(chain)
