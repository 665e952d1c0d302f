"""`nurie study gradients`: section IV-G of the paper, Figs. 11 to 13."""

from __future__ import annotations

import argparse
from pathlib import Path

BUDGETS = ("tiny", "small", "paper")
"""As in `nurie.training.gradient_study`, which needs torch."""

STRUCTURES = ("plain", "skip", "skip_sga")
"""As there."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of the study."""
    parser.add_argument("data", type=Path, metavar="DATA", help="corpus, shards, or any folder of colour pictures")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="DIR", help="table and figures go there")
    parser.add_argument(
        "--budget", choices=BUDGETS, default="small", help="seconds, minutes, or the paper's size (default: small)"
    )
    parser.add_argument(
        "--structures", nargs="+", choices=STRUCTURES, default=list(STRUCTURES), help="which (default: all)"
    )
    parser.add_argument(
        "--device", choices=("auto", "cpu", "cuda"), default="auto", help="where to compute (default: auto)"
    )


def run(args: argparse.Namespace) -> int:
    """Train, count, print the summary, and write table and figures.

    Raises:
        NurieError: the drawings cannot be used, the folder cannot be written, or training diverged.
    """
    from dataclasses import asdict

    from tqdm import tqdm

    from nurie.cli.train import refuse_test_drawings
    from nurie.data.drawings import read_drawings
    from nurie.evaluation.protocols import make_folder, write_result
    from nurie.training.distributed import join
    from nurie.training.gradient_plots import plot_all, summary_table, write_csv
    from nurie.training.gradient_study import BUDGETS as SIZES
    from nurie.training.gradient_study import study, summarize

    budget, drawings = SIZES[args.budget], read_drawings(args.data)
    refuse_test_drawings(drawings)
    make_folder(args.output)
    with join(args.device) as machine:
        running = study(budget, drawings, machine, args.structures)
        found = list(tqdm(running, unit="histogram", disable=None))
    summary = summarize(found)
    table = summary_table(summary)
    print(table)
    write_csv(args.output / "gradients.csv", found)
    rows = [
        {"structure": structure, "branch": branch, "mean": mean, "against": against}
        for (structure, branch), (mean, against) in summary.items()
    ]
    write_result(args.output / "gradients.json", {"budget": asdict(budget), "summary": rows})
    for path in plot_all(args.output, found):
        print(path)
    return 0
