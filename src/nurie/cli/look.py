"""What the options of a command say of the colours: --hint, --hints, --palette, --like, --from, and how strongly."""

import argparse
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from nurie.cli.records import find_drawing
from nurie.errors import InputError
from nurie.inference import Colorizer, Encoded, Reference, Result, Style, read_palette, read_strokes
from nurie.inference.hints import color_name, read_hints
from nurie.inference.paint import SIDES
from nurie.inference.palette_files import Swatches
from nurie.inference.sidecar import read_sidecar, reopen, sidecar_path
from nurie.inference.variations import Sheet, parse_pick, read_sheet

_HINT = re.compile(r"(?:(\d+)|(\d+),(\d+))=(#[0-9a-fA-F]{6})")

MOST_REGIONS = 65_535
"""What a region map of 16 bits holds."""

Place = int | tuple[int, int]


@dataclass(frozen=True)
class Look:
    """How the colours of drawings shall be."""

    hints: dict[Place, str] = field(default_factory=dict)
    strokes: Path | None = None
    palette: Swatches | None = None
    pick: tuple[Sheet, int] | None = None
    """A picture of a contact sheet, which says everything else."""
    style: Style = field(default_factory=Style)
    """Coloured drawings to follow where no hint says otherwise, how strongly, and how much light and shade."""
    shading: float | None = None
    """How much light and shade, if that was said: a sheet has its own."""

    def draw(self, encoded: Encoded, n: int, seed: int) -> Iterator[Result]:
        """Colour a drawing in `n` ways; errors as for `resolve`."""
        if self.pick is not None:
            sheet, number = self.pick
            yield replace(sheet, style=self.relit(sheet.style)).sample(encoded, number)
            return
        hints = self.resolve(encoded)
        for index in range(n):
            yield encoded.sample(seed, index, hints=hints, palette=self.palette, style=self.style)

    def relit(self, style: Style) -> Style:
        """A style of a sheet, with the light and shade that were asked for."""
        shading = style.shading if self.shading is None else self.shading
        return replace(style, shading=shading, light=self.style.light or style.light)

    def like(self, *references: Reference) -> "Look":
        """The same with these coloured drawings to follow."""
        return replace(self, style=replace(self.style, references=references))

    def resolve(self, encoded: Encoded) -> dict[int, str]:
        """The hints by the numbers of a drawing's regions.

        Raises:
            InputError: they do not fit the drawing, or contradict each other.
        """
        known, given = read_hints(self.hints, encoded.regions)
        hints: dict[int, str] = {}
        if self.strokes is not None:
            hints |= read_strokes(self.strokes, encoded.sketch, encoded.regions)
        # Strokes are broad; who also names a region by number or place means it.
        return hints | {int(index) + 1: color_name(given[index]) for index in np.flatnonzero(known)}


def add_look_arguments(parser: argparse.ArgumentParser) -> None:
    """Add --hint, --hints, --palette, --like, --guidance, --shading and --light, which `read_look` understands."""
    parser.add_argument(
        "--hint",
        action="append",
        default=[],
        type=parse_hint,
        metavar="X,Y=#RRGGBB",
        help="color of the region at pixel X (from the left, from 0), Y (from the top); or REGION=#RRGGBB; repeatable",
    )
    parser.add_argument(
        "--hints", metavar="FILE", help="colour strokes on a transparent layer of the drawing's size, such as a PNG"
    )
    parser.add_argument(
        "--palette", metavar="COLORS", help='"#rrggbb,#rrggbb,...", or a file (GPL, ASE, ACO, PNG): the only colours'
    )
    parser.add_argument(
        "--like",
        action="append",
        default=[],
        metavar="PICTURE",
        help="same character, same colors: follow a colored picture, or an earlier result; repeatable",
    )
    parser.add_argument(
        "--guidance",
        type=parse_number,
        metavar="S",
        help="how strongly colors follow --like and hints, 0 to 10; other than 1 takes twice the time; default: 1",
    )
    add_shading_argument(parser, "default: 1, if the weights have a paint network")
    parser.add_argument("--light", choices=SIDES, help="side from which light falls; default: by chance, by the seed")


def add_shading_argument(parser: argparse.ArgumentParser, default: str) -> None:
    """Add --shading; `default` says what it is without."""
    parser.add_argument(
        "--shading", type=parse_number, metavar="0..1", help=f"how much light and shade, 0 is flat; {default}"
    )


def add_pick_argument(parser: argparse.ArgumentParser) -> None:
    """Add --from, which `read_look` understands."""
    parser.add_argument(
        "--from", dest="pick", metavar="SHEET.png#K", help="picture K of a sheet by nurie variations, at full size"
    )


def read_look(args: argparse.Namespace, colorizer: Colorizer) -> Look:
    """What the options say.

    Raises:
        InputError: a file cannot be read.
    """
    pick = _read_pick(args) if getattr(args, "pick", None) else None
    style = Style(
        guidance=1.0 if args.guidance is None else args.guidance,
        shading=1.0 if args.shading is None else args.shading,
        light=args.light,
        references=tuple(open_reference(colorizer, Path(picture)) for picture in args.like),
    )
    return Look(
        pick=pick,
        style=style,
        shading=args.shading,
        hints=dict(args.hint),
        strokes=Path(args.hints) if args.hints else None,
        palette=read_palette(args.palette) if args.palette else None,
    )


def open_reference(colorizer: Colorizer, picture: Path) -> Reference:
    """The regions of a coloured picture; those of a result are known from its record, if its drawing is there too.

    Raises:
        InputError: it cannot be read.
    """
    record = sidecar_path(picture)
    if not record.is_file():
        return colorizer.read_reference(picture)
    try:
        sidecar = read_sidecar(record)
        drawing = find_drawing(sidecar, record).read()
        encoded = reopen(sidecar, colorizer.networks, drawing, max_pixels=colorizer.max_pixels)
    except InputError:  # the drawing has been moved, or the record is another picture's
        return colorizer.read_reference(picture)
    return encoded.refer(sidecar.colors)


def describe_look(args: argparse.Namespace) -> dict[str, object]:
    """What the options say, for the record beside a result."""
    given = {
        "hint": [[place, color] for place, color in args.hint],
        "hints": args.hints,
        "palette": args.palette,
        "like": args.like,
        "guidance": args.guidance,
        "shading": args.shading,
        "light": args.light,
        "from": getattr(args, "pick", None),
    }
    return {name: value for name, value in given.items() if value or value == 0}


def _read_pick(args: argparse.Namespace) -> tuple[Sheet, int]:
    if args.hint or args.hints or args.palette or args.like or args.guidance is not None:
        raise InputError("--from says all colours; use nurie recolor to change some of them")
    pick = parse_pick(args.pick)
    if pick is None:
        raise InputError(f"{args.pick!r} is no picture of a sheet; write SHEET.png#5")
    return read_sheet(pick[0]), pick[1]


def parse_hint(text: str) -> tuple[Place, str]:
    """`120,340=#ff8800` (x, y) as ((row, column), colour), and `12=#ff8800` as (12, colour), for argparse."""
    match = _HINT.fullmatch(text)
    if not match:
        raise argparse.ArgumentTypeError(f"{text!r} is no hint; write X,Y=#RRGGBB or REGION=#RRGGBB")
    label, x, y, color = match.groups()
    return (int(label) if label else (int(y), int(x))), color


def parse_number(text: str) -> float:
    """A number from 0 on, for argparse."""
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    if not 0 <= number < float("inf"):
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 0 on")
    return number


def parse_labels(text: str) -> list[int]:
    """`3,7,9-12` as a list of regions, for argparse."""
    labels: list[int] = []
    for part in text.split(","):
        match = re.fullmatch(r"\s*(\d+)(?:-(\d+))?\s*", part)
        if not match:
            raise argparse.ArgumentTypeError(f"{text!r} is no list of regions; write numbers such as 3,7,9-12")
        first, last = int(match[1]), int(match[2] or match[1])
        if last > MOST_REGIONS:
            raise argparse.ArgumentTypeError(f"a drawing has at most {MOST_REGIONS} regions, not {last}")
        labels.extend(range(first, last + 1))
    return labels
