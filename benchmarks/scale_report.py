"""The figures of `benchmarks.scale` as Markdown tables and as plots, and their place in docs/performance.md."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure

Row = Mapping[str, float | str]
Results = dict[str, dict[str, dict[str, float | str]]]
"""Size → index → figures; `collection` has those of the collection. `benchmarks.measuring` says what they are."""

BEGIN, END = "<!-- figures -->", "<!-- /figures -->"
"""The region of docs/performance.md that is written here."""

COLLECTION = "collection"
_STYLE = {"svg.fonttype": "none", "svg.hashsalt": "pasokh", "font.size": 9, "axes.spines.top": False}
MEGABYTE = 1 << 20


class Column(NamedTuple):
    """A figure as it is shown.

    Args:
        name: the table's heading.
        value: from the figures of an index, the collection's and the number of sentences; KeyError where not measured.
        form: how a value is written.
        more_is_better: of two values the greater is the better.
    """

    name: str
    value: Callable[[Row, Row, int], float]
    form: Callable[[float], str]
    more_is_better: bool = False


def _number(row: Row, name: str) -> float:
    return float(row[name])


def build_seconds(row: Row, collection: Row) -> float:
    """Seconds from files to an index: the time to the terms is the peers' too, though it was measured apart."""
    return _number(row, "build") + (0 if row["engine"] else _number(collection, "analysis"))


COLUMNS = (
    Column(
        "built, sentences/s",
        lambda row, all_, size: size / build_seconds(row, all_),
        lambda value: f"{value:,.0f}",
        True,
    ),
    Column("one article more, s", lambda row, *_: _number(row, "add"), lambda value: f"{value:.1f}"),
    Column("cold start, s", lambda row, *_: _number(row, "start"), lambda value: f"{value:.2f}"),
    Column("questions/s", lambda row, *_: _number(row, "answers"), lambda value: f"{value:,.{value < 10:d}f}", True),
    Column("CPU, ms", lambda row, *_: _number(row, "cpu") * 1000, lambda value: f"{value:,.2f}"),
    Column("p50, ms", lambda row, *_: _number(row, "p50") * 1000, lambda value: f"{value:,.1f}"),
    Column("p99, ms", lambda row, *_: _number(row, "p99") * 1000, lambda value: f"{value:,.1f}"),
    Column("memory, MB", lambda row, *_: _number(row, "memory") / MEGABYTE, lambda value: f"{value:,.0f}"),
    Column(
        "disk / text", lambda row, all_, _: _number(row, "disk") / _number(all_, "bytes"), lambda value: f"{value:.2f}"
    ),
    Column("gold first", lambda row, *_: _number(row, "first"), lambda value: f"{value:.1%}".replace("%", " %"), True),
)
COMPARED = tuple(column for column in COLUMNS if column.name not in {"one article more, s", "gold first"})


def tables(results: Results) -> str:
    """The figures of every index, and the ratios of the project's engines to each peer."""
    figures = [["sentences", "index", *(column.name for column in COLUMNS)]]
    ratios = [["sentences", "engine / peer", *(column.name for column in COMPARED)]]
    for size, found in _by_size(results):
        collection = found[COLLECTION]
        for name, row in _indexes(found):
            shown = f"**{name}**" if row["engine"] else name
            figures.append([f"{size:,}", shown, *(_cell(column, row, collection, size) for column in COLUMNS)])
        for engine, ours in _indexes(found):
            for peer, theirs in _indexes(found):
                if ours["engine"] and not theirs["engine"]:
                    cells = [_ratio(column, ours, theirs, collection, size) for column in COMPARED]
                    ratios.append([f"{size:,}", f"{engine} / {peer}", *cells])
    return f"{_table(figures)}\n\n{_table(ratios)}"


def _by_size(results: Results) -> Iterator[tuple[int, dict[str, dict[str, float | str]]]]:
    return ((int(size), results[size]) for size in sorted(results, key=int))


def _indexes(found: Mapping[str, Row]) -> list[tuple[str, Row]]:
    """The indexes at one size, the project's first."""
    return sorted(((n, row) for n, row in found.items() if n != COLLECTION), key=lambda pair: not pair[1]["engine"])


def _cell(column: Column, row: Row, collection: Row, size: int) -> str:
    try:
        return column.form(column.value(row, collection, size))
    except KeyError:
        return str(row.get("failed", "–"))


def _ratio(column: Column, ours: Row, theirs: Row, collection: Row, size: int) -> str:
    try:
        ratio = column.value(ours, collection, size) / column.value(theirs, collection, size)
    except (KeyError, ZeroDivisionError):
        return "–"
    return f"{ratio:.2g}" if ratio < 10 else f"{ratio:,.0f}"


def _table(rows: list[list[str]]) -> str:
    head, *body = [f"| {' | '.join(row)} |" for row in rows]
    rule = f"|---:|---|{'---:|' * (len(rows[0]) - 2)}"
    return "\n".join([head, rule, *body])


PLOTS: dict[str, Callable[[Row, Row], float]] = {
    "build, s": build_seconds,
    "median of a question, ms": lambda row, _: _number(row, "p50") * 1000,
    "cold start, s": lambda row, _: _number(row, "start"),
    "peak memory while answering, MB": lambda row, _: _number(row, "memory") / MEGABYTE,
}


def plots(results: Results) -> str:
    """Time and memory against the number of sentences, both logarithmic, as SVG. Same figures, same bytes."""
    names = {name: bool(row["engine"]) for _, found in _by_size(results) for name, row in _indexes(found)}
    with matplotlib.rc_context(_STYLE):
        figure = Figure(figsize=(8, 6), layout="constrained")
        for axes, (title, value) in zip(figure.subplots(2, 2).flat, PLOTS.items(), strict=True):
            for name, engine in names.items():
                _draw(axes, name, engine, [(size, found) for size, found in _by_size(results) if name in found], value)
            axes.set(xscale="log", yscale="log", xlabel="sentences", title=title)
            axes.grid(color="#ddd", linewidth=0.6)
        figure.legend(*axes.get_legend_handles_labels(), loc="outside lower center", ncols=len(names), frameon=False)
        stream = io.StringIO()
        figure.savefig(stream, format="svg", metadata={"Date": None})
    return stream.getvalue()


def _draw(
    axes: Axes,
    name: str,
    engine: bool,  # the row's own
    sizes: list[tuple[int, dict[str, dict[str, float | str]]]],
    value: Callable[[Row, Row], float],
) -> None:
    points = []
    for size, found in sizes:
        try:
            points.append((size, value(found[name], found[COLLECTION])))
        except KeyError:  # not measured, or given up
            continue
    line = {"linewidth": 2.0} if engine else {"linewidth": 1.0, "linestyle": "--"}
    axes.plot([x for x, _ in points], [y for _, y in points], marker="o", markersize=4, label=name, **line)


def publish(results: Results, machine: str, docs: Path) -> None:
    """Merge figures into `docs/performance.json`; draw them into `docs/performance.svg` and `docs/performance.md`."""
    stored, page = docs / "performance.json", docs / "performance.md"
    known: Results = json.loads(stored.read_text("utf-8"))["results"] if stored.exists() else {}
    merged = {size: known.get(size, {}) | results.get(size, {}) for size in sorted({*known, *results}, key=int)}
    stored.write_text(json.dumps({"machine": machine, "results": merged}, indent=1) + "\n", "utf-8")
    (docs / "performance.svg").write_text(plots(merged), "utf-8")
    load = max(float(row.get("load", 0)) for _, found in _by_size(merged) for _, row in _indexes(found))
    measured = f"Measured on: {machine}. The highest load average was {load:.1f}."
    before, _, rest = page.read_text("utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    shown = f"{BEGIN}\n\n{measured}\n\n{tables(merged)}\n\n![time and memory](performance.svg)\n\n{END}"
    page.write_text(before + shown + after, "utf-8")
