from dataclasses import replace
from types import SimpleNamespace

import pytest
import torch

from nurie.errors import InputError
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

    modules = {
        "nurie.training.gradient_study": SimpleNamespace(study=study, BUDGETS={"tiny": "a little"}),
        "nurie.training.gradient_plots": SimpleNamespace(plot_structure=plot_structure),
    }
    monkeypatch.setattr(gradient_figure, "import_module", modules.__getitem__)
    draw_gradients(tmp_path / "13.png", data.training, settings, CPU)
    assert (tmp_path / "13.png").read_text() == "skip ['cosines']"


def test_without_a_study_there_is_no_figure(tmp_path, data, settings, monkeypatch):
    def missing(name):
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(gradient_figure, "import_module", missing)
    with pytest.raises(InputError, match="this version of nurie has no gradient study"):
        draw_gradients(tmp_path / "13.png", data.training, settings, CPU)
