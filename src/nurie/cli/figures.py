"""`nurie figures`: the figures of the paper from the runs that `nurie tables` made."""

from __future__ import annotations

import argparse
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.description = (
        "Draw figures of the paper from a folder of table runs: 7 ablations, 8 many colorings and the way from one to "
        "another, 9 kinds of region maps, 10 patches, 13 gradients of the branches (which trains a little)."
    )
    parser.add_argument("figures", type=int, nargs="+", metavar="FIGURE", help="7, 8, 9, 10, 13")
    parser.add_argument("--runs", type=Path, default=Path("tables"), metavar="DIR", help="output of nurie tables")
    parser.add_argument("-o", "--output", type=Path, metavar="DIR", help="where to (default: the folder of the runs)")
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="which run of each row (default: 0)")
    parser.add_argument(
        "--device", choices=("auto", "cpu", "cuda"), default="auto", help="where to compute (default: auto)"
    )


def run(args: argparse.Namespace) -> int:
    """Draw them and say where they are.

    Raises:
        NurieError: there are no runs, or a row that a figure shows is not done.
    """
    from nurie.tables.figures import Figures, draw_figure
    from nurie.tables.run import reopen_tables
    from nurie.training.distributed import join

    with join(args.device) as machine:
        figures = Figures(args.output or args.runs, reopen_tables(args.runs), machine, args.seed)
        for number in args.figures:
            print(draw_figure(number, figures))
    return 0
