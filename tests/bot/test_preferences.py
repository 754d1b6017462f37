"""The kept settings: those of the very same environment, or read anew; nothing secret among them."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import preferences, settings
from bot.errors import SettingsError
from bot.preferences import KEPT, Preferences
from bot.settings import Settings


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(preferences, "default_data_folder", lambda: tmp_path / "home")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PASOKH_DATA", str(tmp_path / "data"))
    for name in ("PASOKH_ENGINE", "PASOKH_CORPUS", "PASOKH_CAUTION"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path / "home"


def read_anew(monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether loading reads all settings."""
    times: list[Settings] = []
    with monkeypatch.context() as patched:

        def load() -> Settings:
            times.append(Settings())
            return times[-1]

        patched.setattr(settings, "load", load)
        preferences.load()
    return bool(times)


def test_what_was_read_is_kept(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = preferences.load()
    assert found == Preferences(Path("corpus"), tmp_path / "data", "auto", "balanced")
    assert not read_anew(monkeypatch)
    assert preferences.load() == found
    assert (home / KEPT).exists()


@pytest.mark.parametrize("name", ["PASOKH_ENGINE", "pasokh_corpus", "PASOKH_TELEGRAM_TOKEN", "HOME"])
def test_another_environment_is_read_anew(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    preferences.load()
    monkeypatch.setenv(name, "other")
    assert read_anew(monkeypatch)
    assert not read_anew(monkeypatch)


def test_another_file_of_settings_is_read_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    preferences.load()
    (tmp_path / ".env").write_text("PASOKH_CAUTION=careful\n", encoding="utf-8")
    assert read_anew(monkeypatch)
    assert preferences.load().caution == "careful"
    (tmp_path / ".env").write_text("PASOKH_CAUTION=eager\n", encoding="utf-8")
    assert preferences.load().caution == "eager"
    (tmp_path / ".env").unlink()
    assert preferences.load().caution == "balanced"


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b"\xff", b'{"digest": 1}', b"null"])
def test_what_is_damaged_is_read_anew(home: Path, content: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    found = preferences.load()
    (home / KEPT).write_bytes(content)
    assert read_anew(monkeypatch)
    assert preferences.load() == found


def test_settings_that_cannot_be_are_refused_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PASOKH_CAUTION", "reckless")
    for _ in range(2):
        with pytest.raises(SettingsError, match="PASOKH_CAUTION"):
            preferences.load()


def test_nothing_secret_is_kept(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PASOKH_TELEGRAM_TOKEN", "12345:hidden")
    preferences.load()
    assert "hidden" not in (home / KEPT).read_text(encoding="utf-8")


def test_where_nothing_can_be_kept_they_are_read_each_time(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home.write_text("", encoding="utf-8")
    assert read_anew(monkeypatch)
    assert read_anew(monkeypatch)
