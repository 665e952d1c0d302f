"""`nurie study`: people rate pictures, from folders to a report; gradients and how they agree. A task is one file."""

import argparse
from importlib import import_module
from pathlib import Path

from nurie.cli import Command

TASKS = {
    "new": Command("nurie.cli.study_new", "write the settings of a study for folders of pictures"),
    "serve": Command("nurie.cli.study_serve", "show the pictures to raters in their browsers"),
    "export": Command("nurie.cli.study_export", "write the ratings as CSV"),
    "report": Command("nurie.cli.study_report", "means, intervals, agreement and a plot"),
    "gradients": Command("nurie.cli.study_gradients", "do the branches of region correlation pull against each other?"),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the tasks, each with its options; none imports at its top what only its work needs."""
    parser.description = (
        "Let people rate what several methods made of the same drawings, without names (docs/study.md), or see "
        "whether the branches of the paper's region correlation pull against each other (docs/studies.md)."
    )
    tasks = parser.add_subparsers(dest="task", metavar="TASK", required=True)
    for name, task in TASKS.items():
        subparser = tasks.add_parser(name, help=task.help, description=task.help)
        subparser.add_argument("--debug", action="store_true", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
        import_module(task.module).add_arguments(subparser)


def run(args: argparse.Namespace) -> int:
    """Run the chosen task."""
    code: int = import_module(TASKS[args.task].module).run(args)
    return code


def add_database_argument(parser: argparse.ArgumentParser) -> None:
    """Add DB, which both tasks that read ratings have."""
    parser.add_argument("database", type=Path, metavar="DB", help="ratings.sqlite of a study, or the folder it is in")
