"""What the options of a command say of the colours: --hint, --hints, --palette, --like, --from."""

import argparse
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from nurie.cli.records import find_drawing
from nurie.errors import InputError
from nurie.inference import Colorizer, Encoded, Result, read_palette, read_strokes
from nurie.inference.hints import color_name, read_hints
from nurie.inference.like import Reference, make_reference, match_colors, read_reference
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
    reference: Reference | None = None
    """A coloured picture whose colours are taken for regions that mean the same, where no hint says otherwise."""

    def draw(self, encoded: Encoded, n: int, seed: int) -> Iterator[Result]:
        """Colour a drawing in `n` ways; errors as for `resolve`."""
        if self.pick is not None:
            sheet, number = self.pick
            yield sheet.sample(encoded, number)
            return
        hints = self.resolve(encoded)
        for index in range(n):
            yield encoded.sample(seed, index, hints=hints, palette=self.palette)

    def resolve(self, encoded: Encoded) -> dict[int, str]:
        """The hints by the numbers of a drawing's regions.

        Raises:
            InputError: they do not fit the drawing, or contradict each other.
        """
        known, given = read_hints(self.hints, encoded.regions)
        hints = {} if self.reference is None else match_colors(encoded, self.reference)
        if self.strokes is not None:
            hints |= read_strokes(self.strokes, encoded.sketch, encoded.regions)
        # Strokes are broad; who also names a region by number or place means it.
        return hints | {int(index) + 1: color_name(given[index]) for index in np.flatnonzero(known)}


def add_look_arguments(parser: argparse.ArgumentParser) -> None:
    """Add --hint, --hints and --palette, which `read_look` understands."""
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
        metavar="PICTURE",
        help="take the colors of a colored picture, or of an earlier result, where it is alike",
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
    return Look(
        pick=pick,
        reference=open_reference(colorizer, Path(args.like)) if args.like else None,
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
        return read_reference(colorizer, picture)
    try:
        sidecar = read_sidecar(record)
        drawing = find_drawing(sidecar, record).read()
        encoded = reopen(sidecar, colorizer.networks, drawing, max_pixels=colorizer.max_pixels)
    except InputError:  # the drawing has been moved, or the record is another picture's
        return read_reference(colorizer, picture)
    return make_reference(encoded, sidecar.colors)


def describe_look(args: argparse.Namespace) -> dict[str, object]:
    """What the options say, for the record beside a result."""
    given = {
        "hint": [[place, color] for place, color in args.hint],
        "hints": args.hints,
        "palette": args.palette,
        "like": args.like,
        "from": getattr(args, "pick", None),
    }
    return {name: value for name, value in given.items() if value}


def _read_pick(args: argparse.Namespace) -> tuple[Sheet, int]:
    if args.hint or args.hints or args.palette or args.like:
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
