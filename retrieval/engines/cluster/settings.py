"""How a cluster is reached: the variables of the environment whose names begin with `PREFIX`."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from retrieval.errors import EngineError

PREFIX = "PASOKH_OPENSEARCH_"

_HOST = re.compile(r"https?://[^/@\s]+")


@dataclass(frozen=True, slots=True)
class ClusterSettings:
    """How a cluster is reached, and what is made in it.

    Args:
        hosts: the addresses of its nodes, as `https://HOST:9200`; all that hold data, so that one that hangs is told.
        user, password: whom it knows; "" where it asks for none.
        certificate, key: files of a client's certificate and its key; None where it asks for none.
        ca: the file of the authority that signed its certificates; None for those that the system trusts.
        name: how the names of the indices begin; two collections in one cluster have different ones.
        shards: of the indices of passages and articles.
        replicas: copies of each shard beside the first.
        writer: whether this machine may index; without it, it only reads.
        timeout: seconds that a node may take for a question's request; then another is asked.
    """

    hosts: tuple[str, ...] = ("https://localhost:9200",)
    user: str = ""
    password: str = field(default="", repr=False)
    certificate: Path | None = None
    key: Path | None = None
    ca: Path | None = None
    name: str = "pasokh"
    shards: int = 1
    replicas: int = 1
    writer: bool = True
    timeout: float = 1.0

    @classmethod
    def from_environment(cls, variables: Mapping[str, str] = os.environ) -> ClusterSettings:
        """What the environment says.

        Raises:
            EngineError: a value cannot be.
        """
        given = {name: variables.get(PREFIX + name.upper(), "") for name in _READERS}
        return cls(**{name: _read(name, value) for name, value in given.items() if value})


def _read(name: str, value: str) -> Any:
    try:
        return _READERS[name](value)
    except ValueError as error:
        raise EngineError(f"{PREFIX}{name.upper()}: {error}; see docs/cluster.md") from error


def _hosts(value: str) -> tuple[str, ...]:
    hosts = tuple(filter(None, value.replace(",", " ").split()))
    if not all(map(_HOST.fullmatch, map(str.lower, hosts))):
        # What was given may hold a password, so it is not shown.
        raise ValueError("write https://HOST:PORT, several with commas between them, and no password")
    return hosts


def _name(value: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9_-]{0,63}", value):
        raise ValueError("write small Latin letters, digits, - and _")
    return value


def _number(least: float, kind: Callable[[str], Any]) -> Callable[[str], Any]:
    def read(value: str) -> Any:
        try:
            number = kind(value)
        except ValueError:
            number = None
        if number is None or not least <= number < float("inf"):
            raise ValueError(f"write a number from {least:g} on")
        return number

    return read


def _switch(value: str) -> bool:
    if value.lower() not in {"true", "false", "1", "0"}:
        raise ValueError("write true or false")
    return value.lower() in {"true", "1"}


_READERS: dict[str, Callable[[str], Any]] = {
    "hosts": _hosts,
    "user": str,
    "password": str,
    "certificate": Path,
    "key": Path,
    "ca": Path,
    "name": _name,
    "shards": _number(1, int),
    "replicas": _number(0, int),
    "writer": _switch,
    "timeout": _number(0.05, float),
}
