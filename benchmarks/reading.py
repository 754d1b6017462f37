"""How fast files are read: `make bench`, or `python -m benchmarks.reading`.

The files are those of ../shared/files, each format's read for a while and again; two large ones are made. On one core
CPU time counts, which other load on the machine leaves alone. On two cores files are cut into records by one process
and parsed by two, as an index is built; there the time on the clock counts, and other load makes it longer. Peak memory
is that of a process of its own that reads the format's largest file, over what it held before.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

from retrieval.corpus.readers.record import FaultError, RawRecord
from retrieval.corpus.readers.registry import READERS, parse, records
from retrieval.indexing.analysts import BATCH_BYTES

ROOT = Path(__file__).resolve().parents[1]
FILES = ROOT.parent / "shared" / "files"
SECONDS = 1.0
"""How long each format's files are read again and again."""
EXPORT, DUMP = 20_000_000, 1_400_000
"""Bytes of the export of WordPress and of the list in JSON that are made."""
CORES = 2

PARAGRAPH = "به گزارش بهار، سیل به گنبد رسید و پل آق‌قلا را شکست و راه‌های روستایی را بست. " * 5

_HEAD = (
    '<rss xmlns:wp="http://wordpress.org/export/1.2/" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
    "<channel><title>بهار</title>"
)


def read(name: str, content: bytes) -> int:
    """Read a file to its articles; returns their number."""
    return parsed(cut(name, content))


def cut(name: str, content: bytes) -> Iterator[RawRecord]:
    """The records of a file, up to where it cannot be read."""
    with suppress(FaultError):
        yield from records(name, content)


def parsed(found: Iterable[RawRecord]) -> int:
    """Parse records; returns how many of them are articles."""
    return sum(map(_is_article, found))


def _is_article(record: RawRecord) -> bool:
    try:
        parse(record)
    except FaultError:
        return False
    return True


def export() -> bytes:
    """An export of WordPress of about `EXPORT` bytes: posts of eight paragraphs."""
    paragraph = f"<p>{PARAGRAPH}</p>\n"
    post = (
        "<item><title>سیل گلستان</title><link>https://example.org/{0}</link><wp:post_id>{0}</wp:post_id>"
        "<wp:post_date>2026-10-20 01:00:00</wp:post_date>"
        "<wp:status>publish</wp:status><wp:post_type>post</wp:post_type>"
        f"<content:encoded><![CDATA[{paragraph * 8}]]></content:encoded></item>"
    )
    posts = [post.format(number) for number in range(EXPORT // len(post.encode()))]
    return f"{_HEAD}{''.join(posts)}</channel></rss>".encode()


def dump() -> bytes:
    """A list in JSON of about `DUMP` bytes: articles of three paragraphs."""
    article = {"title": "سیل گلستان", "date": "1404/07/28", "text": "\n\n".join([PARAGRAPH] * 3)}
    size = len(json.dumps(article, ensure_ascii=False).encode())
    articles = [{"id": number, **article} for number in range(DUMP // size)]
    return json.dumps(articles, ensure_ascii=False).encode()


def collections(made: Path) -> Iterator[tuple[str, list[Path]]]:
    """The files by what they are.

    Args:
        made: a folder for those that are made.
    """
    found: dict[str, list[Path]] = defaultdict(list)
    for path in sorted(FILES.glob("*/*")):
        if path.suffix.lower() in READERS:
            found[f"{path.parent.name} ({path.suffix})"].append(path)
    yield from found.items()
    for name, content, what in (("dump.json", dump(), "list"), ("export.xml", export(), "WordPress export")):
        large = made / name
        large.write_bytes(content)
        yield f"{what} ({large.suffix})", [large]


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
    print("| files | number | MB | articles | ms CPU a file | MB/s | files/s, 2 cores | s a file, 2 cores | peak, MB |")
    print(f"|---{'|---:' * 8}|")
    with TemporaryDirectory() as made, ProcessPoolExecutor(CORES) as pool:
        for name, paths in collections(Path(made)):
            taken = peak(max(paths, key=lambda path: path.stat().st_size))
            print(f"| {name} | {measured(paths)} | {measured_on_cores(paths, pool)} | {taken:.0f} |", flush=True)
    return 0


def measured(paths: list[Path]) -> str:
    """The cells of a table's row: how many files there are, and how fast one core reads them."""
    files = [(path.name, path.read_bytes()) for path in paths]
    megabytes = sum(len(content) for _, content in files) / 1e6
    articles = sum(read(*file) for file in files)
    times, began = 0, time.process_time()
    while not times or time.process_time() - began < SECONDS:
        for file in files:
            read(*file)
        times += 1
    spent = (time.process_time() - began) / times
    return f"{len(files)} | {megabytes:.2f} | {articles} | {1000 * spent / len(files):.1f} | {megabytes / spent:.1f}"


def measured_on_cores(paths: list[Path], pool: ProcessPoolExecutor) -> str:
    """The cells of a table's row: how fast files are read by several processes."""
    files = [(path.name, path.read_bytes()) for path in paths]

    def read_all(times: int) -> float:
        began = time.perf_counter()
        found = chain.from_iterable(cut(*file) for _ in range(times) for file in files)
        for _ in pool.map(parsed, batches(found)):
            pass
        return time.perf_counter() - began

    once = read_all(1)  # loads the readers
    times = max(round(SECONDS / once), 1)
    spent = read_all(times) / times / len(files)
    return f"{1 / spent:.0f} | {spent:.3f}"


def batches(found: Iterable[RawRecord]) -> Iterator[list[RawRecord]]:
    """Records as a process gets them at a time."""
    batch: list[RawRecord] = []
    size = 0
    for record in found:
        batch.append(record)
        size += len(record.content)
        if size > BATCH_BYTES:
            yield batch
            batch, size = [], 0
    yield batch


if __name__ == "__main__":
    sys.exit(main())
