"""`nurie interpolate`: from one picture of a drawing to another, as an animation or side by side."""

import argparse
from dataclasses import replace
from pathlib import Path

import numpy as np

from nurie.arrays import RegionMap
from nurie.cli.color import positive
from nurie.cli.look import Look, add_look_arguments, read_look
from nurie.cli.paths import add_limit_argument
from nurie.errors import InputError
from nurie.images import Picture, read_image
from nurie.inference import Colorizer
from nurie.inference.animation import ANIMATIONS, STRIP, shrink, write_frames
from nurie.inference.interpolation import interpolate
from nurie.inference.style import style_to_json
from nurie.inference.variations import Sheet, parse_pick, read_sheet

End = int | tuple[Sheet, int]
"""A seed, or a picture of a sheet."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add DRAWING, A, B, -o OUT, --steps, --side and what the colours shall be."""
    parser.add_argument("drawing", metavar="DRAWING", help="picture of a line drawing")
    for name in ("A", "B"):
        parser.add_argument(name.lower(), metavar=name, help="a seed, or SHEET.png#K of nurie variations")
    parser.add_argument(
        "-o", "--output", required=True, metavar="OUT", help=f"{', '.join(ANIMATIONS)}, or {STRIP} for all side by side"
    )
    parser.add_argument("--steps", type=positive, default=16, metavar="N", help="pictures; default: %(default)s")
    parser.add_argument(
        "--side", type=positive, default=512, metavar="PIXELS", help="longer side; default: %(default)s"
    )
    parser.add_argument("--milliseconds", type=positive, default=100, metavar="N", help="a frame; default: %(default)s")
    parser.add_argument("--weights", metavar="PATH", help="folder made by `nurie export`; default: nurie's own")
    add_look_arguments(parser)
    add_limit_argument(parser)


def run(args: argparse.Namespace) -> int:
    """Write the frames."""
    target = Path(args.output)
    if target.suffix.lower() not in (*ANIMATIONS, STRIP):
        raise InputError(
            f"{target} has no suffix of an animation; use {', '.join([*ANIMATIONS, STRIP])} (side by side)"
        )
    if target.resolve() == Path(args.drawing).resolve():
        raise InputError(f"{target} is the drawing and would be replaced; choose another -o")
    ends = [read_end(text) for text in (args.a, args.b)]
    colorizer = Colorizer(args.weights, max_pixels=args.max_pixels)
    look = _join_looks(read_look(args, colorizer), ends)
    drawing = read_image(args.drawing, max_pixels=args.max_pixels)
    encoded = colorizer.encode(drawing, regions=_find_regions(drawing, ends))
    hints = look.resolve(encoded)
    first, last = (encoded.start(*_seed_and_index(end), hints=hints, style=look.style) for end in ends)
    results = interpolate(encoded, first, last, args.steps, look.palette)
    write_frames(target, [shrink(result.image, args.side) for result in results], milliseconds=args.milliseconds)
    print(target)
    return 0


def read_end(text: str) -> End:
    """`7` or `SHEET.png#5`.

    Raises:
        InputError: neither, or the sheet cannot be read.
    """
    if text.isdecimal():
        return int(text)
    pick = parse_pick(text)
    if pick is None:
        raise InputError(f"{text!r} is neither a seed nor a picture of a sheet; write 7, or SHEET.png#5")
    return read_sheet(pick[0]), pick[1]


def _find_regions(drawing: Picture, ends: list[End]) -> RegionMap | None:
    """Those of the sheets; None without a sheet."""
    picks = [end for end in ends if not isinstance(end, int)]
    for sheet, number in picks:
        sheet.check(drawing, number)
    maps = [sheet.regions for sheet, _ in picks]
    if any(not np.array_equal(regions, maps[0]) for regions in maps):
        raise InputError("the two sheets have other regions; make one of them again with nurie variations")
    return maps[0] if maps else None


def _seed_and_index(end: End) -> tuple[int, int]:
    return (end, 0) if isinstance(end, int) else (end[0].seed, end[1] - 1)


def _join_looks(look: Look, ends: list[End]) -> Look:
    """What the sheets say, which must be the same at both ends, unless the options say something of the colours."""
    sheets = [end[0] for end in ends if not isinstance(end, int)]
    if not sheets or look.hints or look.strokes or look.style.references or look.palette is not None:
        return look
    first, *others = [(sheet.hints, list(sheet.palette), style_to_json(sheet.style)) for sheet in sheets]
    if any(other != first for other in others):
        raise InputError(
            "the two sheets have other hints, palettes or styles; make them with the same, or give --hint, --palette "
            "or --like"
        )
    style = look.relit(sheets[0].style)
    return replace(look, hints=dict(sheets[0].hints.items()), palette=sheets[0].colors, style=style)
