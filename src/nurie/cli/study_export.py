"""`nurie study export`: ratings as CSV."""

import argparse
from pathlib import Path

from nurie.cli.study import add_database_argument


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add DB and -o."""
    add_database_argument(parser)
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE", help="CSV to write")


def run(args: argparse.Namespace) -> int:
    """Write a row for each number chosen; the study may be going on."""
    from nurie.evaluation.study.export import ratings_as_csv
    from nurie.evaluation.study.ratings import read_ratings
    from nurie.images import replace_file

    ratings = read_ratings(args.database)
    replace_file(args.output, ratings_as_csv(ratings).encode())
    print(f"{args.output}: {len(ratings.answers)} answers of {len(ratings.raters)} raters")
    return 0
