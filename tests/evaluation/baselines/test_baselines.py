import numpy as np
import pytest
import torch

from nurie.evaluation.baselines import BASELINES, Contender
from nurie.evaluation.baselines.contender import Inputs
from nurie.evaluation.baselines.cwr import skeleton_map
from nurie.evaluation.baselines.dpgan import to_hsv_cone
from nurie.evaluation.baselines.losses import (
    gradient_penalty,
    least_squares_judge,
    least_squares_painter,
    softplus_judge,
    softplus_painter,
)
from nurie.evaluation.baselines.networks import PatchJudge, UNet

CHANNELS = (4, 8, 8)


def make_inputs(count=2, side=16):
    rng = torch.Generator().manual_seed(0)
    return Inputs(
        color=torch.rand(count, 3, side, side, generator=rng) * 2 - 1,
        sketch=torch.rand(count, 1, side, side, generator=rng).round(),
        regions=torch.ones(count, side, side, dtype=torch.int64),
        present=torch.ones(count, 1),
        skeleton=torch.rand(count, 1, side, side, generator=rng),
    )


def build(name):
    torch.manual_seed(0)
    return BASELINES[name](CHANNELS)


@pytest.mark.parametrize("name", BASELINES)
def test_every_baseline_is_a_contender_whose_losses_reach_all_it_has(name):
    contender, inputs = build(name), make_inputs()
    assert isinstance(contender, Contender)
    assert set(contender.painters) < set(contender.networks)
    fakes = contender.generate(inputs)
    assert fakes["color"].shape == inputs.color.shape
    shown = {key: fake.detach() for key, fake in fakes.items()}
    sum(contender.judge_losses(inputs, shown, 0).values()).backward()
    for part, network in contender.networks.items():
        reached = [p.grad is not None for p in network.parameters()]
        assert not any(reached) if part in contender.painters else all(reached), part
    sum(contender.paint_losses(inputs, fakes).values()).backward()
    for part in contender.painters:
        assert all(p.grad is not None for p in contender.networks[part].parameters()), part


@pytest.mark.parametrize("name", BASELINES)
def test_a_baseline_paints_one_picture_of_a_sketch_and_never_sees_its_colours(name):
    contender, inputs = build(name), make_inputs()
    blind = Inputs(**{**vars(inputs), "color": torch.zeros_like(inputs.color)})
    picture = contender.paint(inputs)
    assert torch.equal(picture, contender.paint(blind, torch.randn(2, 5)))
    assert picture.abs().max() <= 1
    assert contender.code_length == 0


@pytest.mark.parametrize("size", [(16, 16), (9, 23)])
def test_the_u_net_takes_any_size(size):
    x = torch.zeros(1, 2, *size)
    assert UNet(2, 3, CHANNELS)(x).shape == (1, 3, *size)


def test_a_judge_scores_patches():
    assert PatchJudge(3, (4, 8, 8, 8, 8))(torch.zeros(2, 3, 32, 32)).shape == (2, 1, 4, 4)


def test_losses_are_least_where_they_should_be():
    one, zero = torch.ones(2, 1, 3, 3), torch.zeros(2, 1, 3, 3)
    assert least_squares_judge(one, zero) == 0
    assert least_squares_judge(zero, one) == 2
    assert least_squares_painter(one) == 0
    assert softplus_judge(zero, zero).item() == pytest.approx(2 * np.log(2))
    assert softplus_painter(20 * one).item() == pytest.approx(0, abs=1e-6)


def test_the_gradient_penalty_of_a_linear_critic_is_known():
    def critic(x):
        return 3 * x[:, :1]  # the mean over the pixels: a gradient of length 3 / 4 at 4 x 4

    real, fake = torch.rand(2, 3, 4, 4), torch.rand(2, 3, 4, 4)
    assert gradient_penalty(critic, real, fake).item() == pytest.approx((0.75 - 1) ** 2)


def test_hsv_is_a_cone():
    colors = torch.tensor([[1.0, -1, -1], [0, 0, 0], [-1, -1, -1], [1, 1, -1]])[..., None, None]
    red, gray, black, yellow = to_hsv_cone(colors)[..., 0, 0]
    assert torch.allclose(red, torch.tensor([1.0, 0, 1]))
    assert torch.allclose(gray, torch.zeros(3))
    assert torch.allclose(black, torch.tensor([0.0, 0, -1]))
    assert yellow[:2].norm().item() == pytest.approx(1)
    assert torch.atan2(yellow[1], yellow[0]).item() == pytest.approx(np.pi / 3)


def test_the_skeleton_is_0_at_borders_and_1_in_the_middle():
    regions = np.repeat(np.array([1, 2], np.int32), 8)[None].repeat(9, 0)
    skeleton = skeleton_map(regions)
    assert (skeleton[:, 7:9] == 0).all()
    assert skeleton[:, 0].tolist() == skeleton[:, 15].tolist() == [1] * 9
    assert (np.diff(skeleton[4, 8:]) > 0).all()


def test_the_skeleton_of_a_single_region_is_1():
    assert (skeleton_map(np.ones((4, 5), np.int32)) == 1).all()


def test_a_region_that_is_all_border_is_0():
    regions = np.ones((5, 5), np.int32)
    regions[2, 2] = 2
    assert skeleton_map(regions)[2, 2] == 0
