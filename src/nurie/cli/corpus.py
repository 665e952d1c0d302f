"""`nurie corpus`: draw a corpus to train or test on."""

import argparse
import os
import sys
from pathlib import Path

HELP = "draw a corpus: color pictures with their true lines and regions"

SHEET_DRAWINGS = 24
"""Drawings that the contact sheet shows."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `nurie corpus` understands."""
    parser.add_argument(
        "source", metavar="SOURCE", help="what to draw: anime, characters, world, lit, icons, dicebear, scenes"
    )
    parser.add_argument("--count", type=int, default=1000, metavar="N", help="number of drawings (default: 1000)")
    parser.add_argument(
        "--seed",
        type=int,
        default=0,
        metavar="S",
        help="seed of the first drawing (default: 0); from 900000 on they are for tests only",
    )
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        required=True,
        metavar="DIR",
        help="the corpus; drawings that are there already are kept",
    )
    parser.add_argument("--workers", type=int, metavar="W", help="processes that draw (default: one a core)")
    parser.add_argument("--side", type=int, default=256, metavar="PX", help="side of the drawings (default: 256)")


def run(args: argparse.Namespace) -> int:
    """Draw the corpus, and `contact-sheet.png` of its first drawings.

    Raises:
        NurieError: an option, the folder or the installation is not as it must be.
    """
    from nurie.data.contact_sheet import contact_sheet
    from nurie.data.corpus import drawing_name, read_corpus, write_corpus
    from nurie.errors import InputError, MissingExtraError
    from nurie.images import write_image

    try:
        from tqdm import tqdm
    except ImportError as error:
        raise MissingExtraError("nurie corpus needs tqdm; run `pip install nurie[corpus]`") from error

    if args.count < 1:
        raise InputError(f"--count must be at least 1, got {args.count}")
    seeds = range(args.seed, args.seed + args.count)
    workers = args.workers if args.workers is not None else os.cpu_count() or 1
    write_corpus(
        args.output,
        args.source,
        seeds,
        workers=min(workers, args.count),
        side=args.side,
        progress=lambda names: tqdm(names, total=args.count, unit="drawing", file=sys.stderr),
    )
    corpus = read_corpus(args.output)
    shown = [corpus.load(drawing_name(args.source, seed)) for seed in seeds[:SHEET_DRAWINGS]]
    write_image(args.output / "contact-sheet.png", contact_sheet(shown))
    print(f"{args.output} has {len(corpus.names)} drawings; see {args.output / 'contact-sheet.png'}")
    return 0
