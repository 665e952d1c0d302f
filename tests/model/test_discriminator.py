from dataclasses import replace

import pytest
import torch

from nurie.errors import InputError
from nurie.model.config import PRESETS
from nurie.model.discriminator import DiscriminatorBlock, append_deviation, build_discriminator

TINY = PRESETS["tiny"]
TOLD = replace(TINY, told_flats=True, minibatch_std=False)
ALONE = replace(TINY, minibatch_std=False)


@pytest.mark.parametrize(("height", "width"), [(32, 32), (33, 20), (1, 1), (70, 45)])
def test_gives_one_logit_a_picture_for_any_size(height, width):
    assert build_discriminator(TINY)(torch.rand(3, 3, height, width)).shape == (3,)


def test_without_minibatch_deviation_each_picture_is_judged_alone():
    net, image = build_discriminator(ALONE).double(), torch.rand(2, 3, 32, 32).double()
    torch.testing.assert_close(net(image)[1:], net(image[1:]))


def test_minibatch_deviation_sees_that_all_pictures_are_the_same():
    x = torch.rand(1, 2, 3, 3)
    same = append_deviation(x.expand(4, -1, -1, -1))[:, 2]
    assert same.max() < 1e-3
    pair = torch.cat([x - 1, x + 1])  # standard deviation 1 everywhere
    assert torch.allclose(append_deviation(pair)[:, 2], torch.ones(()))


@pytest.mark.parametrize("n", [1, 2, 3, 5, 6, 8])
def test_deviation_works_for_every_batch_size_and_keeps_the_features(n):
    x = torch.rand(n, 2, 3, 3)
    y = append_deviation(x)
    assert y.shape == (n, 3, 3, 3)
    assert torch.equal(y[:, :2], x)


def test_block_keeps_the_mean_square_near_one():
    y = DiscriminatorBlock(32, 64)(torch.randn(8, 32, 32, 32))
    # The blur takes away part of white noise; what is left must neither vanish nor grow.
    assert 0.1 < y[..., 1:-1, 1:-1].square().mean() < 1.5


@pytest.mark.parametrize("config", [TINY, ALONE])
def test_gradient_and_gradient_penalty_reach_every_parameter(config):
    net, image = build_discriminator(config), torch.rand(4, 3, 32, 32, requires_grad=True)
    logits = net(image)
    (slope,) = torch.autograd.grad(logits.sum(), image, create_graph=True)
    (logits.square().sum() + slope.square().sum()).backward()
    assert all(p.grad is not None and p.grad.abs().sum() > 0 for p in net.parameters())


def test_told_flats_it_judges_what_is_added_to_them_between_the_lines():
    net = build_discriminator(TOLD)
    flats, sketch = torch.rand(2, 3, 32, 32), torch.zeros(2, 1, 32, 32)
    sketch[..., 8:12, :] = 1
    image = flats + 0.3
    other = image.clone()
    other[..., 8:12, :] = -1  # under a line
    torch.testing.assert_close(net(image, sketch, flats), net(other, sketch, flats))
    assert not torch.allclose(net(image, sketch, flats), net(image + 0.1, sketch, flats))
    with pytest.raises(InputError, match="give sketch and flats"):
        net(image)


def test_without_flats_none_can_be_told():
    with pytest.raises(InputError, match="flats = true"):
        replace(TINY, flats=False, told_flats=True)
