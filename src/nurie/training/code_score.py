"""Scores a paint checkpoint's latent code on drawings, and shows what the codes do."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from nurie.arrays import Image
from nurie.data.augment import Augmentation
from nurie.data.sources.drawing import Drawing
from nurie.errors import InputError
from nurie.evaluation.codes import CodeScore, Distance, color_difference, largest_step, mean_distance, steps, way
from nurie.evaluation.protocols import PROTOCOLS, describe_run
from nurie.model.config import ModelConfig
from nurie.model.generator import Generator, build_generator
from nurie.training.checkpoint import load_checkpoint, load_into
from nurie.training.paint import read_code
from nurie.training.paint_batch import PaintTensors, PreparePaint, collate, to_bytes, to_networks

UNCHANGED = Augmentation(flip=0.0, crop=0.0, tremble=0.0, true_lines=1.0, xdog_lines=0.0, pen_lines=0.0)
"""Drawings as they are, with their own lines."""


@dataclass(frozen=True)
class Painted:
    """One drawing and what the network makes of it."""

    sketch: Image
    truth: Image
    own: Image
    """With the code of the truth if the network reads pictures, else with the sketch's own."""
    drawn: list[Image]
    """One for each drawn code."""
    between: list[Image]
    """On the way from the first drawn code to the second."""


def load_generator(path: Path) -> Generator:
    """The averaged generator of a paint checkpoint, ready to paint.

    Raises:
        WeightsError: there is no checkpoint, or it is damaged.
        InputError: it is one of another stage.
    """
    checkpoint = load_checkpoint(path)
    if checkpoint.stage != "paint":
        raise InputError(f"{path} is a checkpoint of the {checkpoint.stage} stage; only paint has a latent code")
    generator = build_generator(ModelConfig(**checkpoint.model))  # type: ignore[arg-type]
    load_into({"generator": generator}, checkpoint.networks(averaged=True), checkpoint.path)
    return generator.eval().requires_grad_(False)


def draw_codes(generator: Generator, count: int, seed: int) -> Tensor:
    """Codes from N(0, I), the same for a seed on every machine."""
    rng = torch.Generator().manual_seed(seed)
    return torch.randn(count, generator.config.latent_dim, generator=rng)


def paint_codes(generator: Generator, drawing: Drawing, codes: Tensor, *, deviations: bool = False) -> Painted:
    """Paint one drawing, at the side that the network was trained on and with its true regions, with every code.

    With `deviations` the codes say how far, in standard deviations, w is from what the sketch suggests, as in training.

    Raises:
        InputError: there are no deviations, as the network's code does not come from the sketch.
    """
    if deviations and generator.config.latent != "sketch":
        raise InputError(f"deviations are for latent=sketch, not latent={generator.config.latent}; leave them out")
    side, patches = generator.config.side, generator.config.patches
    sample = PreparePaint(side, 1.0, patches, augmentation=UNCHANGED)(drawing, np.random.default_rng(0))
    tensors = to_networks(collate([sample]), flats=generator.config.flats)
    return Painted(
        sketch=np.repeat(sample.sketch[..., None], 3, -1),
        truth=sample.color,
        own=_paint(generator, tensors, read_code(generator, tensors))[0],
        drawn=[_paint(generator, tensors, w[None], deviations)[0] for w in codes],
        between=[_paint(generator, tensors, w[None], deviations)[0] for w in way(codes[0], codes[1])],
    )


def score_codes(painted: Sequence[Painted], distance: Distance) -> CodeScore:
    """What the codes change in these pictures.

    Raises:
        InputError: there is no drawing, or there are not two codes.
    """
    if not painted or len(painted[0].drawn) < 2:
        raise InputError("scoring codes takes a drawing and two codes at least; give more")
    ratios = [largest_step(steps(p.between, distance)) for p in painted]
    return CodeScore(
        drawings=len(painted),
        codes=len(painted[0].drawn),
        distance=float(np.mean([mean_distance(p.drawn, distance) for p in painted])),
        difference=float(np.mean([mean_distance(p.drawn, _on_paper(p)) for p in painted])),
        truth_distance=float(np.mean([distance(p.own, p.truth) for p in painted])),
        largest_step=max(ratios),
        typical_step=float(np.median(ratios)),
    )


def describe_score(score: CodeScore, seed: int) -> dict[str, object]:
    """The score with what makes it repeatable, as JSON can hold it."""
    verdict = {"different": score.different, "smooth": score.smooth}
    return describe_run(PROTOCOLS["latent"], seed=seed, networks=("stlpips",)) | asdict(score) | verdict


def codes_sheet(painted: Sequence[Painted]) -> Image:
    """For each drawing a row of sketch, truth, own code, drawn codes, and a row of the way between the first two."""
    width = max(3 + len(painted[0].drawn), len(painted[0].between))
    rows = [row for p in painted for row in ([p.sketch, p.truth, p.own, *p.drawn], p.between)]
    blank = np.full_like(painted[0].truth, 255)
    return np.concatenate([np.concatenate([*row, *[blank] * (width - len(row))], axis=1) for row in rows])


@torch.inference_mode()
def _paint(generator: Generator, tensors: PaintTensors, w: Tensor | None, deviations: bool = False) -> list[Image]:
    w, noise = (None, w) if deviations else (w, None)
    image = generator(tensors.sketch, tensors.regions, tensors.flats, w, tensors.present, noise).image
    return list(np.asarray(to_bytes(image).numpy()))


def _on_paper(painted: Painted) -> Distance:
    ink = 1 - painted.sketch[..., 0].astype(np.float32) / 255
    return lambda a, b: color_difference(a, b, ink)
