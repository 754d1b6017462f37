"""How XML of others is parsed: nothing is fetched, and no entity is put in."""

from __future__ import annotations

from typing import Final, TypedDict


class _Settings(TypedDict):
    resolve_entities: bool
    no_network: bool
    load_dtd: bool


SAFE: Final[_Settings] = {"resolve_entities": False, "no_network": True, "load_dtd": False}
"""The arguments of every parser of lxml that reads files of others."""
