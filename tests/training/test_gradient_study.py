import csv
from dataclasses import replace

import pytest
import torch
from boxes import Boxes

from nurie.cli import study_gradients
from nurie.errors import InputError
from nurie.images import read_color
from nurie.model.config import VARIANTS
from nurie.training.distributed import Machine
from nurie.training.gradient_plots import plot_all, summary_table, write_csv
from nurie.training.gradient_study import BINS, BUDGETS, STRUCTURES, branch_cosines, study, study_structure, summarize

CPU = Machine(torch.device("cpu"))
QUICK = replace(BUDGETS["tiny"], images=4, epochs=2, seeds=1)


def test_the_structures_are_the_model_s_variants():
    for name in ("skip", "skip_sga"):
        assert STRUCTURES[name] == VARIANTS[name]
    assert set(STRUCTURES) == set(study_gradients.STRUCTURES)
    assert set(BUDGETS) == set(study_gradients.BUDGETS)
    assert all(budget.seeds == 3 for name, budget in BUDGETS.items() if name != "tiny")  # the paper's


def test_cosines_of_known_gradients():
    a, b = torch.tensor([[1.0, 0], [2, 0], [0, 0]]), torch.tensor([[0, 1.0], [-1, 0], [0, 0]])
    found = branch_cosines({"query": a, "key": b})
    assert found["query"].tolist() == pytest.approx([0.5**0.5, 1])
    assert found["key"].tolist() == pytest.approx([0.5**0.5, -1])


def test_a_branch_alone_always_agrees_with_the_sum():
    assert branch_cosines({"value": torch.randn(5, 3)})["value"].tolist() == pytest.approx([1] * 5)


@pytest.mark.parametrize(
    ("structure", "branches"),
    [
        ("plain", ["query", "key", "value"]),
        ("skip", ["query", "key", "value", "skip"]),
        ("skip_sga", ["value", "skip"]),  # the gradient through queries and keys is stopped
    ],
)
def test_each_structure_has_its_branches_in_every_epoch(structure, branches):
    found = list(study_structure(structure, 0, QUICK, Boxes(), CPU))
    assert [(c.epoch, c.branch) for c in found] == [(epoch, branch) for epoch in range(2) for branch in branches]
    assert all(c.points > 0 and -1 <= c.mean <= 1 and c.against <= c.points for c in found)


def test_a_run_is_a_function_of_its_seed():
    once, twice, other = (list(study_structure("plain", seed, QUICK, Boxes(), CPU)) for seed in (0, 0, 1))
    assert [c.counts.tolist() for c in once] == [c.counts.tolist() for c in twice]
    assert [c.counts.tolist() for c in once] != [c.counts.tolist() for c in other]


def test_an_unknown_structure_is_one_sentence():
    with pytest.raises(InputError, match="unknown structure 'gate'; choose from plain, skip, skip_sga"):
        list(study_structure("gate", 0, QUICK, Boxes(), CPU))


def test_table_and_figures_have_what_was_found(tmp_path):
    found = list(study(QUICK, Boxes(), CPU, ["plain"]))
    write_csv(tmp_path / "found.csv", found)
    rows = list(csv.DictReader((tmp_path / "found.csv").read_text().splitlines()))
    assert len(rows) == len(found) * BINS
    assert sum(int(row["points"]) for row in rows) == sum(c.points for c in found)
    summary = summarize(found)
    assert set(summary) == {("plain", branch) for branch in ("query", "key", "value")}
    assert summary_table(summary).count("\n") == 4
    (path,) = plot_all(tmp_path, found)
    assert read_color(path).std() > 1
