"""Figure 13: the gradient study of section IV-G, on the drawings of the tables."""

from pathlib import Path

from nurie.tables.prepared import Prepared, PreparedDrawings
from nurie.tables.settings import PRESETS, TableSettings
from nurie.training.distributed import Machine
from nurie.training.gradient_plots import plot_structure
from nurie.training.gradient_study import BUDGETS, study

STRUCTURE = "skip"
"""Region correlation with a skip connection: Fig. 11 (b), whose histograms Fig. 13 shows."""


def draw_gradients(path: Path, data: Prepared, settings: TableSettings, machine: Machine) -> None:
    """Train with a skip connection and draw how far each branch's gradient agrees with their sum.

    Raises:
        NurieError: training diverged, or the figure cannot be written.
    """
    budget = BUDGETS[budget_name(settings)]
    found = list(study(budget, PreparedDrawings(data, "trapped_ball"), machine, (STRUCTURE,)))
    plot_structure(path, STRUCTURE, found)


def budget_name(settings: TableSettings) -> str:
    """The study's budget that goes with the tables' size."""
    if settings.side == PRESETS["tiny"].side:
        return "tiny"
    return "paper" if settings.side >= PRESETS["paper"].side else "small"
