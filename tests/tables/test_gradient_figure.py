from dataclasses import replace

import torch

from nurie.tables import gradient_figure
from nurie.tables.gradient_figure import budget_name, draw_gradients
from nurie.tables.settings import PRESETS
from nurie.training.distributed import Machine

CPU = Machine(torch.device("cpu"))


def test_the_study_s_budget_goes_with_the_size(settings):
    assert budget_name(settings) == "tiny"
    assert budget_name(PRESETS["cpu"]) == "small"
    assert budget_name(PRESETS["paper"]) == "paper"
    assert budget_name(replace(PRESETS["cpu"], side=128)) == "small"


def test_the_figure_is_that_of_the_skip_connection(tmp_path, data, settings, monkeypatch):
    def study(budget, drawings, machine, structures):
        assert (budget, len(drawings.names), structures) == ("a little", 8, ("skip",))
        yield "cosines"

    def plot_structure(path, structure, found):
        path.write_text(f"{structure} {found}")

    monkeypatch.setattr(gradient_figure, "study", study)
    monkeypatch.setattr(gradient_figure, "BUDGETS", {"tiny": "a little"})
    monkeypatch.setattr(gradient_figure, "plot_structure", plot_structure)
    draw_gradients(tmp_path / "13.png", data.training, settings, CPU)
    assert (tmp_path / "13.png").read_text() == "skip ['cosines']"
