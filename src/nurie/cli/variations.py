"""`nurie variations`: many pictures of one drawing on a numbered sheet."""

import argparse
from pathlib import Path

from nurie.cli.color import add_color_arguments
from nurie.cli.look import add_look_arguments, read_look
from nurie.cli.paths import add_limit_argument
from nurie.errors import InputError
from nurie.inference import Colorizer
from nurie.inference.animation import shrink
from nurie.inference.variations import LARGEST_CELL, draw_sheet, make_sheet, write_sheet

SUFFIX = ".png"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add DRAWING, -o SHEET, -n, --seed, and what the colours shall be."""
    parser.add_argument("drawing", metavar="DRAWING", help="picture of a line drawing")
    parser.add_argument("-o", "--output", metavar="SHEET", help="PNG to write; default: NAME-variations.png, here")
    add_color_arguments(parser, default_n=12)
    add_look_arguments(parser)
    add_limit_argument(parser)


def run(args: argparse.Namespace) -> int:
    """Write the sheet, and print how to have a picture of it at full size."""
    target = Path(args.output or f"{Path(args.drawing).stem}-variations{SUFFIX}")
    if target.suffix.lower() != SUFFIX:
        raise InputError(f"{target} cannot carry the data of its pictures; write a sheet as {SUFFIX}")
    if target.resolve() == Path(args.drawing).resolve():
        raise InputError(f"{target} is the drawing and would be replaced; choose another -o")
    colorizer = Colorizer(args.weights, max_pixels=args.max_pixels)
    look = read_look(args, colorizer)
    encoded = colorizer.encode(args.drawing)
    sheet = make_sheet(encoded, args.n, args.seed, hints=look.resolve(encoded), palette=look.palette, style=look.style)
    pictures = [shrink(sheet.sample(encoded, number).image, LARGEST_CELL) for number in range(1, args.n + 1)]
    write_sheet(target, draw_sheet(pictures), sheet)
    print(target)
    print(f"Picture 1 at full size: nurie color {args.drawing} --from {target}#1 -o FILE")
    return 0
