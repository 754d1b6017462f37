"""Nodes of OpenSearch for tests: their data in a temporary folder, loopback only, started, hung and killed at will.

Maven brings the libraries once; they are kept in the user's cache, and compared with the checksums in `launcher/`.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from platformdirs import user_cache_path

from tests.bot.telegram.harness import free_port

LAUNCHER = Path(__file__).parent / "launcher"
CHECKSUMS = LAUNCHER / "jars.sha256"
MAVEN_GOAL = "org.apache.maven.plugins:maven-dependency-plugin:2.8:copy-dependencies"
HEAP_MEGABYTES = 512
START_SECONDS = 120


def libraries() -> Path:
    """The folder of the libraries and the launcher, fetched and compiled where they are missing.

    Raises:
        RuntimeError: Java or Maven is missing, or what came is not what is wanted.
    """
    version = hashlib.sha256(CHECKSUMS.read_bytes() + (LAUNCHER / "Launcher.java").read_bytes()).hexdigest()[:12]
    folder = user_cache_path("pasokh-tests") / f"opensearch-{version}"
    if folder.exists():
        return folder
    for program in ("javac", "mvn"):
        if shutil.which(program) is None:
            raise RuntimeError(f"{program} is missing; on Debian: apt-get install default-jdk-headless maven")
    folder.parent.mkdir(parents=True, exist_ok=True)
    new = Path(tempfile.mkdtemp(dir=folder.parent))
    try:
        _run("mvn", "-B", "-q", "-f", LAUNCHER / "pom.xml", MAVEN_GOAL, f"-DoutputDirectory={new}")
        _compare(new)
        _run("javac", "-encoding", "UTF-8", "-cp", f"{new}/*", "-d", new, LAUNCHER / "Launcher.java")
        new.rename(folder)
    finally:
        shutil.rmtree(new, ignore_errors=True)
    return folder


def _run(*command: object) -> None:
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{command[0]} fails: {(done.stdout + done.stderr)[-2000:]}")


def _compare(folder: Path) -> None:
    """See that there are just the libraries whose checksums are known."""
    wanted = {name: digest for digest, name in map(str.split, CHECKSUMS.read_text().splitlines())}
    found = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in folder.glob("*.jar")}
    if found != wanted:
        wrong = sorted(name for name in found.keys() | wanted.keys() if found.get(name) != wanted.get(name))
        raise RuntimeError(f"these libraries are not those in {CHECKSUMS.name}: {', '.join(wrong)}")


class Server:
    """Some nodes of one cluster.

    Args:
        count: how many hold data.
        settings: of every node, beside those that a test needs.
        managers: how many further ones only manage; 0 lets those with data do it too.
        start_seconds: how long they may take to be of one cluster.
    """

    def __init__(
        self,
        count: int = 3,
        settings: Mapping[str, str] | None = None,
        managers: int = 0,
        start_seconds: float = START_SECONDS,
    ) -> None:
        try:
            self._libraries = libraries()
        except RuntimeError as error:
            pytest.skip(str(error))
        self._folder = Path(tempfile.mkdtemp(prefix="pasokh-opensearch-"))
        self._data, self.count, self._seconds = count, count + managers, start_seconds
        self._ports = [(free_port(), free_port()) for _ in range(self.count)]
        self._settings = dict(settings or {})
        self._nodes: dict[int, subprocess.Popen[bytes]] = {}
        for place in range(self.count):
            self.start(place)
        self.wait(self.count)

    @property
    def hosts(self) -> list[str]:
        """The addresses of the nodes with data."""
        return [f"http://127.0.0.1:{http}" for http, _ in self._ports[: self._data]]

    def start(self, place: int) -> None:
        """Start a node, without waiting for it."""
        http, transport = self._ports[place]
        home = self._folder / f"node{place}"
        (home / "config").mkdir(parents=True, exist_ok=True)
        seeds = ",".join(f"127.0.0.1:{port}" for _, port in self._ports)
        found = {
            "cluster.name": self._folder.name,
            "node.name": f"node{place}",
            "network.host": "127.0.0.1",
            "http.port": str(http),
            "http.type": "netty4",
            "transport.port": str(transport),
            "transport.type": "netty4",
            "cluster.routing.allocation.disk.threshold_enabled": "false",
            "discovery.seed_hosts": seeds,
            "cluster.initial_cluster_manager_nodes": ",".join(f"node{one}" for one in self._may_manage),
            "node.roles": self._roles(place),
        }
        heap = f"{HEAP_MEGABYTES if place < self._data else HEAP_MEGABYTES // 2}m"
        command = ["java", f"-Xms{heap}", f"-Xmx{heap}", "-Xss1m", f"-Djava.io.tmpdir={home}", "-Dfile.encoding=UTF-8"]
        command += ["-Dlog4j2.disable.jmx=true", "-cp", f"{self._libraries}:{self._libraries}/*", "Launcher", str(home)]
        command += [f"{name}={value}" for name, value in (found | self._settings).items()]
        with (home / "log").open("ab") as log:
            self._nodes[place] = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=log, stderr=log, cwd=home)

    @property
    def _may_manage(self) -> range:
        return range(self._data, self.count) if self.count > self._data else range(self.count)

    def _roles(self, place: int) -> str:
        roles = ["cluster_manager"] if place in self._may_manage else []
        return ",".join([*roles, "data", "ingest"] if place < self._data else roles)

    def wait(self, nodes: int, status: str = "green", seconds: float | None = None) -> float:
        """Wait until so many nodes are joined, and all shards are in a state; returns the seconds that it took."""
        began = time.monotonic()
        while time.monotonic() - began < (seconds or self._seconds):
            health = self.health()
            if health.get("number_of_nodes") == nodes and health.get("status") in {"green", status}:
                return time.monotonic() - began
            dead = [place for place, node in self._nodes.items() if node.poll() is not None]
            assert not dead or nodes < len(self._ports), self._log(dead[0])
            time.sleep(0.2)
        raise TimeoutError(f"the cluster is not {status} with {nodes} nodes: {self.health()}")

    def health(self) -> dict[str, Any]:
        """What the first node that answers says of the cluster."""
        return next(self._answers("GET", "/_cluster/health", None), {})

    def ask(self, method: str, path: str, body: object = None) -> Any:
        """What the first node that answers says."""
        return next(self._answers(method, path, body))

    def kill(self, place: int) -> None:
        """Kill a node, as if its machine had lost its power."""
        node = self._nodes[place]
        node.kill()
        node.communicate()

    def hang(self, place: int) -> None:
        """Let a node hang: its connections stay open, and nothing comes through them."""
        self._nodes[place].send_signal(signal.SIGSTOP)

    def go_on(self, place: int) -> None:
        """Let a node that hangs go on."""
        self._nodes[place].send_signal(signal.SIGCONT)

    def place_of(self, name: str) -> int:
        """Which node has a name."""
        return int(name.removeprefix("node"))

    def manager(self) -> int:
        """Which node is the elected manager."""
        found = self.ask("GET", "/_cat/cluster_manager?format=json")
        return self.place_of(found[0]["node"])

    def processor_seconds(self) -> float:
        """The processor time that the nodes have taken; Linux tells it."""
        ticks = 0
        for node in self._nodes.values():
            fields = Path(f"/proc/{node.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])  # utime and stime, see proc_pid_stat(5)
        return ticks / os.sysconf("SC_CLK_TCK")

    def resident_bytes(self) -> list[int]:
        """The memory that each node takes."""
        pages = (
            Path(f"/proc/{node.pid}/statm").read_text(encoding="ascii").split()[1] for node in self._nodes.values()
        )
        return [int(one) * os.sysconf("SC_PAGE_SIZE") for one in pages]

    def forget(self) -> None:
        """Remove all indices."""
        self.ask("PUT", "/_cluster/settings", {"persistent": {"cluster.blocks.read_only_allow_delete": None}})
        self.ask("DELETE", "/pasokh*,test*?expand_wildcards=all")

    def remove(self) -> None:
        """End all nodes, and remove what they have."""
        for place in self._nodes:
            self.kill(place)
        shutil.rmtree(self._folder, ignore_errors=True)

    def _log(self, place: int) -> str:
        return (self._folder / f"node{place}" / "log").read_text(encoding="utf-8")[-3000:]

    def _answers(self, method: str, path: str, body: object) -> Iterator[Any]:
        data = None if body is None else json.dumps(body).encode()
        for host in [f"http://127.0.0.1:{http}" for http, _ in self._ports]:
            headers = {"content-type": "application/json"}
            request = urllib.request.Request(host + path, data, headers, method=method)
            try:
                with urllib.request.urlopen(request, timeout=30 if data else 5) as answer:
                    yield json.loads(answer.read() or b"null")
            except urllib.error.HTTPError as error:
                yield json.loads(error.read() or b"null")
            except OSError:
                continue


if __name__ == "__main__":
    try:
        libraries()
    except RuntimeError as error:
        sys.exit(f"make: {error}")
