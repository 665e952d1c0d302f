"""The paint network word for word: eq. (2) and (5) with K masks, eq. (1)'s convolution one picture at a time."""

import math

import torch
import torch.nn.functional as F
from jaxtyping import Float
from torch import Tensor

from nurie.model.generator import Generator
from nurie.model.latent import LatentHead
from nurie.model.layers import LEAK, LEAKY_GAIN, to_unit, upsample_to
from nurie.model.modulated_conv import EPSILON, ModulatedConv2d
from nurie.model.region_formulation import RegionFormulation
from nurie.model.region_modulation import RegionModulationBlock
from nurie.model.tensors import ColorTensor, RegionTensor, SketchTensor

Masks = Float[Tensor, "n k h w"]


def paint_literally(generator: Generator, sketch: SketchTensor, regions: RegionTensor, num_regions: int) -> ColorTensor:
    """The picture that `generator` paints in evaluation mode; height and width fit its stride, and it has no flats."""
    pyramid = generator.encoder(sketch)
    assert isinstance(generator.latent, LatentHead)
    w = generator.latent(pyramid[-1]).w
    masks = torch.stack([(regions == label).float() for label in range(1, num_regions + 1)], dim=1)  # [n k h w]
    features = generator.decoder.start(pyramid[-1])
    for block, skip in zip(generator.decoder.blocks, reversed(pyramid), strict=True):
        features = _block(block, features, w, skip, masks[:, :, :: block.stride, :: block.stride])
    return torch.tanh(generator.to_rgb(features))


def _block(block: RegionModulationBlock, features: Tensor, w: Tensor, skip: Tensor, masks: Masks) -> Tensor:
    mixed = skip + _convolve(block.conv, upsample_to(features, skip), w)
    if block.formulation is not None:
        mixed = mixed * _formulate(block.formulation, skip, masks)
    return to_unit(mixed) if block.unit_features else mixed


def _convolve(conv: ModulatedConv2d, x: Tensor, w: Tensor) -> Tensor:
    """StyleGAN2's eqs. (1) and (3): kernels of its own for each picture."""
    found = []
    for picture, style in zip(x, conv.style(w), strict=True):
        kernels = conv.weight * conv.scale * style[None, :, None, None]  # [o i 3 3]
        kernels = kernels * torch.rsqrt(kernels.square().sum((1, 2, 3), keepdim=True) + EPSILON)
        found.append(F.conv2d(picture[None], kernels * LEAKY_GAIN, padding=1))
    return F.leaky_relu(torch.cat(found) + conv.bias[:, None, None], LEAK)


def _formulate(module: RegionFormulation, features: Tensor, masks: Masks) -> Tensor:
    """Eqs. (2) to (5); regions without a pixel at this level are no keys."""
    rows = (masks[:, :, None] * features[:, None]).amax((3, 4))  # eq. (2): [n k c h w] -> [n k c]
    rows = rows.clamp(min=0)  # the floor, for a region that fills its level and so has no zeros outside
    scores = module.query(rows) @ module.key(rows).mT / math.sqrt(rows.shape[2])  # eq. (3)
    absent = masks.amax((2, 3)) == 0
    weights = torch.softmax(scores.masked_fill(absent[:, None], -math.inf), dim=2)
    mixed = weights @ module.value(rows)  # eq. (4)
    if module.skip is not None:
        mixed = mixed + rows
    return torch.einsum("nkhw,nkc->nchw", masks, mixed)  # eq. (5)
