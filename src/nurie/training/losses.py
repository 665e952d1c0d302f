"""The losses of the paint stage, as functions. Pictures are in [-1, 1]; each loss is a mean over the batch."""

from collections.abc import Callable

import torch
import torch.nn.functional as F
from jaxtyping import Float
from torch import Tensor

from nurie.model.tensors import ColorTensor, LatentCode, Logits

Scalar = Float[Tensor, ""]
PictureFeatures = Callable[[ColorTensor], list[Float[Tensor, "n _c _h _w"]]]
"""Maps of pictures in [0, 1], such as `nurie.evaluation.features.VGG19Features`."""

Weight = Float[Tensor, "n 1 h w"]
"""How much each pixel counts."""

FULL_LIGHT = 12 / 127.5
"""Difference (of -1 to 1) that counts as light or shade: 12 levels of 255."""


def discriminator_loss(real: Logits, fake: Logits) -> Scalar:
    """softplus(-D(real)) + softplus(D(fake)): eq. (6) of the paper with its two signs put right."""
    loss: Scalar = F.softplus(-real).mean() + F.softplus(fake).mean()
    return loss


def adversarial_loss(fake: Logits) -> Scalar:
    """softplus(-D(fake)): the generator's non-saturating form of eq. (6)."""
    loss: Scalar = F.softplus(-fake).mean()
    return loss


def r1_penalty(discriminator: Callable[[ColorTensor], Logits], real: ColorTensor) -> Scalar:
    """Mean squared norm of the discriminator's gradient at real pictures (Mescheder et al., 2018)."""
    real = real.detach().requires_grad_(True)
    (gradient,) = torch.autograd.grad(discriminator(real).sum(), real, create_graph=True)
    penalty: Scalar = gradient.square().sum((1, 2, 3)).mean()
    return penalty


def l1_loss(image: ColorTensor, truth: ColorTensor, weight: Weight | None = None) -> Scalar:
    """Mean absolute difference, each pixel times its weight."""
    loss: Scalar = _weighted((image - truth).abs(), weight)
    return loss


def l2_loss(image: ColorTensor, truth: ColorTensor, weight: Weight | None = None) -> Scalar:
    """Mean squared difference, each pixel times its weight."""
    loss: Scalar = _weighted((image - truth).square(), weight)
    return loss


def _weighted(difference: ColorTensor, weight: Weight | None) -> Scalar:
    loss: Scalar = (difference if weight is None else difference * weight).mean()
    return loss


def light_weight(truth: ColorTensor, flats: ColorTensor, emphasis: float) -> Weight:
    """Weights of pixels: 1 where the truth is as flat as the flats, up to 1 + `emphasis` where it has light or shade.

    Full from a mean difference of `FULL_LIGHT` on. So L1, which asks for the median, has a blush or a ring of light
    where the odds that there is one are 1 to 1 + `emphasis`, and not only where it is more likely than not.
    """
    light = (truth - flats).abs().mean(1, keepdim=True) / FULL_LIGHT
    weight: Weight = 1 + emphasis * light.clamp(max=1)
    return weight


def edge_loss(image: ColorTensor, truth: ColorTensor) -> Scalar:
    """Mean absolute difference of the steps to the next pixel, across and down, added up.

    What all pixels are wrong by alike costs nothing, a step that is missing its height, and a soft or displaced one up
    to twice that: so it hardens shadows, and drops those whose place is not sure.
    """
    wrong = image - truth
    loss: Scalar = wrong.diff(dim=-1).abs().mean() + wrong.diff(dim=-2).abs().mean()
    return loss


def perceptual_loss(features: PictureFeatures, image: ColorTensor, truth: ColorTensor) -> Scalar:
    """Eq. (7): the mean absolute difference of each feature map, added up over the maps.

    Nothing flows back into `truth`. The scale is that of the features: tens, for the Caffe-trained VGG-19.
    """
    with torch.no_grad():
        expected = features((truth + 1) / 2)
    found = features((image + 1) / 2)
    differences = [F.l1_loss(a.float(), b.float()) for a, b in zip(found, expected, strict=True)]
    return torch.stack(differences).sum()


def kl_loss(mean: LatentCode, logvar: LatentCode) -> Scalar:
    """KL(N(mean, exp(logvar)) || N(0, I)) in nats per dimension of the code."""
    loss: Scalar = (mean.square() + logvar.exp() - 1 - logvar).mean() / 2
    return loss
