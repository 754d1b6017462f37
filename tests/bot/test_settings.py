"""Settings: defaults, `.env`, the environment, what is refused, and the list of them in `.env.example`."""

from __future__ import annotations

import dataclasses
import os
import re
from pathlib import Path
from typing import Annotated, Any, Literal
from unittest.mock import patch

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import SettingsError
from bot.service.settings import PREFIX as FETCH_PREFIX
from bot.service.settings import FetchSettings, read
from bot.settings import Settings, load
from bot.telegram.settings import TelegramSettings
from bot.telegram.settings import load as load_telegram
from retrieval import DEFAULT_ENGINE, Caution, default_data_folder
from retrieval.engines.cluster.settings import PREFIX as CLUSTER_PREFIX
from retrieval.engines.cluster.settings import ClusterSettings
from tests.conftest import ROOT
from tests.settings import DEFAULTS, PLAIN

NAMES = list(DEFAULTS)
TOKEN = "PASOKH_TELEGRAM_TOKEN"

Pair = tuple[tuple[str, Any], tuple[str, Any]]

_TEXT: Pair = (("از-پرونده", "از-پرونده"), ("از-محیط", "از-محیط"))
_NUMBERS, _IDS = (("5", 5), ("7", 7)), (("1, 2", {1, 2}), ("3", {3}))
_PATHS: Pair = (("~/پرونده", Path.home() / "پرونده"), ("از-محیط", Path("از-محیط")))
_SECRETS = (("from-file", SecretStr("from-file")), ("from_env", SecretStr("from_env")))
_ADDRESSES = (("https://پرونده", "https://پرونده"), ("http://محیط", "http://محیط"))
VALUES: dict[str, Pair] = {
    "PASOKH_CORPUS": _PATHS,
    "PASOKH_DATA": _PATHS,
    "PASOKH_CAUTION": (("careful", Caution.CAREFUL), ("eager", Caution.EAGER)),
    "PASOKH_STATE": (("postgresql://a:b@c/d", "postgresql://a:b@c/d"), ("postgres:///d", "postgres:///d")),
    "PASOKH_OPENSEARCH_HOSTS": (
        ("http://a, https://b:9200", ("http://a", "https://b:9200")),
        ("http://c", ("http://c",)),
    ),
    "PASOKH_OPENSEARCH_CERTIFICATE": (("پرونده", Path("پرونده")), ("از-محیط", Path("از-محیط"))),
    "PASOKH_OPENSEARCH_KEY": (("پرونده", Path("پرونده")), ("از-محیط", Path("از-محیط"))),
    "PASOKH_OPENSEARCH_CA": (("پرونده", Path("پرونده")), ("از-محیط", Path("از-محیط"))),
    "PASOKH_OPENSEARCH_NAME": (("news", "news"), ("other", "other")),
    "PASOKH_OPENSEARCH_SHARDS": _NUMBERS,
    "PASOKH_OPENSEARCH_REPLICAS": _NUMBERS,
    "PASOKH_OPENSEARCH_WRITER": (("false", False), ("true", True)),
    "PASOKH_OPENSEARCH_TIMEOUT": (("0.5", 0.5), ("2", 2.0)),
    "PASOKH_FETCH_MINUTES": _NUMBERS,
    "PASOKH_FETCH_PRIVATE": (("yes", True), ("false", False)),
    "PASOKH_TELEGRAM_TOKEN": _SECRETS,
    "PASOKH_TELEGRAM_API": _ADDRESSES,
    "PASOKH_TELEGRAM_RICH": (("yes", True), ("false", False)),
    "PASOKH_TELEGRAM_PROFILE": (("yes", True), ("false", False)),
    "PASOKH_TELEGRAM_QUIET": (("yes", True), ("false", False)),
    "PASOKH_TELEGRAM_ADMINS": _IDS,
    "PASOKH_TELEGRAM_ACCESS": (("list", "list"), ("open", "open")),
    "PASOKH_TELEGRAM_ALLOWED": _IDS,
    "PASOKH_TELEGRAM_CODE": _SECRETS,
    "PASOKH_TELEGRAM_USER_RATE": _NUMBERS,
    "PASOKH_TELEGRAM_TOTAL_RATE": _NUMBERS,
    "PASOKH_TELEGRAM_RETENTION_DAYS": _NUMBERS,
    "PASOKH_TELEGRAM_COLLECTIONS": (("hr, lab/", frozenset({"hr", "lab"})), ("hr/2024", frozenset({"hr/2024"}))),
    "PASOKH_TELEGRAM_ZONE": (("Europe/Berlin", "Europe/Berlin"), ("UTC", "UTC")),
    "PASOKH_TELEGRAM_WATCHES": _NUMBERS,
    "PASOKH_TELEGRAM_WEBHOOK_URL": _ADDRESSES,
    "PASOKH_TELEGRAM_WEBHOOK_SECRET": _SECRETS,
    "PASOKH_TELEGRAM_LISTEN": (("h:1", "h:1"), ("h:2", "h:2")),
    "PASOKH_TELEGRAM_PROCESSES": _NUMBERS,
    "PASOKH_TELEGRAM_DEADLINE": _NUMBERS,
    "PASOKH_TELEGRAM_LOG_LEVEL": (("ERROR", "ERROR"), ("DEBUG", "DEBUG")),
}
"""For settings that are no plain text: what is written in `.env`, in the environment, and what comes of each."""

LISTED = re.findall(r"(?m)^#(PASOKH_\w+)=(.*)$", (ROOT / ".env.example").read_text("utf-8"))


def _database(value: str) -> str:
    if value and not value.startswith(("postgresql://", "postgres://")):
        told = "write postgresql://USER:PASSWORD@HOST/DATABASE, or leave it empty for a file"
        raise PydanticCustomError("database", told)
    return value


class ByPydantic(BaseSettings):
    """The plain settings, read by pydantic-settings."""

    model_config = SettingsConfigDict(env_prefix="PASOKH_", env_file=".env", env_ignore_empty=True, extra="ignore")

    corpus: Annotated[Path, AfterValidator(Path.expanduser)] = Path("corpus")
    data: Annotated[Path, AfterValidator(Path.expanduser)] = Field(default_factory=default_data_folder)
    engine: str = DEFAULT_ENGINE
    caution: Literal["careful", "balanced", "eager"] = "balanced"
    state: Annotated[str, AfterValidator(_database)] = ""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, empty, with no setting in the environment."""
    for name in NAMES:
        monkeypatch.setenv(name, "")  # so that what `load` puts there goes again
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def value_of(name: str) -> Any:
    """The value in force of a setting."""
    if name in PLAIN:
        return getattr(load(), name.removeprefix("PASOKH_").lower())
    if name.startswith(FETCH_PREFIX):
        return getattr(read(FetchSettings), name.removeprefix(FETCH_PREFIX).lower())
    if name.startswith(CLUSTER_PREFIX):
        load()  # which puts what `.env` has into the environment
        return getattr(ClusterSettings.from_environment(), name.removeprefix(CLUSTER_PREFIX).lower())
    with patch.dict(os.environ, {TOKEN: os.environ.get(TOKEN, "1:a")} if name != TOKEN else {}):
        return getattr(load_telegram(), name.removeprefix("PASOKH_TELEGRAM_").lower())


def test_without_settings_the_defaults_hold() -> None:
    assert load() == Settings(Path("corpus"), default_data_folder(), DEFAULT_ENGINE, Caution.BALANCED)


@pytest.mark.parametrize("name", NAMES)
def test_the_environment_beats_env_file_and_env_file_beats_the_default(
    name: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (in_file, first), (in_environment, second) = VALUES.get(name, _TEXT)

    (folder / ".env").write_text(f"{name}={in_file}\n", encoding="utf-8")
    assert value_of(name) == first

    monkeypatch.setenv(name, in_environment)
    assert value_of(name) == second


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("PASOKH_CAUTION", "reckless", ": Input should be 'careful', 'balanced' or 'eager'; see .env.example"),
        ("PASOKH_CORPUS", "~nobody-of-that-name", ": Could not determine home directory; see .env.example"),
        ("PASOKH_FETCH_MINUTES", "-1", ": Input should be greater than or equal to 0; see .env.example"),
        ("PASOKH_TELEGRAM_TOKEN", "", " is not set; get a token from @BotFather and put it into .env"),
        ("PASOKH_TELEGRAM_API", "ftp://x", ": ftp://x is no web address; begin it with https://"),
        (
            "PASOKH_TELEGRAM_ADMINS",
            "1 علی",
            ": Input should be a valid integer, unable to parse string as an integer; see .env.example",
        ),
        ("PASOKH_TELEGRAM_ACCESS", "closed", ": Input should be 'open', 'list' or 'code'; see .env.example"),
        ("PASOKH_TELEGRAM_USER_RATE", "-1", ": Input should be greater than or equal to 0; see .env.example"),
        ("PASOKH_TELEGRAM_RETENTION_DAYS", "0", ": Input should be greater than or equal to 1; see .env.example"),
        (
            "PASOKH_TELEGRAM_WEBHOOK_URL",
            "bot.example.org",
            ": bot.example.org is no web address; begin it with https://",
        ),
        ("PASOKH_TELEGRAM_WEBHOOK_SECRET", "a b", ": only letters, digits, _ and - (256 at most) are allowed"),
        ("PASOKH_TELEGRAM_WEBHOOK_SECRET", "a" * 257, ": only letters, digits, _ and - (256 at most) are allowed"),
        ("PASOKH_TELEGRAM_LISTEN", "127.0.0.1", ": write HOST:PORT, 127.0.0.1:8080 say"),
        ("PASOKH_TELEGRAM_LISTEN", "127.0.0.1:65536", ": write HOST:PORT, 127.0.0.1:8080 say"),
        ("PASOKH_TELEGRAM_LISTEN", "h:²", ": write HOST:PORT, 127.0.0.1:8080 say"),
    ],
)
def test_a_value_that_cannot_be_is_refused_by_name(
    name: str, value: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(SettingsError) as caught:
        value_of(name)

    assert str(caught.value) == f"{name}{told}"


def test_the_access_by_code_needs_a_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PASOKH_TELEGRAM_ACCESS", "code")

    with pytest.raises(SettingsError, match="PASOKH_TELEGRAM_CODE is not set; PASOKH_TELEGRAM_ACCESS=code needs one"):
        value_of("PASOKH_TELEGRAM_CODE")


def test_an_empty_value_means_the_default(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / ".env").write_text("PASOKH_ENGINE=\nPASOKH_DATA=\n", encoding="utf-8")
    monkeypatch.setenv("PASOKH_CORPUS", "")

    assert load() == Settings()


def test_a_tilde_in_a_path_is_the_home_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(folder))
    (folder / ".env").write_text("PASOKH_CORPUS=~/مقاله\nPASOKH_DATA=~\n", encoding="utf-8")

    assert (load().corpus, load().data) == (folder / "مقاله", folder)


def test_what_others_keep_in_env_file_is_ignored(folder: Path) -> None:
    (folder / ".env").write_text("DATABASE_URL=sqlite://\nPASOKH_UNKNOWN=1\nPASOKH_ENGINE=دیگر\n", encoding="utf-8")

    assert load().engine == "دیگر"


@pytest.mark.parametrize("read", [load, load_telegram])
@pytest.mark.parametrize("encoding", ["utf-16", "cp1256"])
def test_an_env_file_in_another_encoding_is_refused_with_a_remedy(encoding: str, read: Any, folder: Path) -> None:
    (folder / ".env").write_bytes("PASOKH_CORPUS=مقاله\n".encode(encoding))

    with pytest.raises(SettingsError, match=r"\.env .*UTF-8") as caught:
        read()

    assert "\n" not in str(caught.value)


_WORDS = st.sampled_from(["careful", "EAGER", "~", "~/x", "$HOME/x", "${HOME}/x", "'a b'", '"a\\tb"', "a # b", "", " "])
_VALUES = _WORDS | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
_VARIABLES = st.sampled_from(
    [*sorted(PLAIN), *sorted(map(str.lower, PLAIN)), "Pasokh_Engine", "PASOKH_", "ENGINE", "PASOKH_UNKNOWN"]
)
_LINES = st.one_of(
    st.builds("{}={}".format, _VARIABLES, _VALUES),
    st.builds("export {} = {}".format, _VARIABLES, _VALUES),
    _VARIABLES,
    _VALUES,
)


@given(environment=st.dictionaries(_VARIABLES, _VALUES, max_size=4), lines=st.lists(_LINES, max_size=4) | st.none())
@example(environment={}, lines=["PASOKH_ENGINE=a", "pasokh_engine"])
@example(environment={"PASOKH_CAUTION": ""}, lines=["PASOKH_CAUTION=eager"])
def test_plain_settings_are_read_as_pydantic_settings_reads_them(
    environment: dict[str, str], lines: list[str] | None
) -> None:
    if lines is not None:
        Path(".env").write_text("\n".join(lines), encoding="utf-8")
    else:
        Path(".env").unlink(missing_ok=True)
    found: object
    expected: object
    with patch.dict(os.environ, environment):
        try:
            settings = load()
            found = dataclasses.asdict(settings) | {"caution": settings.caution.name.lower()}
        except SettingsError as error:
            found = str(error)
        try:
            expected = ByPydantic().model_dump()
        except ValidationError as error:
            first = error.errors()[0]
            expected = f"PASOKH_{str(first['loc'][0]).upper()}: {first['msg']}; see .env.example"
        except RuntimeError as error:
            expected = found if str(error).rstrip(".") in str(found) else error
    assert found == expected


def test_the_example_lists_exactly_the_settings() -> None:
    assert sorted(name for name, _ in LISTED) == sorted(NAMES)


def test_the_example_shows_the_defaults(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(TOKEN, "1:a")
    defaults = load(), read(FetchSettings), load_telegram()

    (folder / ".env").write_text("\n".join(f"{name}={value}" for name, value in LISTED), encoding="utf-8")

    assert (load(), read(FetchSettings), load_telegram()) == defaults


def test_no_secret_is_shown() -> None:
    secret = SecretStr("hidden")
    settings = TelegramSettings(token=secret, code=secret, webhook_secret=secret)

    assert "hidden" not in repr(settings) + str(settings)
