"""The plot of a study: means with intervals, and a dot for each rater."""

import io

import numpy as np
from jaxtyping import Float64
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from nurie.evaluation.study.report import StudyReport, Summary
from nurie.evaluation.study.settings import SCALE
from nurie.evaluation.study.statistics import mean_scores

DPI = 150
PANEL = 3.4  # inches across
ROW = 0.42  # inches a method

INK, TEXT, SOFT = "#1e1e1e", "#6a6a6a", "#9a9a9a"


def plot_means(report: StudyReport) -> bytes:
    """Draw the first summary as PNG: a panel a measure, a row a method, in the order of study.toml."""
    summary = report.summaries[0]
    methods, measures = report.ratings.methods, report.measures
    figure = Figure(figsize=(1.2 + PANEL * len(measures), 1.4 + ROW * len(methods)), layout="constrained")
    panels = figure.subplots(1, len(measures), sharey=True, squeeze=False)[0]
    for place, (panel, measure) in enumerate(zip(panels, measures, strict=True)):
        _draw(panel, summary, place)
        panel.set_title(measure.replace("_", " ") if measure != "mos" else "MOS", loc="left", fontsize=11, color=INK)
    panels[0].set_yticks(range(len(methods)), methods)
    panels[0].invert_yaxis()
    figure.suptitle(
        f"{summary.who.capitalize()}, {summary.raters} raters: means with 95 % intervals; gray: each rater",
        x=0.01, ha="left", fontsize=9, color=TEXT,
    )  # fmt: skip
    buffer = io.BytesIO()
    figure.savefig(buffer, dpi=DPI, format="png", metadata={"Software": None})
    return buffer.getvalue()


def _draw(panel: Axes, summary: Summary, measure: int) -> None:
    for row, estimates in enumerate(summary.means):
        each = _each_rater(summary, row, measure)
        # Raters of one mean lie beside each other: spread them evenly, as chance would not.
        spread = np.linspace(-0.22, 0.22, len(each)) if len(each) > 1 else np.zeros(len(each))
        panel.scatter(each, row + spread, s=9, color=SOFT, alpha=0.55, linewidths=0, zorder=1)
        estimate = estimates[measure]
        panel.plot([estimate.low, estimate.high], [row, row], color=INK, linewidth=2, solid_capstyle="round", zorder=2)
        panel.scatter([estimate.value], [row], s=44, color=INK, zorder=3)
    panel.set_xlim(SCALE[0] - 0.15, SCALE[-1] + 0.15)
    panel.set_xticks(SCALE)
    panel.tick_params(length=0, colors=INK)
    panel.grid(axis="x", color="#e4e4e4")
    panel.set_axisbelow(True)
    panel.spines[:].set_visible(False)


def _each_rater(summary: Summary, method: int, measure: int) -> Float64[np.ndarray, " raters"]:
    means = np.array([mean_scores(summary.scores[rater, None])[method, measure] for rater in range(summary.raters)])
    rated: Float64[np.ndarray, " raters"] = means[~np.isnan(means)]
    return rated
