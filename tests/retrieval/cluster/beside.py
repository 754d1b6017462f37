"""Runs a command beside three nodes of OpenSearch, and ends them with it.

python -m tests.retrieval.cluster.beside COMMAND…
"""

from __future__ import annotations

import os
import subprocess
import sys

from retrieval.engines.cluster.settings import PREFIX
from tests.retrieval.cluster.server import Server


def main() -> int:
    server = Server(3)
    try:
        variables = {f"{PREFIX}HOSTS": ",".join(server.hosts), f"{PREFIX}SHARDS": "3"}
        return subprocess.run(sys.argv[1:], env=os.environ | variables, check=False).returncode
    finally:
        server.remove()


if __name__ == "__main__":
    sys.exit(main())
