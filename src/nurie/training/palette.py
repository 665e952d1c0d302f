"""The palette stage: flow matching over the colours of regions (`nurie.model.palette`)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import combinations
from typing import NamedTuple

import numpy as np
import torch
from jaxtyping import Float, Int64
from torch import Tensor, nn
from torch.nn import functional as F

from nurie.arrays import Image
from nurie.colors import palette_to_rgb
from nurie.data.augment import DEFAULT, Augmentation, training_view
from nurie.data.samples import UNKNOWN, PaletteSample, palette_sample
from nurie.data.sources.drawing import Drawing
from nurie.model.palette import (
    PALETTE_PRESETS,
    REFERENCE,
    PaletteConfig,
    Plan,
    RegionBatch,
    RegionFlow,
    Tokens,
    build_palette,
    refer,
    sample_palette,
)
from nurie.regions.flats import compose, paint_flats
from nurie.training.config import TrainConfig, choose_network
from nurie.training.distributed import Machine
from nurie.training.noise import Noise
from nurie.training.one_network import OneNetworkStage, Scalars
from nurie.training.stage import StageKind
from nurie.training.updates import to_device

TIME_SHIFT = -0.3  # the logistic-normal of t leans to the noisy end, where a palette is decided
LATEST_TIME = 0.95  # the loss grows as 1 / (1 - t) up to here
SAME = 0.15
"""Distance in palette space below which two regions have one colour: about 3 CIEDE2000."""
SHEET_SEEDS, SHEET_STEPS = 5, 16


@dataclass(frozen=True, kw_only=True)
class PaletteTraining(TrainConfig):
    """Settings of the palette stage."""

    draws: int = 2
    """Noise levels for each reading of a drawing; the flow's layers are cheap, the reader is not."""
    hinted: float = 0.3
    """Share of the drawings some of whose regions are given."""
    kind_weight: float = 0.2
    """Weight of a helper task: what is this region (skin, hair, ...)?"""
    affinity_weight: float = 0.5
    """Weight of another: which regions have one colour? For networks with `affinity`."""


@dataclass(frozen=True)
class PalettePreparation:
    """Drawing -> `PaletteSample`: a view, lines in some style, regions found from them or the true ones."""

    side: int
    grid: int
    true_regions: float
    augmentation: Augmentation = DEFAULT

    def __call__(self, drawing: Drawing, rng: np.random.Generator) -> PaletteSample:
        """One sample; a function of the drawing and of the generator's state."""
        truth, sketch, regions = training_view(
            drawing, rng, side=self.side, true_regions=self.true_regions, augmentation=self.augmentation
        )
        return palette_sample(truth, sketch, regions, grid=self.grid)


class PaletteBatch(NamedTuple):
    """Samples joined; regions padded to the most of any."""

    sketch: Float[Tensor, "n 1 s s"]
    regions: RegionBatch
    palette: Float[Tensor, "n k 3"]
    kinds: Int64[Tensor, "n k"]
    pixels: Float[Tensor, "n k"]
    reference: "PaletteBatch | None" = None
    """The coloured references of some of the drawings."""
    referring: Int64[Tensor, " m"] | None = None
    """Which of the drawings each reference belongs to."""


def join_palette_samples(samples: Sequence[PaletteSample], grid: int) -> PaletteBatch:
    """Samples to one batch of CPU tensors; padded regions are absent, black and of no kind."""
    most = max(sample.table.num_regions for sample in samples)

    def padded(rows: list[np.ndarray], value: int = 0) -> Tensor:
        out = np.full((len(rows), most, *rows[0].shape[1:]), value, rows[0].dtype)
        for i, row in enumerate(rows):
            out[i, : len(row)] = row
        return torch.from_numpy(out)

    references = [sample.reference for sample in samples if sample.reference is not None]
    tables = [sample.table for sample in samples]
    regions = RegionBatch(
        geometry=padded([t.geometry for t in tables]),
        present=padded([np.ones(t.num_regions, np.float32) for t in tables]),
        pair_region=_chained([t.pair_region for t in tables], most),
        pair_cell=_chained([t.pair_cell for t in tables], grid**2),
        pair_pixels=torch.from_numpy(np.concatenate([t.pair_pixels for t in tables])),
    )
    ink = 1 - np.stack([s.sketch for s in samples])[:, None].astype(np.float32) / 255
    return PaletteBatch(
        sketch=torch.from_numpy(ink),
        regions=regions,
        palette=padded([s.palette for s in samples]),
        kinds=padded([s.kinds for s in samples], UNKNOWN),
        pixels=padded([s.pixels.astype(np.float32) for s in samples]),
        reference=join_palette_samples(references, grid) if references else None,
        referring=torch.tensor([i for i, s in enumerate(samples) if s.reference is not None]) if references else None,
    )


def _chained(indices: Sequence[np.ndarray], stride: int) -> Tensor:
    """Indices of sample i moved up by i * stride, one after the other."""
    return torch.from_numpy(np.concatenate([x + i * stride for i, x in enumerate(indices)]))


def flow_loss(net: RegionFlow, tokens: Tokens, batch: PaletteBatch, hinted: float, noise: Noise) -> Tensor:
    """Squared error of the clean palette at one random time, over 1 - t; given regions do not count."""
    truth, present = batch.palette, batch.regions.present
    k = truth.shape[1]
    start, shift = noise.normal(k, 3).to(truth), noise.normal().to(truth)
    lot, most, lucky = (noise.uniform(*shape).to(truth) for shape in ((k,), (1,), (1,)))
    time = torch.sigmoid(shift + TIME_SHIFT)
    given = lot < most / 2
    known = given.float() * (lucky < hinted) * present
    noisy = torch.lerp(start, truth, time[:, None, None])
    noisy = torch.where(known[..., None] > 0, truth, noisy)
    shown, flags = with_references(noisy, known, batch)
    clean = net.denoise(tokens, shown, time, flags)[:, :k]

    error = (clean.float() - truth).square().mean(2)
    weight = region_weights(batch) * (1 - known)
    mean = (error * weight).sum(1) / weight.sum(1).clamp(min=1e-3)
    return (mean / (1 - time).clamp(min=1 - LATEST_TIME)).mean()


def region_weights(batch: PaletteBatch) -> Float[Tensor, "n k"]:
    """What a region weighs in a loss: 1/2, and a share that grows with its side; nothing, if it is padding.

    Up to 5/2 for a fourth of a 256-pixel picture's side: the large ones make the picture, and the small ones (eyes) are
    what people look at.
    """
    return (0.5 + (batch.pixels.sqrt() / 32).clamp(max=2)) * batch.regions.present


def with_references(
    noisy: Float[Tensor, "m k 3"], known: Float[Tensor, "m k"], batch: PaletteBatch, draws: int = 1
) -> tuple[Float[Tensor, "m l 3"], Float[Tensor, "m l"]]:
    """Colours and flags of the regions, and of those of the references behind them; `draws` palettes a drawing."""
    if batch.reference is None or batch.referring is None:
        return noisy, known
    more = batch.reference.palette.shape[1]
    colors = batch.palette.new_zeros(len(batch.palette), more, 3)
    colors = colors.index_copy(0, batch.referring, batch.reference.palette).repeat_interleave(draws, 0)
    flags = known.new_full((len(noisy), more), REFERENCE)
    return torch.cat([noisy, colors], 1), torch.cat([known, flags], 1)


def read_batch(net: RegionFlow, batch: PaletteBatch) -> tuple[Tokens, Float[Tensor, "n k d"]]:
    """What the flow needs to know of drawings and references, and the tokens of the drawings alone."""
    tokens = net.encode(batch.sketch, batch.regions)
    if batch.reference is None or batch.referring is None:
        return tokens, tokens.tokens
    reference = net.encode(batch.reference.sketch, batch.reference.regions)
    return refer(tokens, reference, batch.referring), tokens.tokens


def kind_loss(kinds: Float[Tensor, "n k kinds"], truth: Int64[Tensor, "n k"]) -> Float[Tensor, ""]:
    """Cross-entropy over the regions whose kind is known, a mean for each drawing; drawings without any count 0."""
    loss = F.cross_entropy(kinds.flatten(0, 1), truth.flatten(), ignore_index=UNKNOWN, reduction="none")
    named = (truth != UNKNOWN).sum(1)
    mean: Tensor = (loss.view(truth.shape).sum(1) / named.clamp(min=1)).mean()
    return mean


def affinity_loss(logits: Float[Tensor, "n k k"], batch: PaletteBatch) -> tuple[Float[Tensor, ""], Float[Tensor, ""]]:
    """Cross-entropy over the pairs of regions, a mean for each drawing, and the share (0 to 1) that is told rightly.

    Pairs weigh the product of `region_weights`. True ones are of one kind and `SAME` in colour: a white sleeve is not a
    piece of the paper.
    """
    same = torch.cdist(batch.palette, batch.palette) < SAME
    same &= batch.kinds[:, :, None] == batch.kinds[:, None]
    weight = region_weights(batch)
    pairs = (weight[:, :, None] * weight[:, None]).tril(-1)
    loss = F.binary_cross_entropy_with_logits(logits, same.to(logits), reduction="none")
    total = pairs.sum((1, 2))
    right = (pairs * ((logits > 0) == same)).sum() / total.sum().clamp(min=1)
    return ((loss * pairs).sum((1, 2)) / total.clamp(min=1)).mean(), right


def choose_palette(config: PaletteTraining) -> PaletteConfig:
    """The network of a run; its grid has a fourth of the side."""
    return choose_network(config, PALETTE_PRESETS, side=config.side, grid=config.side // 4)


class PaletteStage(OneNetworkStage[PaletteTraining, RegionFlow, PaletteSample, PaletteBatch]):
    """Drives `RegionFlow`."""

    name = "palette"

    def __init__(self, config: PaletteTraining, machine: Machine) -> None:
        """Fresh weights that depend on the seed alone."""
        self.shape = choose_palette(config)
        super().__init__(config, machine, build_palette, self.shape)
        self.net.reader.sketch.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        # Partial, not a method: a method would carry the networks into every worker process.
        self.collate = partial(join_palette_samples, grid=self.shape.grid)
        self.prepare = PalettePreparation(config.side, self.shape.grid, config.true_regions, config.augmentation)

    def compile(self) -> None:
        """The reader of sketches; what follows has another shape in every batch and is little work."""
        self.net.reader.sketch.compile()

    def loss(self, batch: PaletteBatch, noise: Noise) -> tuple[Tensor, Scalars]:
        """The flow, and the helper task."""
        tokens, own = read_batch(self.net, batch)
        kinds = self.net.reader.kind(own).float()
        draws = [flow_loss(self.net, tokens, batch, self.config.hinted, noise) for _ in range(self.config.draws)]
        flow, kind = torch.stack(draws).mean(), kind_loss(kinds, batch.kinds)
        named = batch.kinds != UNKNOWN
        right = (kinds.argmax(2) == batch.kinds) & named
        scalars = {
            "flow": flow.detach(),
            "kind": kind.detach(),
            "accuracy/kind": right.sum() / named.sum().clamp(min=1),
        }
        loss = flow + self.config.kind_weight * kind
        if self.net.reader.affinity is not None:
            affinity, told = affinity_loss(self.net.reader.affinity(own).float(), batch)
            loss = loss + self.config.affinity_weight * affinity
            scalars |= {"affinity": affinity.detach(), "accuracy/affinity": told}
        return loss, scalars

    def measure(self, averaged: Mapping[str, nn.Module], samples: list[PaletteSample]) -> Mapping[str, float]:
        """How far two seeds differ."""
        net = averaged["palette"]
        assert isinstance(net, RegionFlow)
        batch = to_device(self.collate(samples), self.machine.device)
        return {"diversity/seeds": seeds_differ(draw_seeds(net, batch), batch)}

    def sheet(self, averaged: Mapping[str, nn.Module], samples: list[PaletteSample]) -> Image:
        """A column for each sample: sketch, true flats, then seeds."""
        net = averaged["palette"]
        assert isinstance(net, RegionFlow)
        batch = to_device(self.collate(samples), self.machine.device)
        return show_palettes(samples, [batch.palette, *draw_seeds(net, batch)])


@torch.no_grad()
def draw_seeds(net: RegionFlow, batch: PaletteBatch, steps: int | Plan = SHEET_STEPS) -> list[Tensor]:
    """Palettes of fixed seeds."""
    tokens = net.encode(batch.sketch, batch.regions)
    rngs = [torch.Generator().manual_seed(seed) for seed in range(SHEET_SEEDS)]
    noises = [torch.randn(batch.palette.shape, generator=rng).to(batch.palette) for rng in rngs]
    return [sample_palette(net, tokens, noise, steps=steps) for noise in noises]


def seeds_differ(palettes: Sequence[Tensor], batch: PaletteBatch) -> float:
    """How far palettes differ: levels of 255, the mean over the pixels of all regions, channels and pairs."""
    colors = [palette_to_rgb(palette.cpu().numpy()).astype(float) for palette in palettes]
    steps = np.mean([np.abs(a - b).mean(2) for a, b in combinations(colors, 2)], 0)
    return float((steps * batch.pixels.cpu().numpy()).sum() / float(batch.pixels.sum()))


def show_palettes(samples: Sequence[PaletteSample], palettes: Sequence[Tensor]) -> Image:
    """A column for each sample: its sketch, then the drawing in each palette."""
    columns = []
    for i, sample in enumerate(samples):
        rows = [np.repeat(sample.sketch[..., None], 3, 2)]
        for palette in palettes:
            colors = palette_to_rgb(palette[i, : sample.table.num_regions].cpu().numpy())
            rows.append(compose(paint_flats(colors, sample.regions), sample.sketch))
        columns.append(np.concatenate(rows))
    return np.concatenate(columns, 1)


_SHARED = PaletteTraining(
    stage="palette", preset="default", model="default",
    images=200_000, batch_size=16, learning_rate=1e-3, betas=(0.9, 0.99), weight_decay=0.01, referenced=0.7,
    warmup_images=3_200, gradient_clip=1.0, ema_halflife=8_000,
)  # fmt: skip

KIND = StageKind(
    presets={
        "tiny": replace(
            _SHARED, preset="tiny", model="tiny", side=64, images=2_000, batch_size=8,
            warmup_images=200, ema_halflife=400, save_every=1_000, sheet_every=1_000,
            report_every=100,
        ),
        "default": _SHARED,
    },
    network=choose_palette,
    build=PaletteStage,
)  # fmt: skip
