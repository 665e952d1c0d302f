"""What the nodes do: each is a few calls of nurie.

What a user can mend is raised as a `nurie.errors.NurieError`; ComfyUI shows its sentence at the node.
"""

from argparse import ArgumentTypeError
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NotRequired, TypedDict, TypeVar, Unpack

import numpy as np
import torch

import nurie
from nurie.cli.look import Look, parse_hint, parse_labels
from nurie.errors import InputError
from nurie.images import read_sketch
from nurie.inference.layers import build_layers, write_layers
from nurie.inference.palette_files import Swatches
from nurie.inference.recolor import REST, Changes, recolor
from nurie.inference.sidecar import make_sidecar
from nurie.inference.variations import draw_sheet
from nurie.regions.preview import number_preview

from .batches import make_images, make_transparency, read_batch, spread

Parsed = TypeVar("Parsed")


@dataclass(frozen=True)
class Colored:
    """A picture, and the drawing that it can be recolored on."""

    drawing: nurie.Encoded
    result: nurie.Result


class Drawings(TypedDict):
    """The drawings of a batch, and what colors them."""

    weights: nurie.Colorizer
    drawing: torch.Tensor
    transparency: NotRequired[torch.Tensor]
    regions: NotRequired[list[np.ndarray]]


class Inputs(Drawings):
    """Drawings, and what is said of their colors."""

    hints: NotRequired[str]
    palette: NotRequired[str]
    like: NotRequired[torch.Tensor]
    guidance: NotRequired[float]
    shading: NotRequired[float]


class Wishes(TypedDict):
    """What shall be other in a result, as it is written into the node."""

    seed: int
    colors: NotRequired[str]
    lock: NotRequired[str]
    reroll: NotRequired[str]
    palette: NotRequired[str]


def load_weights(name: str) -> tuple[nurie.Colorizer]:
    """Weights from a folder or the hub; an empty name means those of nurie."""
    return (nurie.Colorizer.from_pretrained(name.strip()) if name.strip() else nurie.Colorizer(),)


def find_regions(
    drawing: torch.Tensor,
    method: str,
    transparency: torch.Tensor | None = None,
    flats: torch.Tensor | None = None,
) -> tuple[list[np.ndarray], torch.Tensor]:
    """The region map of each drawing, and a picture of it."""
    drawings = read_batch(drawing, transparency)
    if flats is None:
        maps = [nurie.segment_regions(picture, method) for picture in drawings]
    else:
        given = spread(read_batch(flats), len(drawings), "pictures of flat colors")
        maps = [nurie.read_regions(colors, picture.shape[:2]) for colors, picture in zip(given, drawings, strict=True)]
    previews = [number_preview(regions, read_sketch(picture)) for regions, picture in zip(maps, drawings, strict=True)]
    return maps, make_images(previews)


def color(seed: int, **inputs: Unpack[Inputs]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, list[Colored]]:
    """Each drawing once."""
    return show([colored for group in draw(1, seed, **inputs) for colored in group])


def vary(n: int, seed: int, **inputs: Unpack[Inputs]) -> tuple[torch.Tensor, torch.Tensor, list[Colored]]:
    """Each drawing `n` times, and its numbered sheet."""
    groups = draw(n, seed, **inputs)
    pictures = [[colored.result.image for colored in group] for group in groups]
    everything = [colored for group in groups for colored in group]
    images = make_images(colored.result.image for colored in everything)
    return images, make_images(draw_sheet(group) for group in pictures), everything


def draw(n: int, seed: int, **inputs: Unpack[Inputs]) -> list[list[Colored]]:
    """The `n` pictures of each drawing."""
    drawings = {name: inputs[name] for name in Drawings.__annotations__ if name in inputs}
    encoded = encode(**drawings)
    return [
        [Colored(drawing, result) for result in look.draw(drawing, n, seed)]
        for drawing, look in zip(encoded, spread(read_looks(inputs), len(encoded), "references"), strict=True)
    ]


def read_looks(inputs: Inputs) -> list[Look]:
    """How drawings shall be colored: one look for all, or one for each picture to be like."""
    look = Look(
        hints=read_places(inputs.get("hints", "")),
        palette=read_swatches(inputs.get("palette", "")),
        style=nurie.Style(guidance=inputs.get("guidance", 1.0), shading=inputs.get("shading", 1.0)),
    )
    like, weights = inputs.get("like"), inputs["weights"]
    return [look] if like is None else [look.like(weights.read_reference(picture)) for picture in read_batch(like)]


def encode(
    weights: nurie.Colorizer,
    drawing: torch.Tensor,
    transparency: torch.Tensor | None = None,
    regions: list[np.ndarray] | None = None,
) -> list[nurie.Encoded]:
    """Each drawing, read and cut."""
    drawings = read_batch(drawing, transparency)
    maps = spread([None] if regions is None else regions, len(drawings), "region maps")
    return [weights.encode(picture, regions=own) for picture, own in zip(drawings, maps, strict=True)]


def change(
    result: list[Colored], picture: int, **wishes: Unpack[Wishes]
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, list[Colored]]:
    """One result of a batch, or all, with other colors."""
    changes = read_changes(**wishes)
    return show(
        [
            Colored(old.drawing, recolor(make_sidecar(old.drawing, old.result), old.drawing, changes))
            for old in pick(result, picture)
        ]
    )


def read_changes(seed: int, colors: str = "", lock: str = "", reroll: str = "", palette: str = "") -> Changes:
    """What shall be other."""
    return Changes(
        colors=read_places(colors),
        lock=read_labels(lock),
        reroll=REST if reroll.strip() == REST else read_labels(reroll),
        seed=seed,
        palette=read_swatches(palette),
    )


def save_layers(result: list[Colored], picture: int, prefix: str, suffix: str, by: str) -> tuple[str]:
    """A file of layers for one result of a batch, or for each, in ComfyUI's folder of outputs."""
    import folder_paths  # of ComfyUI: there only while that runs

    chosen = pick(result, picture)
    height, width = chosen[0].result.regions.shape
    target = folder_paths.get_output_directory()
    folder, name, first, *_ = folder_paths.get_save_image_path(prefix, target, width, height)
    paths = [Path(folder) / f"{name}_{number:05}_{suffix}" for number in range(first, first + len(chosen))]
    for path, colored in zip(paths, chosen, strict=True):
        write_layers(path, build_layers(colored.result, by=by))
    return ("\n".join(map(str, paths)),)


def show(colored: list[Colored]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, list[Colored]]:
    """What a node gives of its pictures."""
    results = [each.result for each in colored]
    images, flats = make_images(each.image for each in results), make_images(each.flats for each in results)
    return images, make_transparency(results), flats, colored


def pick(result: list[Colored], picture: int) -> list[Colored]:
    """Picture `picture` of a batch, from 1, or all for 0.

    Raises:
        InputError: there is none of that number.
    """
    if picture > len(result):
        raise InputError(f"there is no picture {picture}; the result has {len(result)}, and 0 means all of them")
    return result[picture - 1 : picture] if picture else result


def read_places(text: str) -> dict[int | tuple[int, int], str]:
    """Places and their colors."""
    return dict(_read(parse_hint, place) for place in text.split())


def read_labels(text: str) -> list[int]:
    """Numbers of regions; none are none."""
    return _read(parse_labels, text) if text.strip() else []


def read_swatches(text: str) -> Swatches | None:
    """A palette; None is all colors."""
    return nurie.read_palette(text.strip()) if text.strip() else None


def _read(parse: Callable[[str], Parsed], text: str) -> Parsed:
    """What the command line would understand; its own errors are for its own parser."""
    try:
        return parse(text)
    except ArgumentTypeError as error:
        raise InputError(str(error)) from None
