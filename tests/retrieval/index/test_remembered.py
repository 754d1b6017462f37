"""What is looked up together, and what is not looked up again."""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.index.remembered import Remembered


def test_what_is_not_known_is_looked_up_in_one_call_and_never_again() -> None:
    asked: list[list[str]] = []

    def lengths(keys: Sequence[str]) -> dict[str, int]:
        asked.append(list(keys))
        return {key: len(key) for key in keys}

    remembered = Remembered(lengths, 3)
    assert remembered(["a", "bb"]) == [1, 2]
    assert remembered(["bb", "ccc", "a"]) == [2, 3, 1]
    assert asked == [["a", "bb"], ["ccc"]]
    assert remembered(["dddd", "bb"]) == [4, 2]  # no more than three are kept
    assert remembered(["bb", "a"]) == [2, 1]
    assert asked[2:] == [["dddd"], ["a"]]
    assert remembered([]) == []


def test_more_keys_than_are_kept_get_their_values() -> None:
    remembered = Remembered(lambda keys: {key: len(key) for key in keys}, 1)
    assert remembered(["a", "bb", "ccc"]) == [1, 2, 3]
