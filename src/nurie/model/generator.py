"""The paint network: sketch + region map (+ flats) -> picture. Without flats: the paper's RASC."""

from typing import NamedTuple

import torch
from torch import nn

from nurie.errors import InputError
from nurie.model.config import ModelConfig
from nurie.model.decoder import ColorDecoder, Level
from nurie.model.encoder import SketchEncoder
from nurie.model.latent import Latent, LatentHead, PictureEncoder, PlainHead
from nurie.model.layers import EqualizedConv2d, mirror_pad
from nurie.model.region_formulation import RegionFormulation, region_channels
from nurie.model.tensors import (
    AnyFeatures,
    ColorTensor,
    Features,
    LatentCode,
    Present,
    RegionTensor,
    SketchTensor,
)

RESIDUAL_START = 0.004  # of the residual's natural size, which is 25 times a picture's range (measured)


class Output(NamedTuple):
    """What the generator gives."""

    image: ColorTensor
    w: LatentCode
    """The code used."""
    mean: LatentCode | None
    """With `logvar` the distribution that w was drawn from, for the KL term; None when w was given.
    """
    logvar: LatentCode | None


class Generator(nn.Module):
    """Encoder, latent code, decoder, and the last step to RGB."""

    def __init__(self, config: ModelConfig) -> None:
        """Draw the weights from torch's global random state."""
        super().__init__()
        self.config = config
        self.stride = 1 << (len(config.channels) - 1)
        inputs = 1 + 3 * config.flats + 3 * (config.region_use == "input")
        self.encoder = SketchEncoder(inputs, config.channels, unit_features=config.unit_features)
        self.latent = _build_latent(config)
        self.decoder = ColorDecoder(_build_levels(config), config.latent_dim, unit_features=config.unit_features)
        self.to_rgb = EqualizedConv2d(config.base_channels, 3, 1)
        if config.flats:  # begin near the flats; not at them, or no gradient would pass
            nn.init.normal_(self.to_rgb.weight, std=RESIDUAL_START)

    def forward(
        self,
        sketch: SketchTensor,
        regions: RegionTensor,
        flats: ColorTensor | None = None,
        w: LatentCode | None = None,
        present: Present | None = None,
        noise: LatentCode | None = None,
    ) -> Output:
        """Colour pictures of any height and width.

        The result lies in [-1, 1]; with flats, in training mode, it may leave that range so that
        gradients can bring it back. Without w the code comes from the sketch (in training drawn,
        otherwise the mean), or, for `latent="picture"` and `"light"`, from N(0, I) (otherwise 0). `present` fixes
        K by its width and removes regions by its zeros; without it K is the largest label in
        `regions`, which costs a look at the data and cannot be exported. `noise` from N(0, I) is what a
        code is drawn with; without it, in training, torch's global random state gives it.

        Raises:
            InputError: flats are missing where the weights need them, or given where they have no
            use.
        """
        self._check_flats(flats)
        if present is None:
            present = _count_regions(regions, like=sketch)
        height, width = sketch.shape[-2:]
        labels = mirror_pad(regions, self.stride)
        pyramid = self.encoder(self._inputs(sketch, regions, flats, present))
        w, mean, logvar = self._code(pyramid[-1], noise) if w is None else (w, None, None)
        features = self.decoder.start(pyramid[-1])
        for block, skip in zip(self.decoder.blocks, reversed(pyramid), strict=True):
            features = block(features, w, skip, labels, present)  # one RM block: coarse -> fine
        return Output(self._finish(features[..., :height, :width], flats), w, mean, logvar)

    def encode_picture(
        self, color: ColorTensor, noise: LatentCode | None = None, flats: ColorTensor | None = None
    ) -> Latent:
        """The code of a colour picture, to colour another drawing like it; in training drawn with `noise`.

        Where the network paints on flats, it reads what the picture adds to its flats: light and shade, whatever the
        colours.

        Raises:
            InputError: the network was built without a picture encoder; or as for a call.
        """
        if not isinstance(self.latent, PictureEncoder):
            raise InputError('this network reads no pictures; build it with latent="picture"')
        self._check_flats(flats)
        latent: Latent = self.latent(color if flats is None else color - flats, noise)
        return latent

    def _check_flats(self, flats: ColorTensor | None) -> None:
        if self.config.flats and flats is None:
            raise InputError("these weights paint on flats; give flats, or use weights without them")
        if not self.config.flats and flats is not None:
            raise InputError("these weights do not know flats; leave them out, or use weights with flats")

    def _inputs(
        self,
        sketch: SketchTensor,
        regions: RegionTensor,
        flats: ColorTensor | None,
        present: Present,
    ) -> AnyFeatures:
        shown = [sketch]
        if flats is not None:
            shown.append(flats)
        if self.config.region_use == "input":
            shown.append(region_channels(regions, present))
        return mirror_pad(torch.cat(shown, dim=1), self.stride)

    def _code(
        self, coarsest: Features, noise: LatentCode | None
    ) -> tuple[LatentCode, LatentCode | None, LatentCode | None]:
        """w, and the distribution that it was drawn from, if any."""
        if isinstance(self.latent, PlainHead):
            return self.latent(coarsest), None, None
        if isinstance(self.latent, LatentHead):
            latent: Latent = self.latent(coarsest, noise)
            return latent
        prior = coarsest.new_zeros(coarsest.shape[0], self.config.latent_dim)
        if noise is None:
            noise = torch.randn_like(prior) if self.training else prior
        return noise, prior, prior

    def _finish(self, features: Features, flats: ColorTensor | None) -> ColorTensor:
        residual = self.to_rgb(features)
        if flats is None:
            return torch.tanh(residual)
        image: ColorTensor = flats + residual
        return image if self.training else image.clamp(-1, 1)


def build_generator(config: ModelConfig) -> Generator:
    """A generator with fresh weights."""
    return Generator(config)


def _build_latent(config: ModelConfig) -> LatentHead | PictureEncoder | PlainHead | None:
    if config.latent == "light":
        return None
    if config.latent == "sketch":
        return LatentHead(config.channels[-1], config.latent_dim)
    if config.latent == "plain":
        return PlainHead(config.channels[-1], config.latent_dim)
    # Half the width: it reads one overall style, not details.
    return PictureEncoder([max(1, c // 2) for c in config.channels], config.latent_dim)


def _build_levels(config: ModelConfig) -> list[Level]:
    def formulation(channels: int) -> RegionFormulation:
        return RegionFormulation(channels, skip_connection=config.skip_connection, stop_gradient=config.stop_gradient)

    return [
        Level(channels, 1 << level, formulation(channels) if formulated else None)
        for level, (channels, formulated) in enumerate(zip(config.channels, config.formulated, strict=True))
    ]


def _count_regions(regions: RegionTensor, like: SketchTensor) -> Present:
    return like.new_ones(len(regions), max(1, int(regions.max())))
