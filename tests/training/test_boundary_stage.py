from dataclasses import replace

import numpy as np
import pytest
import torch
from boxes import NAMED, Boxes
from hypothesis import given
from hypothesis.extra.numpy import arrays
from toy_stage import whole

from nurie.data.sources.drawing import Part
from nurie.model.boundary import EYE_PARTS
from nurie.training.boundary import KIND, BoundaryStage, boundaries, eye_parts
from nurie.training.distributed import Machine
from nurie.training.loop import start_run, train

CPU = Machine(torch.device("cpu"))
TINY = replace(
    KIND.presets["tiny"], images=16, batch_size=4, workers=0, save_every=16, sheet_every=16, sheet_drawings=2
)
DRAWINGS = Boxes(side=64, parts=NAMED)


def test_training_runs_and_draws_a_sheet(tmp_path):
    run = start_run(BoundaryStage(TINY, CPU), TINY, CPU, tmp_path)
    assert train(run, DRAWINGS) == 16
    assert list((tmp_path / "sheets").iterdir())


def test_training_lowers_the_loss_on_one_batch():
    stage = BoundaryStage(replace(TINY, warmup_images=0), CPU)
    samples = [stage.prepare(DRAWINGS.load(n), np.random.default_rng(0)) for n in Boxes.names[:4]]
    batch = stage.collate(samples)
    scores = [stage.step(whole(batch, 4), 4 * i) for i in range(25)]
    assert scores[-1]["boundary"] < 0.7 * scores[0]["boundary"]
    assert scores[-1]["eyes"] < 0.7 * scores[0]["eyes"]


@given(arrays(np.int32, (5, 6), elements={"min_value": 1, "max_value": 3}))
def test_boundaries_are_where_a_neighbor_differs(regions):
    padded = np.pad(regions, 1, mode="edge")
    neighbors = [padded[1:-1, 2:], padded[1:-1, :-2], padded[2:, 1:-1], padded[:-2, 1:-1]]
    expected = np.any([n != regions for n in neighbors], 0)
    assert (boundaries(regions) == 255 * expected).all()


def test_parts_of_eyes_have_their_numbers():
    drawing = DRAWINGS.load(Boxes.names[0])
    parts = eye_parts(drawing)
    for label, name in ((1, ""), (2, "iris"), (3, "white")):
        assert (parts[drawing.regions == label] == EYE_PARTS.index(name)).all()


@pytest.mark.parametrize("parts", [(), (Part("background"), Part("eye"), Part("hair"))])
def test_eyes_without_names_are_not_known(parts):
    assert (eye_parts(Boxes(parts=parts).load(Boxes.names[0])) == -1).all()


def test_unknown_eyes_do_not_count():
    stage = BoundaryStage(TINY, CPU)
    sample = stage.prepare(Boxes(side=64).load(Boxes.names[0]), np.random.default_rng(0))
    assert stage.step(whole(stage.collate([sample]), 1), 0)["eyes"] == 0
