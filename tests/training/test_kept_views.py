from dataclasses import replace

import numpy as np
import pytest
import torch
from boxes import NAMED, Boxes

from nurie.errors import OutputError
from nurie.training.batches import batches
from nurie.training.distributed import Machine
from nurie.training.kept_views import KeptViews, flatten, restore
from nurie.training.palette import KIND, PaletteStage

CPU = Machine(torch.device("cpu"))
CONFIG = replace(KIND.presets["tiny"], batch_size=2, workers=0, sheet_drawings=2, views=2)
DRAWINGS = Boxes(side=64, parts=NAMED)


@pytest.fixture
def stage():
    return PaletteStage(CONFIG, CPU)


@pytest.fixture
def sample(stage):
    return stage.prepare(DRAWINGS.load(Boxes.names[0]), np.random.default_rng(0))


def take(stage, directory, count=12):
    stream = batches(stage, DRAWINGS, CONFIG, CPU, 0, KeptViews(directory))
    return [next(stream)[0].batch.palette for _ in range(count)]


def test_flatten_and_restore_are_inverse(sample):
    again = restore(type(sample), dict(flatten(sample)))
    for (name, a), (twin, b) in zip(flatten(sample), flatten(again), strict=True):
        assert name == twin
        assert (a == b).all()


def test_a_kept_sample_is_made_once(tmp_path, stage, sample):
    made = []
    kept = KeptViews(tmp_path)
    for _ in range(3):
        out = kept.fetch("a-0", stage.prepare, lambda: made.append(1) or sample)
    assert made == [1]
    assert (out.palette == sample.palette).all()


def test_a_damaged_file_is_made_again(tmp_path, stage, sample):
    (tmp_path / "a-0.npz").write_bytes(b"PK\x03\x04 cut off")
    out = KeptViews(tmp_path).fetch("a-0", stage.prepare, lambda: sample)
    assert (out.palette == sample.palette).all()
    assert (tmp_path / "a-0.npz").stat().st_size > 100


def test_batches_are_the_same_whether_prepared_or_kept(tmp_path, stage):
    first, again = take(stage, tmp_path), take(stage, tmp_path)
    assert all(torch.equal(a, b) for a, b in zip(first, again, strict=True))


def test_each_drawing_has_as_many_views_as_asked_for(tmp_path, stage):
    take(stage, tmp_path)
    trained = len(Boxes.names) - CONFIG.sheet_drawings
    assert len(list(tmp_path.iterdir())) == CONFIG.views * trained


def test_what_cannot_be_kept_says_so(tmp_path, stage, sample):
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="views=0"):
        KeptViews(tmp_path / "file" / "views").fetch("a-0", stage.prepare, lambda: sample)
