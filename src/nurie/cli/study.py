"""`nurie study`: the paper's studies. A study is one file and one line in `STUDIES`."""

import argparse
from importlib import import_module

from nurie.cli import Command

STUDIES = {
    "gradients": Command("nurie.cli.study_gradients", "do the branches of region correlation pull against each other?"),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the studies with their options."""
    parser.description = "Run one of the paper's studies."
    studies = parser.add_subparsers(dest="study", metavar="STUDY", required=True)
    for name, study in STUDIES.items():
        import_module(study.module).add_arguments(studies.add_parser(name, help=study.help, description=study.help))


def run(args: argparse.Namespace) -> int:
    """Run the chosen study.

    Raises:
        NurieError: see the study.
    """
    code: int = import_module(STUDIES[args.study].module).run(args)
    return code
