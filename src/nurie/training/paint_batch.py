"""A drawing on its way into the paint networks: sample, batch, tensors."""

from dataclasses import dataclass

import cv2
import numpy as np
import torch
from jaxtyping import Float, Int8
from torch import Tensor

from nurie.arrays import Image, RegionMap, Sketch
from nurie.data.augment import DEFAULT, Augmentation, light_of, training_view
from nurie.data.sources.drawing import Drawing
from nurie.model.tensors import ColorTensor, Present, RegionTensor, SketchTensor
from nurie.regions import segment_regions
from nurie.regions.flats import PAPER, paint_flats, region_colors


@dataclass(frozen=True)
class PaintSample:
    """One drawing for the paint stage."""

    color: Image
    sketch: Sketch
    regions: RegionMap
    flats: Image
    light: Int8[np.ndarray, ""]
    """The side from which light falls: -1 (left), 1, or 0 for unknown."""


@dataclass(frozen=True)
class PaintBatch:
    """Samples joined: bytes as long as they travel; `to_networks` makes what the networks take."""

    color: Tensor
    sketch: Tensor
    regions: Tensor
    flats: Tensor
    present: Tensor
    light: Tensor


@dataclass(frozen=True)
class PaintTensors:
    """A batch in the networks' ranges."""

    color: ColorTensor
    sketch: SketchTensor
    regions: RegionTensor
    flats: ColorTensor | None
    present: Present
    light: Float[Tensor, " n"]


@dataclass(frozen=True)
class PreparePaint:
    """Drawing -> sample. The flats are the true picture's colours by region, as an ideal palette stage gives."""

    side: int
    true_regions: float
    patches: int = 0
    window: int = 0
    """Pixels a side of the part that is kept of each view; 0: all of it."""
    bare: bool = False
    """Whether the truth has no lines (`without_ink`): what is painted on flats lies under the artist's own."""
    flat_ground: bool = False
    """Whether the paper of backgrounds is as flat in the truth as in the flats, where parts are known."""
    augmentation: Augmentation = DEFAULT
    tries: int = 1
    """Windows that are drawn, of which the one with the most light and shade is kept."""

    def __call__(self, drawing: Drawing, rng: np.random.Generator) -> PaintSample:
        """Augment, redraw, find regions, flatten."""
        share = 1.0 if self.patches else self.true_regions  # patches need no search for regions
        truth, sketch, regions = training_view(
            drawing, rng, side=self.side, true_regions=share, augmentation=self.augmentation
        )
        if self.patches:
            regions = segment_regions(sketch, "patches", count=self.patches)
        flats = paint_flats(region_colors(truth.color, sketch, regions), regions)
        color = truth.color
        if self.bare:
            ink = np.minimum(sketch, truth.sketch) if truth.known else sketch
            color = without_ink(color, flats, ink, regions)
        if self.flat_ground and truth.parts:
            ground = np.array([False, *(part.kind == "background" for part in truth.parts)])[truth.regions]
            color = np.where(ground[..., None], flats, color)
        sample = PaintSample(color, sketch, regions, flats, np.array(light_of(truth), np.int8))
        return _cut(sample, self.window, rng, self.tries) if self.window else sample


def without_ink(color: Image, flats: Image, ink: Sketch, regions: RegionMap) -> Image:
    """The picture without its lines: light and shade go on under them.

    What a pixel of ink, or beside ink, adds to its flat colour is what the nearest clean paper adds to its own, if it
    belongs to the same region, and otherwise nothing.
    """
    clean = cv2.erode((ink >= PAPER).astype(np.uint8), np.ones((3, 3), np.uint8))
    if not clean.any():
        return flats
    _, nearest = cv2.distanceTransformWithLabels(1 - clean, cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL)
    place = np.zeros(int(nearest.max()) + 1, np.int64)
    there = np.flatnonzero(clean)
    place[nearest.ravel()[there]] = there
    source = place[nearest]
    added = (color.astype(np.int16) - flats).reshape(-1, 3)[source]
    added[regions.ravel()[source] != regions] = 0
    return np.asarray((flats + added).clip(0, 255), np.uint8)


def _cut(sample: PaintSample, window: int, rng: np.random.Generator, tries: int) -> PaintSample:
    """A square part: of so many anywhere, the first of those with the most light and shade."""
    places = rng.integers(0, [size - window + 1 for size in sample.sketch.shape], (tries, 2))
    parts = [np.s_[top : top + window, left : left + window] for top, left in places]
    part = parts[0] if tries == 1 else max(parts, key=lambda part: _light(sample, part))
    return PaintSample(sample.color[part], sample.sketch[part], sample.regions[part], sample.flats[part], sample.light)


def _light(sample: PaintSample, part: tuple[slice, slice]) -> float:
    return float(cv2.absdiff(sample.color[part], sample.flats[part]).mean())


def collate(samples: list[PaintSample]) -> PaintBatch:
    """Stack; `present` is as wide as the largest number of regions."""
    color, sketch, regions, flats = (
        np.stack([getattr(sample, name) for sample in samples]) for name in ("color", "sketch", "regions", "flats")
    )
    num_regions = int(regions.max())
    counts = [np.bincount(r.ravel(), minlength=num_regions + 1)[1:] for r in regions]
    present = (np.stack(counts) > 0).astype(np.float32)
    light = np.stack([sample.light for sample in samples])
    return PaintBatch(*(torch.from_numpy(a) for a in (color, sketch, regions, flats, present, light)))


def to_networks(batch: PaintBatch, *, flats: bool) -> PaintTensors:
    """Bytes -> the networks' ranges: ink 1, colours -1..1."""
    return PaintTensors(
        color=to_color(batch.color),
        sketch=1 - batch.sketch[:, None].float() / 255,
        regions=batch.regions.long(),
        flats=to_color(batch.flats) if flats else None,
        present=batch.present,
        light=batch.light.float(),
    )


def to_color(image: Tensor) -> ColorTensor:
    """Bytes [n h w 3] -> colours in -1..1."""
    return image.permute(0, 3, 1, 2).float() / 127.5 - 1


def to_bytes(image: ColorTensor) -> Tensor:
    """Colours in -1..1, clipped -> bytes [n h w 3]."""
    return ((image.clamp(-1, 1) + 1) * 127.5).round().byte().permute(0, 2, 3, 1)
