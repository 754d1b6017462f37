"""The report's plots, as SVG to stand in a page. Same figures, same bytes."""

from __future__ import annotations

import io
import warnings
from collections.abc import Sequence

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from retrieval.evaluation.measuring.calibration import reliability, tradeoff
from retrieval.evaluation.measuring.groups import Group

_STYLE = {"svg.fonttype": "none", "svg.hashsalt": "pasokh", "font.size": 9, "axes.spines.top": False}
FIGURE_SIZE = (5.2, 3.6)
"""Width and height, in inches."""

MAX_CURVE_POINTS = 200
"""Points of a curve that are drawn, at most."""

BAR_MEASURES = ("A@1", "S@1", "S@5")


def reliability_plot(groups: Sequence[Group]) -> str:
    """Confidence against the share of first claims that are right; on the diagonal it is perfectly calibrated."""
    figure, axes = _axes("confidence", "share of first claims that are right")
    axes.plot([0, 1], [0, 1], color="#999", linestyle="--", linewidth=1)
    for group in groups:
        points = reliability(group.trials)
        axes.plot([x for x, _, _ in points], [y for _, y, _ in points], marker="o", markersize=4, label=group.name)
    return _svg(figure, axes)


def tradeoff_plot(groups: Sequence[Group]) -> str:
    """For every threshold, the share of questions answered against the share of these answers that are right."""
    figure, axes = _axes("share of the questions answered", "share of the answers that are right")
    for group in groups:
        points = tradeoff(group.trials)
        points = points[:: max(1, len(points) // MAX_CURVE_POINTS)]
        axes.plot([x for x, _ in points], [y for _, y in points], label=group.name)
    return _svg(figure, axes)


def bars(groups: Sequence[Group]) -> str:
    """The `BAR_MEASURES` of each group, with their intervals."""
    figure, axes = _axes("", "")
    axes.set_xlim(-0.6, max(len(groups) - 0.4, 0.6))
    width = 0.8 / len(BAR_MEASURES)
    for number, measure in enumerate(BAR_MEASURES):
        shown = [(place, group.measures[measure]) for place, group in enumerate(groups) if measure in group.measures]
        axes.bar(
            [place + (number - 1) * width for place, _ in shown],
            [found.value for _, found in shown],
            width,
            yerr=[
                [max(found.value - found.low, 0) for _, found in shown],
                [max(found.high - found.value, 0) for _, found in shown],
            ],
            error_kw={"elinewidth": 0.8, "capsize": 2},
            label=measure,
        )
    labels = [f"{group.name.rpartition(': ')[2]}\n{group.answerable}" for group in groups]
    axes.set_xticks(range(len(groups)), labels)
    return _svg(figure, axes)


def _axes(across: str, up: str) -> tuple[Figure, Axes]:
    with matplotlib.rc_context(_STYLE):
        figure = Figure(figsize=FIGURE_SIZE, layout="constrained")
        axes = figure.add_subplot()
    axes.set(xlabel=across, ylabel=up, xlim=(0, 1), ylim=(0, 1.02))
    axes.grid(color="#ddd", linewidth=0.6)
    axes.set_axisbelow(True)
    return figure, axes


def _svg(figure: Figure, axes: Axes) -> str:
    if axes.get_legend_handles_labels()[0]:
        figure.legend(loc="outside lower center", ncols=2, fontsize=8, frameon=False)
    stream = io.StringIO()
    with matplotlib.rc_context(_STYLE), warnings.catch_warnings():
        # The page's own fonts draw the text; matplotlib's need not have Persian letters.
        warnings.filterwarnings("ignore", message="Glyph", category=UserWarning)
        figure.savefig(stream, format="svg", transparent=True, metadata={"Date": None})
    text = stream.getvalue()
    return text[text.index("<svg") :]
