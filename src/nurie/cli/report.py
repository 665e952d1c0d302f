"""`nurie report`: a run of training as one page."""

import argparse
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.description = (
        "Write one HTML file with the curves, the sheets over time, the numbers and the settings of a run of training. "
        "It needs no network and no other file; while the run goes on it shows what is there so far."
    )
    parser.add_argument("run", type=Path, metavar="RUN", help="folder of the run")
    parser.add_argument(
        "-o", "--output", type=Path, metavar="FILE", help="where to write it (default: RUN/report.html)"
    )


def run(args: argparse.Namespace) -> int:
    """Write the page and return 0."""
    from nurie.training.report import write_report

    target: Path = args.output or args.run / "report.html"
    write_report(args.run, target)
    print(target)
    return 0
