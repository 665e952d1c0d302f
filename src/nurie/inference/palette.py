"""The palette stage without torch: read a drawing once, then draw palettes for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from jaxtyping import Bool, Float32

from nurie.arrays import Palette, RegionMap, Sketch
from nurie.graphs import Arrays, Graph
from nurie.images import fit_square
from nurie.inference.weights import ENCODER, STEP, Weights
from nurie.regions.descriptors import RegionTable, describe_regions

HINT, REFERENCE = 1.0, 2.0
"""`known` of a region whose colour was given, and of one of another drawing: as in `nurie.model.palette`."""

GROUND = 0
"""Place of backgrounds among the kinds of regions."""

PERHAPS = 0.3
"""Probability from which a region counts as background. Where an outline is open the ground is one region with what
lies in it, and the network in two minds; shadows on paper look worse than a thing without any."""

Known = Bool[np.ndarray, " regions"]


@dataclass(frozen=True, eq=False)
class Reading:
    """What the network reads of a drawing, whatever the drawing's size."""

    square: Sketch
    """The sketch at the network's size, mirrored at the short side."""
    table: RegionTable
    """The regions, described at the size that they have; nobody owns the margin."""


@dataclass(frozen=True, eq=False)
class Referred:
    """Another drawing in known colours, as the network sees it."""

    tokens: Arrays
    palette: Palette


class PaletteNetwork:
    """Draws one colour for each region; `encode` does what all palettes of a drawing share."""

    def __init__(self, weights: Weights, *, threads: int | None = None) -> None:
        """Load the two graphs. Errors as in `Graph`."""
        self.settings = weights.palette
        self.sha256 = weights.sha256
        self._encoder = Graph(weights.folder / ENCODER, threads=threads)
        self._step = Graph(weights.folder / STEP, threads=threads)

    def read(self, sketch: Sketch, regions: RegionMap) -> Reading:
        """Bring a drawing to what the network reads; sketch and regions have one size."""
        square, _ = fit_square(sketch, self.settings.side)
        return Reading(square, describe_regions(regions, sketch, grid=self.settings.grid, square=True))

    def encode(self, reading: Reading) -> Arrays:
        """What the network knows of a drawing before any colour."""
        table = reading.table
        return self._encoder(
            {
                "sketch": (1 - reading.square.astype(np.float32) / 255)[None, None],
                "geometry": table.geometry[None],
                "present": np.ones((1, table.num_regions), np.float32),
                "pair_region": table.pair_region,
                "pair_cell": table.pair_cell,
                "pair_pixels": table.pair_pixels,
            }
        )

    def sample(
        self,
        tokens: Arrays,
        noise: Palette,
        given: Palette | None = None,
        known: Known | None = None,
        references: Sequence[Referred] = (),
        guidance: float = 1.0,
    ) -> Palette:
        """One palette, from `noise` in the weights' steps; regions that are `known` keep what is `given`.

        The noise is scaled by the weights' `temperatures` first. A step from t to t' goes towards the palette that the
        network sees, c = clean(x, t), and on by how that has changed since earlier steps, by the weights' `memory`:

        x += (c - x) (t' - t) / (1 - t) + sum of memory_j (c - c_j)

        Guidance other than 1 asks the network a second time at each step, for what it would do if it saw neither what
        is given nor the references, and goes `guidance` times the way from there. Regions that are known move freely
        in that second answer, so that nothing of them is seen.

        clean = without + guidance (with - without)
        """
        noise = noise * self._temperatures(tokens)
        fixed = np.zeros(len(noise), bool) if known is None else known
        followed = refer(tokens, [reference.tokens for reference in references])
        others = [reference.palette for reference in references]
        flags = np.concatenate([fixed * np.float32(HINT), *(np.full(len(x), REFERENCE, np.float32) for x in others)])
        guided = guidance != 1 and bool(fixed.any() or references)
        palette = noise if given is None else np.where(fixed[:, None], given, noise)
        alone = noise
        seen: list[Palette] = []
        seen_alone: list[Palette] = []
        for time, rest, memory in self._plan:
            clean = self._clean(followed, np.concatenate([palette, *others]), time, flags)[: len(noise)]
            if guided:
                alone = np.where(fixed[:, None], alone, palette)
                without = self._clean(tokens, alone, time, np.zeros(len(noise), np.float32))
                alone = _step(alone, without, rest, memory, seen_alone)
                clean = without + np.float32(guidance) * (clean - without)
            moved = _step(palette, clean, rest, memory, seen)
            palette = np.where(fixed[:, None], palette, moved)
        return palette

    @cached_property
    def _plan(self) -> Sequence[tuple[float, np.float32, Sequence[float]]]:
        """Of each step when it begins, the time left then by its own length, and what it keeps of those before."""
        count = self.settings.steps
        times = self.settings.times or [step / count for step in range(count)]
        memory = self.settings.memory or [()] * count
        ends = [*times[1:], 1.0]
        rests = [np.float32((1 - time) / (end - time)) for time, end in zip(times, ends, strict=True)]
        return list(zip(times, rests, memory, strict=True))

    def _clean(self, tokens: Arrays, noisy: Palette, time: float, known: Float32[np.ndarray, " regions"]) -> Palette:
        """The palette that the network takes a noisy one for."""
        clean: Palette = self._step(
            {**tokens, "noisy": noisy[None], "time": np.array([time], np.float32), "known": known[None]}
        )["clean"][0]
        return clean

    def _temperatures(self, tokens: Arrays) -> Float32[np.ndarray, "_regions 1"]:
        """Size of the noise of each region, by what the network takes it for."""
        if not self.settings.temperatures:
            return np.ones((1, 1), np.float32)
        table = np.array(self.settings.temperatures, np.float32)
        sizes: Float32[np.ndarray, "_regions 1"] = table[tokens["kinds"][0].argmax(1)][:, None]
        return sizes


def _step(palette: Palette, clean: Palette, rest: np.float32, memory: Sequence[float], seen: list[Palette]) -> Palette:
    """Where one step leads; the clean palette joins those that have been `seen`."""
    moved: Palette = palette + (clean - palette) / rest
    for share, before in zip(memory, seen, strict=False):
        moved = moved + np.float32(share) * (clean - before)
    seen.append(clean)
    return moved


def refer(tokens: Arrays, references: Sequence[Arrays]) -> Arrays:
    """Tokens of a drawing followed by those of references, as `nurie.model.palette.refer` joins them in training.

    Regions attend to those of every drawing. Places and sizes are compared within a drawing only: between two the bias
    is 0. Training shows one reference at a time; more are joined alike.
    """
    if not references:
        return tokens
    blocks = [tokens["bias"], *(reference["bias"][..., 1:, 1:] for reference in references)]
    length = sum(block.shape[-1] for block in blocks)
    bias = np.zeros((*tokens["bias"].shape[:2], length, length), np.float32)
    end = 0
    for block in blocks:
        start, end = end, end + block.shape[-1]
        bias[..., start:end, start:end] = block
    joined = np.concatenate([tokens["tokens"], *(reference["tokens"] for reference in references)], 1)
    return {**tokens, "tokens": joined, "bias": bias}


def find_ground(tokens: Arrays) -> Known:
    """The regions that the network takes for background, or may (`PERHAPS`); none if it does not tell kinds apart."""
    if "kinds" not in tokens:
        return np.zeros(tokens["tokens"].shape[1], bool)
    kinds = tokens["kinds"][0]
    shares = np.exp(kinds - kinds.max(1, keepdims=True))
    return np.asarray(shares[:, GROUND] >= PERHAPS * shares.sum(1))


def draw_noise(num_regions: int, seed: int, index: int) -> Palette:
    """Noise for picture `index` of `seed`; region k has the same for every number of regions."""
    generator = np.random.Generator(np.random.PCG64([seed, index]))
    return generator.standard_normal((num_regions, 3), dtype=np.float32)
