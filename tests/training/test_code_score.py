from dataclasses import replace

import numpy as np
import pytest
import torch
from boxes import Boxes

from nurie.errors import InputError
from nurie.model.config import ModelConfig
from nurie.model.generator import build_generator
from nurie.training.checkpoint import save_checkpoint
from nurie.training.code_score import (
    codes_sheet,
    describe_score,
    draw_codes,
    load_generator,
    paint_codes,
    score_codes,
)
from nurie.training.distributed import Machine
from nurie.training.loop import start_run
from nurie.training.paint import PRESETS, PaintStage

SMALL = ModelConfig(side=32, base_channels=4, max_channels=8, latent_dim=6)


def apart(a, b):
    return float(np.abs(a.astype(float) - b).mean())


def save(folder, **switches):
    machine = Machine(torch.device("cpu"))
    config = replace(PRESETS["tiny"], side=32)
    stage = PaintStage(config, machine, replace(SMALL, **switches))
    with torch.no_grad():
        for block in stage.generator.decoder.blocks:
            block.conv.style.weight.mul_(5)  # so that codes are seen without training
    run = start_run(stage, config, machine, folder)
    run.save()
    return folder


@pytest.mark.parametrize("switches", [{}, {"latent": "picture", "unit_features": True}, {"flats": True}])
def test_codes_of_a_checkpoint_are_scored_and_shown(tmp_path, switches):
    generator = load_generator(save(tmp_path, **switches))
    codes = draw_codes(generator, 3, seed=0)
    painted = [paint_codes(generator, Boxes().load(name), codes) for name in Boxes.names[:2]]
    score = score_codes(painted, apart)
    assert (score.drawings, score.codes) == (2, 3)
    assert score.largest_step >= score.typical_step >= 1
    assert score.distance > 0
    assert codes_sheet(painted).shape == (2 * 2 * 32, 16 * 32, 3)
    described = describe_score(score, 0)
    assert described["protocol"]["name"] == "latent"
    assert described["smooth"] == score.smooth


def test_equal_codes_are_no_difference(tmp_path):
    generator = load_generator(save(tmp_path))
    codes = draw_codes(generator, 1, seed=0).expand(2, -1)
    score = score_codes([paint_codes(generator, Boxes().load("box-000000"), codes)], apart)
    assert (score.distance, score.difference, score.largest_step) == (0, 0, 1)


def test_one_seed_gives_the_same_codes(tmp_path):
    generator = load_generator(save(tmp_path))
    assert torch.equal(draw_codes(generator, 2, 5), draw_codes(generator, 2, 5))


def test_deviations_are_drawn_around_what_the_sketch_suggests():
    generator = build_generator(SMALL).eval()
    drawing = Boxes().load("box-000000")
    codes = torch.stack([torch.zeros(SMALL.latent_dim), torch.ones(SMALL.latent_dim)])
    around = paint_codes(generator, drawing, codes, deviations=True)
    assert np.array_equal(around.drawn[0], around.own)
    assert not np.array_equal(around.drawn[1], around.own)
    assert not np.array_equal(paint_codes(generator, drawing, codes).drawn[0], around.own)


def test_deviations_need_a_code_from_the_sketch():
    generator = build_generator(replace(SMALL, latent="picture", unit_features=True)).eval()
    with pytest.raises(InputError, match="latent=sketch"):
        paint_codes(generator, Boxes().load("box-000000"), torch.zeros(2, SMALL.latent_dim), deviations=True)


def test_what_cannot_be_scored_is_one_sentence(tmp_path):
    with pytest.raises(InputError, match="a drawing and two codes"):
        score_codes([], apart)
    state = {"images_seen": 0, "stage": "gaps", "config": {}, "model": {}}
    save_checkpoint(tmp_path, state, {}, {}, {})
    with pytest.raises(InputError, match="checkpoint of the gaps stage"):
        load_generator(tmp_path)
