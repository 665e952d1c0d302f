import numpy as np
import pytest
import torch

from nurie.cli import main
from nurie.errors import InputError, OutputError
from nurie.export import export_gaps
from nurie.model.gaps import GapNet
from nurie.regions.gaps import NUM_NUMBERS, VIEW_SHAPE, load_network
from nurie.training.checkpoint import save_checkpoint


def save(folder, stage="gaps"):
    torch.manual_seed(0)
    net = GapNet((6, 4))
    state = {"images_seen": 1, "stage": stage, "config": {}, "model": {"hidden": list(net.hidden)}}
    return save_checkpoint(folder, state, {"gaps": net}, {"gaps": net}, {})


def test_a_gaps_checkpoint_becomes_a_file_that_answers_alike(tmp_path, capsys):
    assert main(["export", str(save(tmp_path)), "-o", str(tmp_path / "out")]) == 0
    assert "gaps.npz" in capsys.readouterr().out
    network = load_network(tmp_path / "out" / "gaps.npz")
    odds = network(np.zeros((3, *VIEW_SHAPE), np.uint8), np.zeros((3, NUM_NUMBERS), np.float32))
    assert np.isfinite(odds).all()
    assert not list((tmp_path / "out").glob(".*"))


def test_another_stage_is_refused(tmp_path):
    with pytest.raises(InputError, match="of the gaps stage"):
        export_gaps(save(tmp_path, "boundary"), tmp_path / "gaps.npz")


def test_a_place_that_cannot_be_written_is_said(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="cannot be written"):
        export_gaps(save(tmp_path / "run"), tmp_path / "file" / "gaps.npz")
