"""A progress bar passes on all that is done, and is seen on a terminal only."""

from __future__ import annotations

import io
import sys

import pytest

from retrieval.system import progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_everything_is_passed_on_and_a_pipe_shows_no_bar(capsys: pytest.CaptureFixture[str]) -> None:
    assert list(progress.track(iter([3, 4, 5]), 12)) == [3, 4, 5]
    assert list(progress.track_items("abc", 3, "Asking")) == ["a", "b", "c"]
    assert capsys.readouterr() == ("", "")


def test_a_terminal_shows_how_far_it_is_once_it_takes_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr(progress, "SECONDS_BEFORE_BAR", 0.0)
    assert list(progress.track_items("abcd", 4, "Asking")) == ["a", "b", "c", "d"]
    assert "Asking" in terminal.getvalue()
    assert "100%" in terminal.getvalue()
    assert list(progress.track(iter([1, 2]), 3)) == [1, 2]
    assert "Indexing" in terminal.getvalue()
