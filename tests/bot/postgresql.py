"""A server of PostgreSQL for tests: its own data in a temporary folder, loopback only, started and stopped at will."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import psycopg
import pytest

from tests.bot.telegram.harness import free_port

PLACES = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql*/bin", "/usr/local/bin")
"""Where Debian, Red Hat and others put the server's programs, which are not on everybody's path."""

OTHER_USER = "nobody"
"""Who runs the server where root runs the tests; it refuses root."""


def programs() -> Path | None:
    """The folder of the newest server's programs; None where there is none."""
    on_path = shutil.which("initdb")
    found = [Path(on_path).parent] if on_path else []
    for place in PLACES:
        found += [one for one in Path("/").glob(place[1:]) if (one / "initdb").exists()]
    return max(found, key=lambda one: [int(part) for part in one.parts if part.isdecimal()], default=None)


class Server:
    """The server.

    Args:
        settings: of postgresql.conf.
    """

    def __init__(self, *settings: str) -> None:
        found = programs()
        if found is None:
            pytest.skip("no server of PostgreSQL here; on Debian: apt-get install postgresql")
        self._programs, self._settings = found, settings
        self._folder = Path(tempfile.mkdtemp(prefix="pasokh-postgresql-"))
        self._user: dict[str, int] = {}
        if os.geteuid() == 0:
            other = pwd.getpwnam(OTHER_USER)
            os.chown(self._folder, other.pw_uid, other.pw_gid)
            self._user = {"user": other.pw_uid, "group": other.pw_gid}
        self.port = free_port()
        self._run("initdb", "-D", "data", "-U", "pasokh", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        self.start()

    @property
    def address(self) -> str:
        return f"postgresql://pasokh:s3cret@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        settings = (f"port={self.port}", "listen_addresses=127.0.0.1", "unix_socket_directories=", *self._settings)
        options = [part for one in settings for part in ("-c", f"{one}")]
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [self._programs / "postgres", "-D", "data", *options],
                cwd=self._folder,
                stdout=log,
                stderr=log,
                env=self._environment,
                **self._user,  # type: ignore[call-overload]
            )
        for _ in range(600):
            try:
                psycopg.connect(self.address, connect_timeout=5).close()
            except psycopg.OperationalError:
                assert self._process.poll() is None, (self._folder / "log").read_text()
                time.sleep(0.05)
            else:
                return
        raise TimeoutError("PostgreSQL does not start")

    def stop(self, number: int = signal.SIGQUIT) -> None:
        """End the server: at once by default, as a crash does; in good order by SIGINT."""
        self._process.send_signal(number)
        self._process.wait(60)

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self._folder)

    def forget(self) -> None:
        """Drop what the bot has made."""
        with psycopg.connect(self.address, autocommit=True) as connection:
            connection.execute("DROP SCHEMA IF EXISTS pasokh CASCADE")

    def run(self, statement: str, values: Sequence[object] = ()) -> list[tuple[object, ...]]:
        """Run a statement as the server's owner; returns its rows."""
        with psycopg.connect(self.address, autocommit=True, options="-c search_path=pasokh") as connection:
            found = connection.execute(statement.encode(), values)
            return found.fetchall() if found.description else []

    @property
    def _environment(self) -> dict[str, str]:
        return {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "HOME": str(self._folder)}

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [self._programs / program, *arguments],
            cwd=self._folder,
            env=self._environment,
            capture_output=True,
            text=True,
            check=False,
            **self._user,  # type: ignore[call-overload]
        )
        assert done.returncode == 0, done.stderr


if __name__ == "__main__":
    sys.exit(programs() is None)
