from dataclasses import replace

import numpy as np
import pytest
import torch
from boxes import NAMED, Boxes
from toy_stage import whole

from nurie.training.distributed import Machine
from nurie.training.loop import start_run, train
from nurie.training.simplify import KIND, SimplifyStage, enlarged_window

CPU = Machine(torch.device("cpu"))
TINY = replace(
    KIND.presets["tiny"], images=16, batch_size=4, workers=0, save_every=16, sheet_every=16, sheet_drawings=2
)
DRAWINGS = Boxes(side=64, parts=NAMED)


def test_training_runs_and_draws_a_sheet(tmp_path):
    run = start_run(SimplifyStage(TINY, CPU), TINY, CPU, tmp_path)
    assert train(run, DRAWINGS) == 16
    assert list((tmp_path / "sheets").iterdir())


def test_training_lowers_the_loss_on_one_batch():
    stage = SimplifyStage(replace(TINY, warmup_images=0), CPU)
    samples = [stage.prepare(DRAWINGS.load(n), np.random.default_rng(i)) for i, n in enumerate(Boxes.names[:4])]
    batch = stage.collate(samples)
    scores = [stage.step(whole(batch, len(batch.lines)), 4 * i) for i in range(25)]
    assert scores[-1]["ink"] < 0.7 * scores[0]["ink"]
    assert scores[-1]["connection"] < 0.7 * scores[0]["connection"]


def test_a_sample_is_a_pair_of_windows_that_depend_on_the_generator_alone():
    stage = SimplifyStage(TINY, CPU)
    drawing = DRAWINGS.load(Boxes.names[0])
    one, same, other = (stage.prepare(drawing, np.random.default_rng(seed)) for seed in (1, 1, 2))
    assert one.rough.shape == one.lines.shape == one.middle.shape == (TINY.window, TINY.window)
    assert np.array_equal(one.rough, same.rough)
    assert not np.array_equal(one.rough, other.rough)
    assert (one.lines[one.middle] < 10).all()  # the middle of a line is ink


@pytest.mark.parametrize("shape", [(64, 64), (256, 256), (20, 300), (1024, 700)])
def test_windows_of_drawings_of_any_size(shape):
    sketch = np.full(shape, 255, np.uint8)
    sketch[shape[0] // 2] = 0
    window = enlarged_window(sketch, 96, np.random.default_rng(0))
    assert window.shape == (96, 96)
