import pytest
import torch
import torch.nn.functional as F

from nurie.model.modulated_conv import EPSILON, ModulatedConv2d, modulated_conv2d


def one_sample_at_a_time(x, weight, styles, demodulate):
    """The equations, read literally: every picture has its own kernels."""
    results = []
    for picture, style in zip(x, styles, strict=True):
        kernels = weight * style[None, :, None, None]  # [o i k k]
        if demodulate:
            kernels = kernels / torch.sqrt(kernels.square().sum((1, 2, 3), keepdim=True) + EPSILON)
        results.append(F.conv2d(picture[None], kernels, padding=weight.shape[-1] // 2)[0])
    return torch.stack(results)


@pytest.mark.parametrize("demodulate", [True, False])
@pytest.mark.parametrize("kernel", [1, 3])
def test_matches_one_sample_at_a_time(kernel, demodulate):
    x = torch.randn(3, 5, 7, 6, dtype=torch.float64)
    weight = torch.randn(4, 5, kernel, kernel, dtype=torch.float64)
    styles = torch.randn(3, 5, dtype=torch.float64)
    fast = modulated_conv2d(x, weight, styles, demodulate=demodulate)
    torch.testing.assert_close(fast, one_sample_at_a_time(x, weight, styles, demodulate))


@pytest.mark.parametrize("style", [0.01, 1.0, 100.0])
def test_demodulation_keeps_unit_variance_whatever_the_styles_are(style):
    styles = style * torch.rand(4, 32).add(0.1)
    y = modulated_conv2d(torch.randn(4, 32, 40, 40), torch.randn(64, 32, 3, 3), styles)
    inside = y[..., 1:-1, 1:-1]  # zero padding has less variance
    assert inside.var(dim=(2, 3)).mean() == pytest.approx(1, rel=0.02)


def test_gain_scales_the_result_with_and_without_demodulation():
    x, weight, styles = torch.randn(1, 2, 4, 4), torch.randn(3, 2, 3, 3), torch.randn(1, 2)
    for demodulate in (True, False):
        y = modulated_conv2d(x, weight, styles, demodulate=demodulate)
        twice = modulated_conv2d(x, weight, styles, demodulate=demodulate, gain=2.0)
        torch.testing.assert_close(twice, 2 * y)


def test_the_code_changes_each_picture_by_itself():
    conv = ModulatedConv2d(4, 6, latent_dim=5)
    x, w = torch.randn(1, 4, 8, 8).expand(2, -1, -1, -1), torch.randn(2, 5)
    first, second = conv(x, w, x)
    assert not torch.allclose(first, second)
    torch.testing.assert_close(conv(x[:1], w[1:], x[:1])[0], second)


def test_scaling_before_upsampling_equals_the_modulated_convolution_after_it():
    conv, x, w = (
        ModulatedConv2d(4, 6, latent_dim=5).double(),
        torch.randn(2, 4, 5, 3).double(),
        torch.randn(2, 5).double(),
    )
    like = torch.zeros(2, 1, 10, 6)
    torch.nn.init.normal_(conv.bias)
    upsampled = F.interpolate(x, size=(10, 6), mode="bilinear")
    plain = modulated_conv2d(upsampled, conv.weight * conv.scale, conv.style(w), gain=2**0.5)
    torch.testing.assert_close(conv(x, w, like), F.leaky_relu(plain + conv.bias[:, None, None], 0.2))
