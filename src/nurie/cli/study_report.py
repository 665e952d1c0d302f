"""`nurie study report`: means, intervals, agreement, and a plot."""

import argparse
from pathlib import Path

from nurie.cli.study import add_database_argument
from nurie.errors import OutputError

PLOT = "means.png"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add DB, -o and --seed."""
    add_database_argument(parser)
    parser.add_argument("-o", "--output", type=Path, metavar="DIR", help="write report.md, CSV files and a plot there")
    parser.add_argument("--seed", type=int, default=0, help="of the resampling; default: %(default)s")


def run(args: argparse.Namespace) -> int:
    """Compute and print the report, and write its files; the study may be going on."""
    from nurie.evaluation.study import report as reports
    from nurie.evaluation.study.export import ratings_as_csv
    from nurie.evaluation.study.plot import plot_means
    from nurie.evaluation.study.ratings import read_ratings
    from nurie.images import replace_file

    ratings = read_ratings(args.database)
    report = reports.make_report(ratings, seed=args.seed)
    text = reports.report_as_markdown(report, PLOT)
    print(text)
    if args.output:
        try:
            args.output.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError(f"cannot make the folder {args.output}: {error.strerror}") from error
        replace_file(args.output / PLOT, plot_means(report))
        tables = {
            "means.csv": reports.means_as_csv(report),
            "differences.csv": reports.differences_as_csv(report),
            "raters.csv": reports.raters_as_csv(report),
            "ratings.csv": ratings_as_csv(ratings),
            "report.md": text,
        }
        for name, table in tables.items():
            replace_file(args.output / name, table.encode())
    return 0
