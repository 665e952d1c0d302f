"""Plots for the docs: accuracy and time against size, a line for each method."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.regions.results import Record
from benchmarks.regions.tables import Group, group_records, mean_f1, number, rate
from nurie.errors import MissingExtraError

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

COLORS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#000000", "#999999")
"""Okabe & Ito's, which color-blind people tell apart."""
MARKS = "osD^vP*X"
DOTS_PER_INCH = 110
SMALL_SIDE = 256
TRUTH_GAPS = 12


def plot_accuracy(records: Group, file: Path) -> None:
    """Errors, leaks and fragments against gaps (above) and against the side with gaps (below), all sources together.

    Raises:
        MissingExtraError: matplotlib is missing.
    """
    plain = [record for record in records if record["line_width"] is None and record["finish"] == "smooth"]
    by_gaps = [record for record in plain if record["side"] == SMALL_SIDE]
    by_side = [record for record in plain if record["gaps"] == TRUTH_GAPS]
    figure = _new_figure(12, 7)
    panels = figure.subplots(2, 3)
    scores: tuple[tuple[str, Callable[[Group], float]], ...] = (
        ("error 1 - F1", lambda group: 1 - mean_f1(group)),
        ("leak rate", lambda group: rate(group, "leaks")),
        ("fragment rate", lambda group: rate(group, "fragments")),
    )
    for column, (title, score) in enumerate(scores):
        _draw_lines(panels[0, column], by_gaps, "gaps", score)
        _draw_lines(panels[1, column], by_side, "side", score)
        panels[0, column].set(title=f"{title}, {SMALL_SIDE} px", xlabel="gaps in a drawing")
        panels[0, column].set_xticks(sorted({number(record, "gaps") for record in by_gaps}))
        panels[1, column].set(title=f"{title}, {TRUTH_GAPS} gaps", xlabel="side in pixels")
        _log_sides(panels[1, column], by_side)
    for row in panels:
        row[0].set_yscale("log")
        row[0].yaxis.set_major_formatter("{x:.2g}")
        row[0].yaxis.set_minor_formatter("{x:.2g}")
    _save(figure, panels[0, 0], file)


def plot_speed(records: Group, file: Path) -> None:
    """Time against the side and the number of regions, and memory against the side, in logarithms.

    Raises:
        MissingExtraError: matplotlib is missing.
    """
    figure = _new_figure(12, 4.2)
    panels = figure.subplots(1, 3)
    sides = [record for record in records if record["kind"] == "side" and record["cores"] == 1]
    grids = [record for record in records if record["kind"] == "regions"]
    first = [record for record in records if record["kind"] == "first"]
    _draw_lines(panels[0], sides, "side", lambda group: 1000 * number(group[0], "cpu_seconds"))
    _draw_lines(panels[1], grids, "regions", lambda group: 1000 * number(group[0], "cpu_seconds"))
    _draw_lines(panels[2], first, "side", lambda group: max(1.0, number(group[0], "megabytes")))
    panels[0].set(title="milliseconds of work, one core", xlabel="side in pixels", yscale="log")
    panels[1].set(title="milliseconds of work, 1024 px", xlabel="regions", xscale="log", yscale="log")
    panels[2].set(title="peak megabytes", xlabel="side in pixels", yscale="log")
    _log_sides(panels[0], sides)
    _log_sides(panels[2], first)
    _save(figure, panels[0], file)


def _new_figure(width: float, height: float) -> "Figure":
    try:
        import matplotlib
        from matplotlib.figure import Figure
    except ImportError as error:
        raise MissingExtraError("plots need matplotlib; run `pip install nurie[bench]`") from error
    matplotlib.rcParams.update({"font.size": 10, "axes.spines.top": False, "axes.spines.right": False})
    return Figure(figsize=(width, height), layout="constrained")


def _draw_lines(panel: "Axes", records: Group, across: str, score: Callable[[list[Record]], float]) -> None:
    # Sorted by name: so a method has one color in all plots.
    for index, ((method,), own) in enumerate(sorted(group_records(records, ("method",)).items(), key=str)):
        groups = group_records(own, (across,))
        places = sorted(number(group[0], across) for group in groups.values())
        heights = [score(groups[next(key for key in groups if key[0] == place)]) for place in places]
        color, mark = COLORS[index % len(COLORS)], MARKS[index % len(MARKS)]
        panel.plot(places, heights, color=color, marker=mark, markersize=5, linewidth=1.6, label=str(method))
    panel.grid(visible=True, which="major", color="#dddddd", linewidth=0.6)


def _log_sides(panel: "Axes", records: Group) -> None:
    sides = sorted({int(number(record, "side")) for record in records})
    if sides:
        panel.set_xscale("log", base=2)
        panel.set_xticks(sides, [str(side) for side in sides])


def _save(figure: "Figure", labeled: "Axes", file: Path) -> None:
    handles, labels = labeled.get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=min(8, max(1, len(labels))), frameon=False)
    part = file.with_name(f".{file.name}")
    figure.savefig(part, dpi=DOTS_PER_INCH, format="png")
    part.replace(file)
