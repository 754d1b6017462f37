"""How fast files are read: `make bench`, or `python -m benchmarks.reading`.

The files are those of ../shared/files, each format's read for a while and again, on one core; a WordPress export of
20 MB is made of the words of the pages. CPU time is what other load on the machine leaves alone. Peak memory is that
of a process of its own that reads the format's largest file, over what it held before.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from retrieval.corpus.readers.record import FaultError
from retrieval.corpus.readers.registry import READERS, parse, records

ROOT = Path(__file__).resolve().parents[1]
FILES = ROOT.parent / "shared" / "files"
SECONDS = 1.0
"""How long each format's files are read again and again."""
EXPORT = 20_000_000
"""Bytes of the export that is made."""

_HEAD = (
    '<rss xmlns:wp="http://wordpress.org/export/1.2/" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
    "<channel><title>بهار</title>"
)


def read(name: str, content: bytes) -> int:
    """Read a file to its articles; returns their number."""
    found = 0
    try:
        for record in records(name, content):
            try:
                parse(record)
            except FaultError:
                continue
            found += 1
    except FaultError:
        pass
    return found


def export() -> bytes:
    """An export of WordPress of about `EXPORT` bytes: posts of eight paragraphs."""
    paragraph = f"<p>{'به گزارش بهار، سیل به گنبد رسید و پل آق‌قلا را شکست و راه‌های روستایی را بست. ' * 5}</p>\n"
    post = (
        "<item><title>سیل گلستان</title><link>https://example.org/{0}</link><wp:post_id>{0}</wp:post_id>"
        "<wp:post_date>2026-10-20 01:00:00</wp:post_date>"
        "<wp:status>publish</wp:status><wp:post_type>post</wp:post_type>"
        f"<content:encoded><![CDATA[{paragraph * 8}]]></content:encoded></item>"
    )
    posts = [post.format(number) for number in range(EXPORT // len(post.encode()))]
    return f"{_HEAD}{''.join(posts)}</channel></rss>".encode()


def collections(made: Path) -> Iterator[tuple[str, list[Path]]]:
    """The files by what they are.

    Args:
        made: a folder for the export.
    """
    found: dict[str, list[Path]] = defaultdict(list)
    for path in sorted(FILES.glob("*/*")):
        if path.suffix.lower() in READERS:
            found[f"{path.parent.name} ({path.suffix})"].append(path)
    yield from found.items()
    large = made / "export.xml"
    large.write_bytes(export())
    yield "WordPress export (.xml)", [large]


def peak(path: Path) -> float:
    """Megabytes that a process takes at the most to read a file, over what it holds with the file's bytes."""
    command = [sys.executable, "-m", "benchmarks.reading", str(path)]
    return float(subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout)


def measured_peak(path: Path) -> float:
    """The same, in the process itself."""
    read(path.name, b"")  # loads the reader
    content = path.read_bytes()
    before = _peak_now()
    read(path.name, content)
    return _peak_now() - before


def _peak_now() -> float:
    """Megabytes that this process has taken at the most."""
    (line,) = (line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def main() -> int:
    """Print the table."""
    if len(sys.argv) > 1:
        print(f"{measured_peak(Path(sys.argv[1])):.0f}")
        return 0
    print("| files | number | MB | articles | ms CPU a file | files/s | MB/s | peak, MB |")
    print(f"|---{'|---:' * 7}|")
    with TemporaryDirectory() as made:
        for name, paths in collections(Path(made)):
            print(f"| {name} | {measured(paths)} | {peak(max(paths, key=lambda path: path.stat().st_size)):.0f} |")
    return 0


def measured(paths: list[Path]) -> str:
    """The cells of a table's row: how many files there are, and how fast they are read."""
    files = [(path.name, path.read_bytes()) for path in paths]
    megabytes = sum(len(content) for _, content in files) / 1e6
    articles = sum(read(*file) for file in files)
    times, began = 0, time.process_time()
    while not times or time.process_time() - began < SECONDS:
        for file in files:
            read(*file)
        times += 1
    spent = (time.process_time() - began) / times
    counted = f"{len(files)} | {megabytes:.2f} | {articles}"
    return f"{counted} | {1000 * spent / len(files):.1f} | {len(files) / spent:.0f} | {megabytes / spent:.1f}"


if __name__ == "__main__":
    sys.exit(main())
