"""A table at a glance: FID of each row on each set, with what cannot be beaten and what must be."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from nurie.evaluation.picture_scores import mean_of
from nurie.images import replace_file
from nurie.tables.rows import FLATTENED, RANDOM, TABLES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from nurie.tables.report import Line

ENDS = {RANDOM: "tab:red", FLATTENED: "tab:green"}
"""Painters whose FID is drawn as a line through the plot, and its colour."""


def plot_table(path: Path, number: int, lines: Sequence[Line]) -> None:
    """Draw a panel a set; nothing is drawn if no FID was computed.

    Raises:
        OutputError: it cannot be written.
    """
    if all(scores.fid is None for line in lines for scores in line.scores):
        return
    from matplotlib.figure import Figure

    sets = list(dict.fromkeys(line.set for line in lines))
    figure = Figure(figsize=(4 * len(sets), 0.45 * len(TABLES[number].rows) + 1.9), layout="constrained")
    panels = figure.subplots(1, len(sets), squeeze=False, sharey=True)[0]
    for test, panel in zip(sets, panels, strict=True):
        rows = [line for line in lines if line.set == test and line.name in TABLES[number].rows]
        for place, line in enumerate(rows):
            fids = [scores.fid for scores in line.scores if scores.fid is not None]
            panel.barh(place, mean_of(list(fids)) or 0, color="0.7")
            panel.plot(fids, [place] * len(fids), "k.", markersize=6)
        panel.set_yticks(range(len(rows)), [line.label for line in rows])
        panel.invert_yaxis()
        for line in lines:
            value = mean_of([scores.fid for scores in line.scores])
            if line.set == test and line.name in ENDS and value is not None:
                panel.axvline(value, color=ENDS[line.name], label=line.label)
        panel.set_title(f"set {test}")
        panel.set_xlabel("FID (dots: seeds)")
    figure.legend(*panels[0].get_legend_handles_labels(), loc="outside lower center", ncols=len(ENDS))
    content = io.BytesIO()
    figure.savefig(content, format="png", dpi=110)
    replace_file(path, content.getvalue())
