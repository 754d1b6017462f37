"""Settings: defaults, `.env`, the environment, and the list of them in `.env.example`."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.settings import Settings, load
from retrieval import DEFAULT_ENGINE, default_data_folder
from tests.conftest import ROOT

NAMES = [f"PASOKH_{field.upper()}" for field in Settings.model_fields]
_NUMBERS, _IDS = (("5", "5"), ("7", "7")), (("1, 2", "frozenset({1, 2})"), ("3", "frozenset({3})"))
VALUES = {
    "telegram_admins": _IDS,
    "telegram_allowed": _IDS,
    "telegram_user_rate": _NUMBERS,
    "telegram_total_rate": _NUMBERS,
    "telegram_retention_days": _NUMBERS,
    "telegram_processes": _NUMBERS,
    "caution": (("careful", "careful"), ("eager", "eager")),
    "telegram_access": (("list", "list"), ("code", "code")),
    "telegram_log_level": (("ERROR", "ERROR"), ("DEBUG", "DEBUG")),
}
"""For settings that are no plain text: what is written in `.env`, in the environment, and what comes of it."""

LISTED = re.findall(r"(?m)^#(PASOKH_\w+)=(.*)$", (ROOT / ".env.example").read_text("utf-8"))


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, empty, with no setting in the environment."""
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_without_settings_the_defaults_hold() -> None:
    settings = load()

    assert settings.corpus == Path("corpus")
    assert settings.data == default_data_folder()
    assert settings.engine == DEFAULT_ENGINE


@pytest.mark.parametrize("name", NAMES)
def test_the_environment_beats_env_file_and_env_file_beats_the_default(
    name: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    field = name.removeprefix("PASOKH_").lower()
    (in_file, first), (in_environment, second) = VALUES.get(field, (("از-پرونده",) * 2, ("از-محیط",) * 2))

    (folder / ".env").write_text(f"{name}={in_file}\n", encoding="utf-8")
    assert str(getattr(load(), field)) == first

    monkeypatch.setenv(name, in_environment)
    assert str(getattr(load(), field)) == second


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PASOKH_TELEGRAM_ADMINS", "علی"),
        ("PASOKH_TELEGRAM_ACCESS", "closed"),
        ("PASOKH_TELEGRAM_USER_RATE", "-1"),
        ("PASOKH_TELEGRAM_RETENTION_DAYS", "0"),
    ],
)
def test_a_value_that_cannot_be_is_refused_by_name(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(SettingsError, match=name) as caught:
        load()

    assert "\n" not in str(caught.value)


def test_an_empty_value_means_the_default(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / ".env").write_text("PASOKH_ENGINE=\nPASOKH_DATA=\n", encoding="utf-8")
    monkeypatch.setenv("PASOKH_CORPUS", "")

    assert load() == Settings(corpus=Path("corpus"), data=default_data_folder(), engine=DEFAULT_ENGINE)


def test_a_tilde_in_a_path_is_the_home_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(folder))
    (folder / ".env").write_text("PASOKH_CORPUS=~/مقاله\nPASOKH_DATA=~\n", encoding="utf-8")

    assert (load().corpus, load().data) == (folder / "مقاله", folder)


def test_what_others_keep_in_env_file_is_ignored(folder: Path) -> None:
    (folder / ".env").write_text("DATABASE_URL=sqlite://\nPASOKH_UNKNOWN=1\nPASOKH_ENGINE=دیگر\n", encoding="utf-8")

    assert load().engine == "دیگر"


@pytest.mark.parametrize("encoding", ["utf-16", "cp1256"])
def test_an_env_file_in_another_encoding_is_refused_with_a_remedy(encoding: str, folder: Path) -> None:
    (folder / ".env").write_bytes("PASOKH_CORPUS=مقاله\n".encode(encoding))

    with pytest.raises(SettingsError, match=r"\.env .*UTF-8") as caught:
        load()

    assert "\n" not in str(caught.value)


def test_the_example_lists_exactly_the_settings() -> None:
    assert sorted(name for name, _ in LISTED) == sorted(NAMES)


def test_the_example_shows_the_defaults(folder: Path) -> None:
    defaults = load()

    (folder / ".env").write_text("\n".join(f"{name}={value}" for name, value in LISTED), encoding="utf-8")

    assert load() == defaults
