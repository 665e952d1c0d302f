import pytest
import torch
import torch.nn.functional as F
from hypothesis import given
from hypothesis import strategies as st

from nurie.model.layers import (
    EqualizedConv2d,
    EqualizedLinear,
    LeakyConv2d,
    downsample,
    mirror_pad,
    to_unit,
    upsample_to,
)


def test_equalized_layers_keep_unit_variance_and_scale_it_by_the_gain():
    x = torch.randn(64, 32, 12, 12)
    y = EqualizedConv2d(32, 128, 3, gain=3.0)(x)[..., 1:-1, 1:-1]
    assert y.std().item() == pytest.approx(3, rel=0.1)
    assert EqualizedLinear(32, 512)(x[..., 0, 0]).std().item() == pytest.approx(1, rel=0.1)


def test_leaky_convolution_keeps_the_mean_square_near_one():
    y = LeakyConv2d(32, 128)(torch.randn(16, 32, 12, 12))[..., 1:-1, 1:-1]
    assert y.square().mean().item() == pytest.approx(1, rel=0.1)


def test_linear_bias_starts_where_it_is_told():
    assert (EqualizedLinear(2, 3, bias=1.0)(torch.zeros(1, 2)) == 1).all()
    assert EqualizedLinear(2, 3, bias=None).bias is None


def test_downsample_keeps_a_constant_and_takes_away_a_checkerboard():
    assert torch.allclose(downsample(torch.ones(1, 2, 8, 10))[..., 1:-1, 1:-1], torch.ones(1))
    board = (torch.arange(8)[:, None] + torch.arange(8)) % 2 * 2.0 - 1
    assert downsample(board.expand(1, 1, 8, 8))[..., 1:-1, 1:-1].abs().max() < 1e-6


@pytest.mark.parametrize("layout", [torch.contiguous_format, torch.channels_last])
def test_downsample_is_the_same_as_a_convolution_and_as_products_of_matrices(layout):
    x = torch.randn(2, 3, 6, 10).to(memory_format=layout).requires_grad_()
    wide = x.detach().double().requires_grad_()  # only float32 is convolved
    a, b = downsample(x), downsample(wide)
    torch.testing.assert_close(a.double(), b, atol=1e-6, rtol=1e-6)
    weight = torch.randn_like(a)
    (down,) = torch.autograd.grad(a, x, weight)
    (through,) = torch.autograd.grad(b, wide, weight.double())
    torch.testing.assert_close(down.double(), through, atol=1e-6, rtol=1e-6)


def test_downsample_can_be_differentiated_twice_as_r1_does():
    x = torch.randn(1, 2, 4, 4, dtype=torch.float64, requires_grad=True)
    assert torch.autograd.gradgradcheck(lambda x: downsample(x).square(), (x,))


def test_downsample_trains_after_inference():
    x = torch.randn(1, 1, 30, 26, dtype=torch.bfloat16)  # a size that nothing else has asked for
    with torch.inference_mode():
        downsample(x)
    downsample(x.requires_grad_()).sum().backward()
    assert x.grad is not None


def test_downsample_halves_by_the_taps_1_3_3_1():
    x = torch.zeros(1, 1, 8, 8)
    x[0, 0, 3, 3] = 64
    assert downsample(x)[0, 0].tolist() == [
        [0, 0, 0, 0],
        [0, 9, 3, 0],
        [0, 3, 1, 0],
        [0, 0, 0, 0],
    ]


def test_upsample_to_the_same_size_changes_nothing_and_to_twice_doubles_both_sides():
    x = torch.rand(2, 3, 4, 5)
    assert torch.equal(upsample_to(x, x), x)
    wanted = F.interpolate(x, scale_factor=2, mode="bilinear")
    assert torch.equal(upsample_to(x, torch.empty(2, 7, 8, 10)), wanted)


def test_mirror_pad_repeats_the_edge_and_may_turn_round_more_than_once():
    row = torch.tensor([[1, 2, 3]])
    assert mirror_pad(row, 8).tolist() == [[1, 2, 3, 3, 2, 1, 1, 2]] * 8


@given(height=st.integers(1, 20), width=st.integers(1, 20), multiple=st.sampled_from([1, 2, 4, 8, 16]))
def test_mirror_pad_reaches_the_next_multiple_and_keeps_the_picture(height, width, multiple):
    x = torch.arange(height * width).reshape(1, height, width)
    y = mirror_pad(x, multiple)
    assert y.shape[1] % multiple == y.shape[2] % multiple == 0
    assert y.shape[1] - height < multiple
    assert y.shape[2] - width < multiple
    assert torch.equal(y[:, :height, :width], x)


def test_to_unit_keeps_directions_and_makes_lengths_equal():
    x = torch.randn(2, 5, 3, 3) * 10
    y = to_unit(x)
    torch.testing.assert_close(y.square().mean(1), torch.ones(2, 3, 3), rtol=1e-3, atol=0)
    torch.testing.assert_close(F.cosine_similarity(x, y), torch.ones(2, 3, 3))


def test_to_unit_leaves_nothing_as_nothing_with_finite_gradients():
    x = torch.zeros(1, 3, 2, 2, requires_grad=True)
    to_unit(x).sum().backward()
    assert (to_unit(x) == 0).all()
    assert x.grad.isfinite().all()
