import json

import numpy as np
import pytest
import torch

from nurie.cli import main
from nurie.evaluation import stlpips
from nurie.images import read_color, write_image
from nurie.model.config import ModelConfig
from nurie.training.distributed import Machine
from nurie.training.loop import start_run
from nurie.training.paint import PRESETS, PaintStage


class FakeDistance:
    """Stands for ST-LPIPS."""

    def compare(self, a, b):
        return float(np.abs(a.astype(float) - b).mean())


@pytest.fixture
def made(tmp_path, monkeypatch):
    """A checkpoint with fresh weights, and a folder of one picture."""
    monkeypatch.setattr(stlpips, "STLPIPS", FakeDistance)
    machine, model = Machine(torch.device("cpu")), ModelConfig(side=32, base_channels=4, max_channels=8, latent_dim=6)
    stage = PaintStage(PRESETS["tiny"], machine, model)
    start_run(stage, PRESETS["tiny"], machine, tmp_path / "run").save()
    pictures = tmp_path / "pictures"
    pictures.mkdir()
    write_image(pictures / "a.png", np.random.default_rng(0).integers(0, 255, (32, 32, 3), np.uint8))
    return tmp_path


def test_latent_prints_a_verdict_and_writes_the_score(made, capsys):
    words = [str(made / "run"), str(made / "pictures"), "-o", str(made / "out"), "--codes", "2"]
    assert main(["evaluate", "latent", *words]) == 0
    assert "times the mean step" in capsys.readouterr().out
    score = json.loads((made / "out" / "codes.json").read_text())
    assert (score["drawings"], score["codes"]) == (1, 2)
    assert read_color(made / "out" / "codes.png").shape == (64, 16 * 32, 3)


def test_one_code_is_not_enough(made, capsys):
    assert main(["evaluate", "latent", str(made / "run"), str(made / "pictures"), "--codes", "1"]) == 2
    assert "2 codes at least" in capsys.readouterr().err
