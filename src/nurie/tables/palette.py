"""nurie's own first stage as a contender: a colour for each region by flow matching, the lines over it, and no more.

It is trained on what all rows are trained on, so it is not told what a region is, as it is in `nurie train`.
"""

import zlib

import numpy as np
import torch
from torch import Tensor, nn

from nurie.colors import palette_to_rgb
from nurie.data.samples import palette_sample
from nurie.data.sources.drawing import bare_drawing
from nurie.evaluation.baselines.contender import Fakes, Inputs, Losses
from nurie.model.palette import PaletteConfig, RegionFlow, sample_palette
from nurie.model.tensors import ColorTensor, LatentCode
from nurie.regions.flats import compose, paint_flats
from nurie.regions.merge import MAX_REGIONS
from nurie.training.noise import Noise
from nurie.training.paint_batch import to_bytes, to_color
from nurie.training.palette import PaletteBatch, PaletteTraining, flow_loss, join_palette_samples
from nurie.training.updates import to_device

SETTINGS = PaletteTraining(stage="palette", preset="", model="")
"""The palette stage's noise levels and hints."""


class PaletteAndFlats:
    """Sketch and regions in, one colour a region out."""

    painters = ("palette",)
    code_length = 3 * MAX_REGIONS
    """The noise that the colours are drawn from: of region 1, of region 2, ... as far as there are any."""

    def __init__(self, shape: PaletteConfig) -> None:
        """Draw the weights."""
        self.shape, self.palette = shape, RegionFlow(shape)
        self.networks: dict[str, nn.Module] = {"palette": self.palette}

    def generate(self, inputs: Inputs) -> Fakes:
        """Nothing: the flow learns from single steps, no picture is painted for it."""
        return {}

    def judge_losses(self, inputs: Inputs, fakes: Fakes, step: int) -> Losses:
        """None: nobody judges."""
        return {}

    def paint_losses(self, inputs: Inputs, fakes: Fakes) -> Losses:
        """Find the clean palette from noisy ones."""
        batch = self._batch(inputs)
        tokens = self.palette.encode(batch.sketch, batch.regions)
        noise = Noise(int(torch.randint(1 << 31, ())), range(len(batch.sketch)))
        losses = [flow_loss(self.palette, tokens, batch, SETTINGS.hinted, noise) for _ in range(SETTINGS.draws)]
        return {"flow": torch.stack(losses).mean()}

    def paint(self, inputs: Inputs, codes: LatentCode | None = None) -> ColorTensor:
        """A picture of the codes; without any, each sketch has its own from its checksum."""
        batch = self._batch(inputs)
        if codes is None:
            codes = torch.stack([_code_of(sketch, self.code_length) for sketch in batch.sketch.cpu()])
        count = batch.palette.shape[1]
        noise = codes[:, : 3 * count].reshape(-1, count, 3).to(batch.palette)
        with torch.no_grad():
            tokens = self.palette.encode(batch.sketch, batch.regions)
            colors = palette_to_rgb(sample_palette(self.palette, tokens, noise).cpu().numpy())
        sketches, maps = _sketch_bytes(inputs), inputs.regions.cpu().numpy()
        pictures = [
            compose(paint_flats(rows, regions.astype(np.int32)), sketch)
            for rows, regions, sketch in zip(colors, maps, sketches, strict=True)
        ]
        return to_color(torch.from_numpy(np.stack(pictures))).to(inputs.color)

    def _batch(self, inputs: Inputs) -> PaletteBatch:
        """What the palette network reads, found from pictures and maps as in its own stage."""
        grid = self.shape.grid
        colors, maps = to_bytes(inputs.color).cpu().numpy(), inputs.regions.cpu().numpy().astype(np.int32)
        samples = [
            palette_sample(bare_drawing(color, {}), sketch, regions, grid=grid)
            for color, sketch, regions in zip(colors, _sketch_bytes(inputs), maps, strict=True)
        ]
        batch: PaletteBatch = to_device(join_palette_samples(samples, grid), inputs.color.device)
        return batch


def _sketch_bytes(inputs: Inputs) -> np.ndarray:
    gray = (1 - inputs.sketch[:, 0]) * 255
    return np.asarray(gray.round().byte().cpu().numpy())


def _code_of(sketch: Tensor, length: int) -> Tensor:
    seed = zlib.crc32(sketch.numpy().tobytes())
    return torch.randn(length, generator=torch.Generator().manual_seed(seed))
