"""`nurie recolor`: other colours for a result, from the record beside it."""

import argparse
import sys
from pathlib import Path

from nurie.cli.color import natural
from nurie.cli.look import add_shading_argument, parse_hint, parse_labels, parse_number
from nurie.cli.paths import add_limit_argument
from nurie.cli.records import describe_source, find_drawing, find_sidecar
from nurie.errors import InputError
from nurie.images import write_image
from nurie.inference import Colorizer, read_palette
from nurie.inference.numbers import draw_numbers
from nurie.inference.paint import SIDES
from nurie.inference.recolor import REST, Changes, recolor
from nurie.inference.sidecar import SUFFIX, make_sidecar, read_sidecar, reopen, sidecar_path, write_sidecar

TAIL = "-recolored"
"""Between the stem of a result and its suffix, where no -o is given."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add RESULT, -o OUT, and what shall be other."""
    parser.add_argument("result", metavar="RESULT", help=f"picture by nurie, or its NAME{SUFFIX}")
    parser.add_argument("-o", "--output", metavar="OUT", help=f"file to write; default: NAME{TAIL}.png beside RESULT")
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        type=parse_hint,
        metavar="REGION=#RRGGBB",
        help="colour of a region; X,Y=#RRGGBB names it by a pixel; repeatable",
    )
    parser.add_argument(
        "--lock", type=parse_labels, default=[], metavar="LIST", help="regions to keep, such as 3,7,9-12"
    )
    parser.add_argument(
        "--reroll", type=_parse_reroll, default=[], metavar="rest|LIST", help="regions to draw anew; the rest of them"
    )
    parser.add_argument("--seed", type=natural, help="what they are drawn from; default: RESULT's plus 1")
    parser.add_argument("--palette", metavar="COLORS", help="the only colours, as for nurie color; hints are kept")
    add_shading_argument(parser, "default: as it was")
    parser.add_argument(
        "--light",
        type=_parse_light,
        metavar="left|right|SEED",
        help="side of the light, or by a seed; default: as it was",
    )
    parser.add_argument(
        "--guidance",
        type=parse_number,
        metavar="S",
        help="how strongly what is drawn anew follows what is kept, and the references; default: as it was",
    )
    parser.add_argument("--numbers", metavar="FILE", help="write a picture with the number of each region")
    parser.add_argument("--drawing", metavar="FILE", help="the drawing, if it is not where it was")
    parser.add_argument("--weights", metavar="PATH", help="folder made by `nurie export`; default: nurie's own")
    add_limit_argument(parser)


def run(args: argparse.Namespace) -> int:
    """Write the result with its changes, and the record of that; without changes, the same result again."""
    record = find_sidecar(Path(args.result))
    sidecar = read_sidecar(record)
    drawing = find_drawing(sidecar, record, args.drawing)
    target = Path(args.output) if args.output else record.with_name(f"{_stem(record)}{TAIL}{_suffix(args.result)}")
    if drawing.source is not None and target.resolve() == drawing.source.resolve():
        raise InputError(f"{target} is the drawing and would be replaced; choose another -o")
    colorizer = Colorizer(args.weights, max_pixels=args.max_pixels)
    encoded = reopen(sidecar, colorizer.networks, drawing.read(), max_pixels=args.max_pixels)
    if colorizer.networks.sha256 != sidecar.weights_sha256 and (args.reroll or colorizer.networks.paint):
        print("nurie: these are other weights than those of RESULT, so what is painted anew differs", file=sys.stderr)
    result = recolor(sidecar, encoded, _read_changes(args))
    if args.numbers:
        write_image(args.numbers, draw_numbers(result.image, result.regions))
    if args.output or not args.numbers:
        result.save(target)
        place = describe_source(drawing, target.parent)
        write_sidecar(sidecar_path(target), make_sidecar(encoded, result, drawing=place, options=sidecar.options))
        print(target)
    return 0


def _read_changes(args: argparse.Namespace) -> Changes:
    return Changes(
        colors=dict(args.set),
        lock=args.lock,
        reroll=args.reroll,
        seed=args.seed,
        palette=read_palette(args.palette) if args.palette else None,
        shading=args.shading,
        light=args.light,
        guidance=args.guidance,
    )


def _parse_light(text: str) -> int | str:
    return text if text in SIDES else natural(text)


def _parse_reroll(text: str) -> list[int] | str:
    return text if text == REST else parse_labels(text)


def _stem(record: Path) -> str:
    return record.name.removesuffix(SUFFIX).removesuffix(".json")


def _suffix(result: str) -> str:
    suffix = Path(result).suffix
    return ".png" if suffix == ".json" else suffix
