"""`nurie demo`: the examples, coloured."""

import argparse
from pathlib import Path

from nurie.cli.color import add_color_arguments
from nurie.cli.pages import number_path
from nurie.errors import InputError, OutputError
from nurie.images import read_color, write_image
from nurie.inference import Colorizer
from nurie.inference.contact_sheet import contact_sheet

PACKAGE = Path(__file__).parents[1]
EXAMPLE_FOLDERS = (PACKAGE / "examples", PACKAGE.parents[1] / "examples")
"""In an installed package, and in a working copy of the project."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add -o DIR, -n, --seed and --weights."""
    parser.add_argument("-o", "--output", default="nurie-demo", metavar="DIR", help="default: %(default)s")
    add_color_arguments(parser, default_n=3)


def run(args: argparse.Namespace) -> int:
    """Colour the examples, lay all on one sheet, and print where the pictures are."""
    colorizer = Colorizer(args.weights)
    examples = find_examples()
    out = Path(args.output)
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"the folder {out} cannot be made: {error.strerror or error}") from None
    rows = []
    for example in examples:
        row = [read_color(example)]
        for number, result in enumerate(colorizer.iterate(example, args.n, args.seed), 1):
            target = number_path(out / example.name, number, args.n)
            result.save(target)
            row.append(result.image)
            print(target, flush=True)
        rows.append(row)
    write_image(out / "sheet.png", contact_sheet(rows))
    print(f"All on one sheet: {out / 'sheet.png'}")
    return 0


def find_examples() -> list[Path]:
    """The example drawings, in order of name.

    Raises:
        InputError: this installation has none.
    """
    for folder in EXAMPLE_FOLDERS:
        found = sorted(folder.glob("*.png"))
        if found:
            return found
    raise InputError("this installation has no examples; use `nurie color` with a drawing of yours")
