"""The gradient study as a table and as figures like the paper's Figs. 12 and 13."""

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from nurie.images import replace_file
from nurie.training.gradient_study import BINS, BRANCHES, STRUCTURES, Cosines

SYMBOLS = {"query": "g_q", "key": "g_k", "value": "g_v", "skip": "g_skip"}


def write_csv(path: Path, found: Sequence[Cosines]) -> None:
    """A line for each bin of each histogram.

    Raises:
        OutputError: the file cannot be written.
    """
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(["structure", "seed", "epoch", "branch", "cosine_from", "cosine_to", "points"])
    edges = np.linspace(-1, 1, BINS + 1).round(6)
    for cosines in found:
        head = [cosines.structure, cosines.seed, cosines.epoch, cosines.branch]
        for low, high, points in zip(edges, edges[1:], cosines.counts, strict=False):
            table.writerow([*head, low, high, points])
    replace_file(path, text.getvalue().encode())


def summary_table(summary: Mapping[tuple[str, str], tuple[float, float]]) -> str:
    """Markdown: for each structure and branch the mean cosine and the share below 0."""
    lines = ["| structure | branch | mean cosine | below 0 |", "|---|---|---|---|"]
    lines += [
        f"| {structure} | {branch} | {mean:.2f} | {against:.1%} |"
        for (structure, branch), (mean, against) in summary.items()
    ]
    return "\n".join(lines)


def plot_structure(path: Path, structure: str, found: Sequence[Cosines]) -> None:
    """A row for each seed, a column for each branch: cosine, epoch, and how many points, as in the paper.

    Raises:
        OutputError: the file cannot be written.
    """
    from matplotlib.figure import Figure

    shown = [cosines for cosines in found if cosines.structure == structure]
    branches = [branch for branch in BRANCHES if any(c.branch == branch and c.points for c in shown)]
    seeds = sorted({cosines.seed for cosines in shown})
    figure = Figure(figsize=(3.2 * len(branches), 2.6 * len(seeds)), layout="constrained")
    for row, seed in enumerate(seeds):
        for column, branch in enumerate(branches):
            axes = figure.add_subplot(len(seeds), len(branches), row * len(branches) + column + 1, projection="3d")
            _ridges(axes, [c for c in shown if c.seed == seed and c.branch == branch])
            axes.set_title(f"cos({SYMBOLS[branch]}, sum), seed {seed}", fontsize=8)
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=100)
    replace_file(path, buffer.getvalue())


def plot_all(folder: Path, found: Sequence[Cosines]) -> list[Path]:
    """One figure for each structure that was studied."""
    paths = []
    for structure in STRUCTURES:
        if any(cosines.structure == structure for cosines in found):
            paths.append(folder / f"gradients-{structure}.png")
            plot_structure(paths[-1], structure, found)
    return paths


def _ridges(axes: Any, found: Sequence[Cosines]) -> None:  # noqa: ANN401 - matplotlib's 3-D axes
    centers = (np.arange(BINS) + 0.5) * 2 / BINS - 1
    for cosines in sorted(found, key=lambda c: -c.epoch):
        color = "tab:red" if cosines.against * 2 > cosines.points else "tab:blue"
        axes.plot(centers, np.full(BINS, cosines.epoch + 1), cosines.counts, color=color, linewidth=1)
    axes.set_xlabel("cosine", fontsize=7)
    axes.set_ylabel("epoch", fontsize=7)
    axes.set_zlabel("points", fontsize=7)
    axes.tick_params(labelsize=6)
    axes.set_xticks([-1, 0, 1])
    axes.set_yticks(sorted(cosines.epoch + 1 for cosines in found))
