import re
from dataclasses import replace

import numpy as np
import pytest
import torch
from boxes import NAMED, Boxes
from toy_stage import ToyDrawings, ToyStage, toy_config

from nurie.errors import DataError
from nurie.training.distributed import Machine
from nurie.training.dry_run import CELLS, Estimate, MadeUp, describe, measure
from nurie.training.stages import STAGES, find_preset, find_stage

CPU = Machine(torch.device("cpu"))


def test_the_made_up_drawing_has_as_many_regions_as_the_papers():
    drawing = MadeUp(256).load("cells")
    assert len(np.unique(drawing.regions)) == drawing.regions.max() == CELLS**2
    assert drawing.color.shape == (256, 256, 3)
    assert 0.05 < (drawing.sketch == 0).mean() < 0.2
    assert MadeUp(16).load("cells").regions.max() == 4


def test_work_and_memory_of_a_layer_are_those_known_on_paper():
    config = toy_config(batch_size=1)
    estimate = measure(ToyStage(config, CPU), config, ToyDrawings())
    # y = W x with W 3 x 4 for one picture: 2 * 12 forward, as many for the gradient of W; x wants none.
    assert estimate.flops == 2 * (2 * 12)
    parameters = 4 * 3 + 3 + 2 * 2 + 2
    assert estimate.weights == 4 * parameters + 8  # and the counter
    # Two moments and a step for each tensor that the loss reaches.
    assert estimate.moments == 4 * (2 * 15 + 2)
    assert estimate.averages == estimate.weights
    assert 0 < estimate.kept < 1000
    assert estimate.kept_once < 1000


def test_memory_grows_with_the_pictures_that_are_at_once_in_it():
    estimate = Estimate(flops=1.0, weights=10, moments=20, averages=5, fixed=3, kept_once=7, kept=100)
    assert estimate.memory(1) == 20 + 20 + 5 + 3 + 7 + 100
    assert estimate.memory(4) - estimate.memory(2) == 200


def test_what_is_kept_is_close_to_what_torch_says():
    """A layer of 1 MB of activations: the sigmoid keeps its output, the layer its input."""
    net = torch.nn.Sequential(torch.nn.Linear(4, 2**18), torch.nn.Sigmoid())

    class Wide(ToyStage):
        def step(self, parts, images_seen):
            net(parts[0].batch.x).sum().backward()

    stage = Wide(toy_config(), CPU)
    stage.net = net
    stage.networks, stage.averaged, stage.optimizers = {"net": net}, (), {}
    estimate = measure(stage, toy_config(), ToyDrawings())
    assert (estimate.kept, estimate.kept_once) == (2**20 + 16, 0)


@pytest.mark.parametrize("stage", STAGES)
def test_every_stage_is_described_without_data(stage):
    text = describe(replace(find_preset(stage, "tiny"), batch_size=4, accumulate=2, keep=1), CPU)
    for name in ("run", "model", "networks", "batch", "work", "memory", "schedule"):
        assert re.search(rf"^{name} ", text, re.MULTILINE), name
    assert "4 images = 1 process x 2 parts x 2 images" in text
    assert "the newest 1 stay" in text
    assert "data " not in text


def test_with_data_it_says_how_often_each_drawing_is_seen():
    config = replace(find_preset("palette", "tiny"), images=3000, sheet_drawings=2)
    assert "6 drawings, each seen 500.0 times" in describe(config, CPU, Boxes(side=64, parts=NAMED))
    with pytest.raises(DataError, match="no drawings"):
        describe(config, CPU, ToyDrawings(count=0))


def test_lazy_steps_count_by_their_share():
    small = {"base_channels": 4, "max_channels": 8}
    config = replace(find_preset("paint", "tiny"), network=small, batch_size=1, side=16)

    def flops(**changes):
        changed = replace(config, **changes)
        return measure(find_stage("paint").build(changed, CPU), changed, MadeUp(16)).flops

    every, often, never = flops(r1_every=1), flops(r1_every=16), flops(r1=0.0)
    assert never < often < every
    assert often == pytest.approx(never + (every - never) / 16)
