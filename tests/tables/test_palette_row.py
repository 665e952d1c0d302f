from dataclasses import replace

import numpy as np
import pytest
import torch

from nurie.evaluation.baselines import Contender
from nurie.evaluation.bleeding import region_deviation
from nurie.model.palette import PALETTE_PRESETS
from nurie.tables.palette import PaletteAndFlats
from nurie.tables.rows import ROWS
from nurie.tables.settings import PRESETS
from nurie.tables.stage import collate, make_sample, to_inputs
from nurie.training.paint_batch import to_bytes


@pytest.fixture
def contender():
    torch.manual_seed(0)
    return PaletteAndFlats(replace(PALETTE_PRESETS["tiny"], side=32, grid=8))


@pytest.fixture(scope="module")
def drawings(data):
    return data.training.drawings("trapped_ball")


def look(drawings, numbers):
    return to_inputs(collate([make_sample(drawings[number]) for number in numbers]))


def test_it_is_a_contender_without_judges(contender, drawings):
    assert isinstance(contender, Contender)
    inputs = look(drawings, [0, 1])
    assert not contender.generate(inputs)
    assert not contender.judge_losses(inputs, {}, 0)
    contender.paint_losses(inputs, {})["flow"].backward()
    untouched = {name.split(".")[1] for name, p in contender.palette.named_parameters() if p.grad is None}
    assert untouched == {"kind", "affinity"}  # the helper tasks, for which the tables have no names


def test_pictures_are_flat_under_the_lines(contender, drawings):
    (picture,) = to_bytes(contender.paint(look(drawings, [2]))).numpy()
    assert region_deviation(picture, drawings[2].sketch, drawings[2].regions) < 0.5


def test_a_sketch_has_its_own_picture_whatever_is_painted_beside_it(contender, drawings):
    other = replace(drawings[3], sketch=np.where(np.eye(32) == 1, 254, drawings[3].sketch).astype(np.uint8))
    alone, beside = contender.paint(look(drawings, [3])), contender.paint(look([other, drawings[3]], [0, 1]))
    assert (to_bytes(alone)[0].int() - to_bytes(beside)[1].int()).abs().max() <= 1
    assert not torch.equal(beside[0], beside[1])


def test_codes_give_other_pictures_and_the_colours_are_never_seen(contender, drawings):
    inputs = look(drawings, [2])
    blind = type(inputs)(**{**vars(inputs), "color": torch.zeros_like(inputs.color)})
    codes = torch.randn(2, 1, contender.code_length)
    first, second = (contender.paint(inputs, code) for code in codes)
    assert torch.equal(first, contender.paint(blind, codes[0]))
    assert not torch.equal(first, second)


def test_it_is_no_wider_than_the_other_rows_and_stops_at_four_cells():
    shapes = {name: ROWS["palette"].build(settings).shape for name, settings in PRESETS.items() if name != "paper"}
    assert (shapes["cpu"].width, shapes["cpu"].channels) == (64, (24, 48, 64, 64))
    assert (shapes["tiny"].width, shapes["tiny"].channels, shapes["tiny"].grid) == (8, (8, 8, 8), 8)


def test_one_drawing_can_be_painted_at_the_smallest_size(drawings, settings):
    assert ROWS["palette"].build(settings).paint(look(drawings, [0])).shape == (1, 3, 32, 32)
