import math

import pytest
import torch

from nurie.training.losses import (
    FULL_LIGHT,
    adversarial_loss,
    discriminator_loss,
    edge_loss,
    kl_loss,
    l1_loss,
    l2_loss,
    light_weight,
    perceptual_loss,
    r1_penalty,
)


def pictures(value, n=2, side=4):
    return torch.full((n, 3, side, side), float(value))


def test_a_discriminator_that_knows_nothing_loses_two_bits_worth():
    zero = torch.zeros(4)
    assert discriminator_loss(zero, zero).item() == pytest.approx(2 * math.log(2))
    assert adversarial_loss(zero).item() == pytest.approx(math.log(2))


def test_the_signs_of_eq_6_are_put_right():
    high, low = torch.full((4,), 9.0), torch.full((4,), -9.0)
    assert discriminator_loss(real=high, fake=low) < 0.01 < 10 < discriminator_loss(real=low, fake=high)
    assert adversarial_loss(high) < 0.01 < adversarial_loss(low)


def test_r1_of_a_linear_discriminator_is_the_square_of_its_weight():
    weight = torch.randn(3, 4, 4, generator=torch.Generator().manual_seed(0))
    penalty = r1_penalty(lambda image: (image * weight).sum((1, 2, 3)), pictures(0.3))
    assert penalty.item() == pytest.approx(weight.square().sum().item(), rel=1e-5)


def test_r1_reaches_the_parameters_of_the_discriminator():
    scale = torch.tensor(2.0, requires_grad=True)
    r1_penalty(lambda image: scale * image.sum((1, 2, 3)), pictures(0)).backward()
    assert scale.grad.item() == pytest.approx(2 * 2.0 * 48)


def test_l1_is_the_mean_absolute_difference():
    assert l1_loss(pictures(0.5), pictures(-0.25)).item() == pytest.approx(0.75)


def test_light_and_shade_weigh_more_the_stronger_they_are_up_to_a_bound():
    truth = pictures(0)
    truth[..., 1] += FULL_LIGHT / 2
    truth[..., 2] -= FULL_LIGHT
    truth[..., 3] += 9 * FULL_LIGHT
    weight = light_weight(truth, pictures(0), 4.0)
    assert weight.shape == (2, 1, 4, 4)
    assert weight[0, 0, 0].tolist() == pytest.approx([1, 3, 5, 5])
    wrong = torch.zeros_like(truth)
    wrong[..., 2] = 1
    assert l1_loss(wrong, pictures(0), weight).item() == pytest.approx(5 / 4)
    assert l2_loss(2 * wrong, pictures(0), weight).item() == pytest.approx(4 * 5 / 4)


def test_with_emphasis_the_best_guess_has_light_where_it_is_rarer_than_not():
    rare = torch.zeros(10, 3, 1, 1)
    rare[:3] = 0.5  # in three of ten pictures
    guesses = [torch.full_like(rare, g) for g in (0.0, 0.25, 0.5)]
    plain = [l1_loss(guess, rare).item() for guess in guesses]
    emphasized = [l1_loss(guess, rare, light_weight(rare, 0 * rare, 2.0)).item() for guess in guesses]
    assert plain.index(min(plain)) == 0
    assert emphasized.index(min(emphasized)) == 2


def test_edge_loss_sees_steps_and_not_levels():
    hard = torch.zeros(1, 3, 8, 8)
    hard[..., 4:] = 1
    ramp = torch.linspace(0, 1, 8).expand(1, 3, 8, 8)
    assert edge_loss(hard + 0.3, hard).item() == pytest.approx(0, abs=1e-6)
    missing, soft = edge_loss(torch.zeros_like(hard), hard).item(), edge_loss(ramp, hard).item()
    assert missing == pytest.approx(1 / 7)
    assert soft == pytest.approx(2 * missing * 6 / 7)
    assert edge_loss(hard.mT, hard.mT * 0).item() == pytest.approx(missing)


def two_maps(image):
    return [10 * image, 100 * image.mean((2, 3), keepdim=True)]


def test_perceptual_loss_adds_up_the_maps_of_pictures_in_0_1():
    assert perceptual_loss(two_maps, pictures(1), pictures(-1)).item() == pytest.approx(110)
    assert perceptual_loss(two_maps, pictures(0.3), pictures(0.3)).item() == 0


def test_perceptual_loss_teaches_the_picture_not_the_truth():
    image, truth = pictures(0.1).requires_grad_(), pictures(0.2).requires_grad_()
    perceptual_loss(two_maps, image, truth).backward()
    assert image.grad is not None
    assert truth.grad is None


def test_kl_of_shifted_and_scaled_normals():
    zero, one = torch.zeros(2, 5), torch.ones(2, 5)
    assert kl_loss(zero, zero).item() == 0
    assert kl_loss(one, zero).item() == pytest.approx(0.5)
    assert kl_loss(zero, one).item() == pytest.approx((math.e - 2) / 2)
