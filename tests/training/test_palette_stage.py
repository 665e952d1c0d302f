from dataclasses import replace

import numpy as np
import pytest
import torch
from boxes import NAMED, Boxes
from torch.testing import assert_close
from toy_stage import whole

from nurie.data.samples import UNKNOWN
from nurie.training.distributed import Machine
from nurie.training.loop import start_run, train
from nurie.training.noise import Noise
from nurie.training.palette import KIND, PaletteStage, flow_loss
from nurie.training.stages import find_preset

CPU = Machine(torch.device("cpu"))
TINY = replace(
    KIND.presets["tiny"], images=24, batch_size=4, workers=0, save_every=12, sheet_every=24, sheet_drawings=2
)
DRAWINGS = Boxes(side=64, parts=NAMED)


def make_batch(stage, count=3):
    samples = [stage.prepare(DRAWINGS.load(n), np.random.default_rng(i)) for i, n in enumerate(Boxes.names[:count])]
    return stage.collate(samples)


def test_training_runs_and_draws_a_sheet(tmp_path):
    run = start_run(PaletteStage(TINY, CPU), TINY, CPU, tmp_path)
    assert train(run, DRAWINGS) == 24
    assert list((tmp_path / "sheets").iterdir())


def test_training_lowers_the_loss_on_one_batch():
    stage = PaletteStage(replace(TINY, warmup_images=0), CPU)
    batch = make_batch(stage)
    losses = [
        stage.step(whole(batch, 3), i * 4)["flow"].item()  # the same noise each time
        for i in range(40)
    ]
    assert losses[-1] < 0.7 * losses[0]


def test_the_loss_of_a_known_palette_is_zero_whatever_the_network_says():
    stage = PaletteStage(TINY, CPU)
    batch = make_batch(stage)

    tokens = stage.net.encode(batch.sketch, batch.regions)
    stage.net.denoise = lambda *_: batch.palette
    assert flow_loss(stage.net, tokens, batch, 0.3, Noise(0, range(3))) == 0


def test_padding_does_not_change_the_loss():
    stage = PaletteStage(TINY, CPU)
    samples = [stage.prepare(DRAWINGS.load(Boxes.names[0]), np.random.default_rng(2))] * 2
    batch = stage.collate(samples)
    tokens = stage.net.encode(batch.sketch, batch.regions)
    here = flow_loss(stage.net, tokens, batch, 0.0, Noise(1, range(2)))
    loud = batch._replace(pixels=torch.cat([batch.pixels, torch.full((2, 1), 1e4)], 1))
    regions = loud.regions._replace(
        geometry=torch.cat([batch.regions.geometry, torch.ones(2, 1, 15)], 1),
        present=torch.cat([batch.regions.present, torch.zeros(2, 1)], 1),
        pair_region=batch.regions.pair_region + batch.regions.pair_region // batch.palette.shape[1],
    )
    assert regions.present.shape[1] == batch.palette.shape[1] + 1
    wider = stage.net.encode(batch.sketch, regions)
    assert_close(wider.tokens[:, :-1], tokens.tokens, atol=1e-5, rtol=1e-4)
    assert torch.isfinite(here)


def test_found_regions_know_what_they_are():
    stage = PaletteStage(replace(TINY, true_regions=1.0), CPU)
    kinds = make_batch(stage).kinds
    assert {0, 3} <= set(kinds.flatten().tolist()) <= {0, 3, UNKNOWN}


def test_without_names_the_helper_task_is_silent():
    stage = PaletteStage(TINY, CPU)
    sample = stage.prepare(Boxes(side=64).load(Boxes.names[0]), np.random.default_rng(0))
    scores = stage.step(whole(stage.collate([sample]), 1), 0)
    assert scores["kind"] == 0
    assert torch.isfinite(scores["flow"])


def test_presets_are_found_by_name():
    assert find_preset("palette", "tiny").side == 64


@pytest.mark.parametrize("side", [64, 128])
def test_the_side_of_the_settings_is_the_side_of_the_network(side):
    stage = PaletteStage(replace(TINY, side=side), CPU)
    assert (stage.shape.side, stage.shape.grid) == (side, side // 4)
