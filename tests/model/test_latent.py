import pytest
import torch

from nurie.model.latent import LatentHead, PictureEncoder, kl_divergence, sample_latent


def test_kl_is_zero_for_the_prior_and_the_known_value_elsewhere():
    zero = torch.zeros(2, 3)
    assert kl_divergence(zero, zero).tolist() == [0, 0]
    # KL(N(2, 1) || N(0, 1)) = 2; KL(N(0, 4) || N(0, 1)) = (4 - 1 - ln 4) / 2
    assert kl_divergence(torch.full((1, 1), 2.0), torch.zeros(1, 1)).item() == pytest.approx(2)
    wide = kl_divergence(torch.zeros(1, 1), torch.full((1, 1), 4.0).log())
    assert wide.item() == pytest.approx((3 - 4**0.5 * 0.6931471805599453) / 2)


def test_kl_agrees_with_torch_distributions():
    mean, logvar = torch.randn(4, 5).double(), torch.randn(4, 5).double()
    wanted = torch.distributions.kl_divergence(
        torch.distributions.Normal(mean, (logvar / 2).exp()), torch.distributions.Normal(0, 1)
    )
    torch.testing.assert_close(kl_divergence(mean, logvar), wanted.sum(1))


def test_drawn_codes_have_the_mean_and_the_variance():
    mean, logvar = torch.full((20_000, 1), 3.0), torch.full((20_000, 1), -2.0)
    w = sample_latent(mean, logvar)
    assert w.mean() == pytest.approx(3, abs=0.02)
    assert w.var().log() == pytest.approx(-2, abs=0.05)


def test_head_draws_in_training_and_gives_the_mean_otherwise():
    head, coarsest = LatentHead(6, 4), torch.randn(3, 6, 2, 5)
    assert not torch.equal(head(coarsest).w, head(coarsest).w)
    head.eval()
    latent = head(coarsest)
    assert torch.equal(latent.w, latent.mean)
    assert latent.w.shape == (3, 4)


def test_log_variance_is_bounded_however_large_the_features_are():
    latent = LatentHead(6, 4).eval()(torch.full((1, 6, 1, 1), 1e6))
    assert latent.logvar.abs().max() <= 10


def test_picture_encoder_reads_every_size_and_each_picture_by_itself():
    encoder = PictureEncoder([4, 8, 8], latent_dim=3).eval().double()
    color = torch.rand(2, 3, 13, 7, dtype=torch.float64)
    both = encoder(color).mean
    torch.testing.assert_close(both[1:], encoder(color[1:]).mean)
