"""`nurie testsets`: build the test sets A, B and C of the tables."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from nurie.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nurie.evaluation.testsets import TestPicture

COUNT = 200


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.description = (
        "Build the test sets of the tables: A synthetic (true lines and XDoG), B real line art with colors, "
        "C real art and real line drawings. Each gets a card."
    )
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="DIR", help="folder for A, B and C")
    parser.add_argument(
        "--from",
        dest="art",
        type=Path,
        metavar="DIR",
        help="folder with pairs_openmoji, anime_ops and line_* (default: draw B and C from packages)",
    )
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="NAME=DIR",
        help="take a set from a folder of your own: pairs in sketch/ and color/, or color pictures, or sketches",
    )
    parser.add_argument("--count", type=int, default=COUNT, metavar="N", help=f"drawings of set A (default: {COUNT})")


def run(args: argparse.Namespace) -> int:
    """Build and say what there is.

    Raises:
        NurieError: a folder or an option cannot be used.
    """
    from nurie.evaluation.testset_build import build_testsets

    sizes = build_testsets(args.output, art=args.art, own=read_own_sets(args.set), count=args.count, progress=_with_bar)
    for name, size in sizes.items():
        print(f"{args.output / name}  {size} drawings; see {args.output / name / 'card.md'}")
    return 0


def read_own_sets(settings: list[str]) -> dict[str, Path]:
    """Read `A=DIR` and the like.

    Raises:
        InputError: there is no `=`.
    """
    own = {}
    for text in settings:
        name, equals, folder = text.partition("=")
        if not equals:
            raise InputError(f"--set takes NAME=DIR, got {text!r}; for example --set B=my-pairs")
        own[name.strip()] = Path(folder.strip())
    return own


def _with_bar(name: str, pictures: Iterable[TestPicture]) -> Iterable[TestPicture]:
    from tqdm import tqdm

    shown: Iterable[TestPicture] = tqdm(pictures, desc=name, unit="drawing", file=sys.stderr, disable=None)
    return shown
