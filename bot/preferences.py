"""The settings that every answer needs, kept from the last time that all settings were read and found good.

Reading settings takes pydantic a third of the time in which `bot ask` answers. What it made of them is kept for the
very same environment and `.env`, told by a digest; nothing secret is among it.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Self

from retrieval import default_data_folder

if TYPE_CHECKING:
    from bot.settings import Settings

KEPT = "preferences.json"
PREFIX = "PASOKH_"


class Preferences(NamedTuple):
    """See `bot.settings.Settings`."""

    corpus: Path
    data: Path
    engine: str
    caution: str

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """Those of all settings."""
        return cls(settings.corpus, settings.data, settings.engine, settings.caution)


def load() -> Preferences:
    """The settings in force.

    Raises:
        SettingsError: see `bot.settings.load`.
    """
    file, digest = default_data_folder() / KEPT, _digest()
    # None yet, or not one of ours: all settings are read.
    with suppress(OSError, ValueError, LookupError, TypeError):
        kept = json.loads(file.read_text(encoding="utf-8"))
        if kept["digest"] == digest:
            return Preferences(Path(kept["corpus"]), Path(kept["data"]), str(kept["engine"]), str(kept["caution"]))
    from bot import settings  # noqa: PLC0415  # what is kept spares this

    found = Preferences.of(settings.load())
    _keep(file, digest, found)
    return found


def _keep(file: Path, digest: str, found: Preferences) -> None:
    row = {"digest": digest} | {name: str(value) for name, value in found._asdict().items()}
    with suppress(OSError):  # where nothing can be kept, all are read again
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh = file.with_name(f"{KEPT}.{os.getpid()}")
        fresh.write_text(json.dumps(row, ensure_ascii=False), encoding="utf-8")
        fresh.replace(file)


def _digest() -> str:
    """What the settings depend on: the environment, `.env`, the home folder, and the code that reads them."""
    found = blake2b(digest_size=16)
    environment = sorted(item for item in os.environ.items() if item[0].upper().startswith(PREFIX) or item[0] == "HOME")
    found.update(repr(environment).encode("utf-8", "surrogateescape"))
    code = find_spec("bot.settings")
    for path in (Path(".env"), Path(code.origin) if code and code.origin else Path()):
        try:
            content = path.read_bytes()
        except OSError as error:
            content = str(error.errno).encode()
        found.update(blake2b(content).digest())
    return found.hexdigest()
