"""Figure 13: the gradient study of section IV-G, on the drawings of the tables."""

from importlib import import_module
from pathlib import Path

from nurie.errors import InputError
from nurie.tables.prepared import Prepared, PreparedDrawings
from nurie.tables.settings import PRESETS, TableSettings
from nurie.training.distributed import Machine

STRUCTURE = "skip"
"""Region correlation with a skip connection: Fig. 11 (b), whose histograms Fig. 13 shows."""


def draw_gradients(path: Path, data: Prepared, settings: TableSettings, machine: Machine) -> None:
    """Train with a skip connection and draw how far each branch's gradient agrees with their sum.

    Raises:
        InputError: this version has no gradient study.
        NurieError: training diverged, or the figure cannot be written.
    """
    try:
        study = import_module("nurie.training.gradient_study")
        plots = import_module("nurie.training.gradient_plots")
    except ModuleNotFoundError as error:
        raise InputError("this version of nurie has no gradient study; draw Figure 13 with one that has") from error
    budget = study.BUDGETS[budget_name(settings)]
    found = list(study.study(budget, PreparedDrawings(data, "trapped_ball"), machine, (STRUCTURE,)))
    plots.plot_structure(path, STRUCTURE, found)


def budget_name(settings: TableSettings) -> str:
    """The study's budget that goes with the tables' size."""
    if settings.side == PRESETS["tiny"].side:
        return "tiny"
    return "paper" if settings.side >= PRESETS["paper"].side else "small"
