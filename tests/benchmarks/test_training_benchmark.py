import sys

import pytest
import torch

from benchmarks.training import __main__ as command
from benchmarks.training import steps
from benchmarks.training.ceilings import bytes_moved, flops
from benchmarks.training.measure import (
    FORMS,
    Case,
    build,
    descend,
    disagreement,
    make_inputs,
    peak_megabytes,
    time_forms,
)

SMALL = Case(side=64, regions=40, batch=2, base_channels=4, max_channels=8)


def test_the_literal_form_gives_the_same_picture_and_gradients():
    picture, gradient = disagreement(SMALL)
    assert picture < 1e-5
    assert gradient < 1e-4


def test_every_form_gives_about_the_same_picture():
    inputs, generator = make_inputs(SMALL), build(SMALL)
    wanted = descend(FORMS["literal"], generator, inputs)
    eager = [name for name in FORMS if "compiled" not in name]  # that wants a C++ compiler, and minutes
    for name in eager:
        form = FORMS[name]
        assert (descend(form, generator, inputs) - wanted).abs().mean() < (0.05 if "bf16" in name else 1e-5), name


def test_inputs_have_all_regions():
    inputs = make_inputs(SMALL)
    assert all(len(torch.unique(regions)) == SMALL.regions for regions in inputs.regions)


def test_work_is_counted():
    assert flops(SMALL) > 3 * 2 * 64**2 * 9 * 4 * 4  # more than one convolution there and back
    inputs, generator = make_inputs(SMALL), build(SMALL)
    assert bytes_moved(generator, inputs, "nurie") > 4 * inputs.sketch.numel()
    assert peak_megabytes(SMALL, "nurie") >= 0
    assert set(time_forms(SMALL, ["nurie"], 1)) == {"nurie"}


def test_whole_steps_are_timed(monkeypatch, capsys):
    words = ["--preset", "tiny", "--batch", "2", "--ways", "plain", "kernels", "--precision", "float32"]
    monkeypatch.setattr(
        sys, "argv", ["steps", *words, "--regions", "12", "--steps", "2", "--warmup", "1", "--device", "cpu"]
    )
    assert steps.main() == 0
    rows = [line.split("|") for line in capsys.readouterr().out.splitlines()[2:]]
    assert [row[2].strip() for row in rows] == ["plain", "kernels"]
    assert all(float(row[4]) > 0 for row in rows)


@pytest.mark.slow
def test_the_command_prints_a_row_for_each_form(monkeypatch, capsys):
    words = ["--side", "64", "--regions", "40", "--base-channels", "4", "--max-channels", "8"]
    words += ["--repeats", "1", "--forms", "literal", "nurie"]
    monkeypatch.setattr(sys, "argv", ["benchmark", *words])
    monkeypatch.setattr(command, "_memory_of", lambda name: 1.0)
    threads = torch.get_num_threads()
    assert command.main() == 0
    torch.set_num_threads(threads)
    assert "| nurie |" in capsys.readouterr().out
