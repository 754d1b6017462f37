"""What has been looked up of some keys, so that the others are looked up together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Remembered(Generic[K, V]):
    """Values by their keys. Those that are not known are looked up in one call.

    Args:
        look_up: from keys to the value of each; the values never change.
        most: how many values are kept; where there would be more, all but those that are asked for are given up.
    """

    def __init__(self, look_up: Callable[[Sequence[K]], Mapping[K, V]], most: int) -> None:
        self._look_up, self._most = look_up, most
        self._known: dict[K, V] = {}

    def __call__(self, keys: Iterable[K]) -> list[V]:
        """The values of some keys, in their order."""
        keys, known = list(keys), self._known
        if lacking := [key for key in keys if key not in known]:
            if len(known) + len(lacking) > self._most:
                known = self._known = {key: known[key] for key in keys if key in known}
            known.update(self._look_up(lacking))
        return [known[key] for key in keys]
