"""`nurie evaluate characters`: does a character keep its colours from one drawing to the next?"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from nurie.cli.look import parse_number
from nurie.errors import InputError

if TYPE_CHECKING:  # torch is behind these; the other commands must not wait for it
    from collections.abc import Iterator, Mapping

    from nurie.arrays import Image
    from nurie.data.corpus import Corpus
    from nurie.evaluation.characters import Method, Pair
    from nurie.evaluation.sheets import AnyPicture
    from nurie.inference import Colorizer

SHEET_CHARACTERS = 8


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of the task."""
    parser.add_argument(
        "corpus", type=Path, metavar="CORPUS", help="folder of `nurie corpus characters`, of seeds that are held out"
    )
    parser.add_argument("--weights", type=Path, metavar="DIR", help="model to score (default: the shipped one)")
    parser.add_argument("--seed", type=int, default=0, help="of the first pair (default: 0)")
    parser.add_argument("--count", type=int, metavar="N", help="score the first N characters only")
    parser.add_argument(
        "--guidance", type=parse_number, nargs="+", default=[1.0], metavar="S", help="of the network (default: 1)"
    )
    parser.add_argument(
        "--from-pictures",
        action="store_true",
        help="references are colored pictures whose lines must be found, not earlier results",
    )
    parser.add_argument("-o", "--output", type=Path, metavar="DIR", help="write characters.json, .md and .png there")


def run(args: argparse.Namespace) -> int:
    """Colour, score, print, and write files if an output is named.

    Raises:
        NurieError: the corpus or the weights cannot be used.
    """
    from nurie.data.corpus import read_corpus
    from nurie.evaluation.characters import make_methods, score_characters
    from nurie.evaluation.report import errors_as_markdown
    from nurie.inference import Colorizer

    corpus, colorizer = read_corpus(args.corpus), Colorizer(args.weights)
    casts = _find_casts(corpus, args.count)
    methods = make_methods(colorizer, args.guidance)
    errors = score_characters(_pairs(casts, corpus, colorizer, args), methods)
    table = errors_as_markdown(errors) + "\n"
    print(table, end="")
    if args.output:
        from dataclasses import asdict

        from nurie.evaluation.protocols import PROTOCOLS, describe_run, make_folder, write_result
        from nurie.images import replace_file, write_image

        make_folder(args.output)
        result = describe_run(PROTOCOLS["characters"], seed=args.seed, networks=()) | {
            "model": colorizer.networks.sha256,
            "characters": len(casts),
            "pairs": sum(len(cast) * (len(cast) - 1) for cast in casts),
            "references": "pictures" if args.from_pictures else "results",
            "errors": {name: {group: asdict(error) for group, error in row.items()} for name, row in errors.items()},
        }
        write_result(args.output / "characters.json", result)
        replace_file(args.output / "characters.md", table.encode())
        first = [cast[:2] for cast in casts[:SHEET_CHARACTERS]]
        write_image(args.output / "characters.png", _sheet(first, corpus, colorizer, methods, args))
    return 0


def _find_casts(corpus: Corpus, count: int | None) -> list[tuple[str, ...]]:
    """The drawings of each character that is drawn more than once, by name."""
    if count is not None and count < 1:
        raise InputError(f"--count must be at least 1, got {count}")
    casts = dict.fromkeys(tuple(sorted((name, *corpus.siblings(name)))) for name in sorted(corpus.names))
    found = [cast for cast in casts if len(cast) > 1][:count]
    if not found:
        raise InputError(
            "no character is drawn twice there; make drawings with nurie corpus characters --seed 900000 -o CORPUS"
        )
    return found


def _pairs(
    casts: list[tuple[str, ...]], corpus: Corpus, colorizer: Colorizer, args: argparse.Namespace
) -> Iterator[Pair]:
    """The pairs of all characters; one character is in memory at a time."""
    from tqdm import tqdm

    from nurie.evaluation.characters import pair_drawings

    seed = args.seed
    for cast in tqdm(casts, desc="characters", disable=None):
        drawings = [corpus.load(name) for name in cast]
        pairs = pair_drawings(colorizer, drawings, character=cast, seed=seed, pictures=args.from_pictures)
        yield from pairs
        seed += len(pairs)


def _sheet(
    casts: list[tuple[str, ...]],
    corpus: Corpus,
    colorizer: Colorizer,
    methods: Mapping[str, Method],
    args: argparse.Namespace,
) -> Image:
    """Show what was scored: a column for each character, its reference above."""
    from nurie.evaluation.sheets import contact_sheet
    from nurie.regions.flats import compose

    pairs = list(_pairs(casts, corpus, colorizer, args))[::2]  # not the way back
    rows: dict[str, list[AnyPicture]] = {
        "reference": [corpus.load(cast[1]).color for cast in casts],
        "sketch": [pair.drawing.sketch for pair in pairs],
        "truth": [pair.drawing.color for pair in pairs],
    }
    for name, method in methods.items():
        rows[name] = [compose(method(pair), pair.drawing.sketch) for pair in pairs]
    return contact_sheet(rows)
