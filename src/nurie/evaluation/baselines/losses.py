"""Losses of the peers, as functions: means over batch and pixels."""

from collections.abc import Callable

import torch
import torch.nn.functional as F
from torch import Tensor

from nurie.evaluation.baselines.contender import Scalar


def least_squares_judge(real: Tensor, fake: Tensor) -> Scalar:
    """(D(real) - 1)^2 + D(fake)^2 (Mao et al., 2017)."""
    loss: Scalar = (real - 1).square().mean() + fake.square().mean()
    return loss


def least_squares_painter(fake: Tensor) -> Scalar:
    """(D(fake) - 1)^2."""
    loss: Scalar = (fake - 1).square().mean()
    return loss


def softplus_judge(real: Tensor, fake: Tensor) -> Scalar:
    """softplus(-D(real)) + softplus(D(fake)) (Goodfellow et al., 2014)."""
    loss: Scalar = F.softplus(-real).mean() + F.softplus(fake).mean()
    return loss


def softplus_painter(fake: Tensor) -> Scalar:
    """softplus(-D(fake)), which does not saturate."""
    loss: Scalar = F.softplus(-fake).mean()
    return loss


def gradient_penalty(judge: Callable[[Tensor], Tensor], real: Tensor, fake: Tensor) -> Scalar:
    """(|gradient of D| - 1)^2 at a random point between each real and each fake picture (Gulrajani et al., 2017)."""
    mix = torch.rand(len(real), 1, 1, 1, device=real.device)
    between = (real * mix + fake.detach() * (1 - mix)).requires_grad_(True)
    scores = judge(between).flatten(1).mean(1).sum()
    (gradient,) = torch.autograd.grad(scores, between, create_graph=True)
    length = (gradient.square().sum((1, 2, 3)) + 1e-12).sqrt()
    penalty: Scalar = (length - 1).square().mean()
    return penalty
