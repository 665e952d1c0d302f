"""`nurie tables`: train every row of the paper's tables at one budget, score it, write it down."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from nurie.errors import InputError

if TYPE_CHECKING:
    from nurie.data.drawings import Drawings
    from nurie.tables.settings import TableSettings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.description = (
        "Train and score the rows of Tables I-IV: every row at the same budget on the same drawings. "
        "Rows that are done are not done again."
    )
    parser.add_argument("tables", type=int, nargs="+", metavar="TABLE", help="1, 2, 3, 4")
    parser.add_argument("--budget", metavar="IMAGES", help="images that each row sees, such as 2000 or 1M; or tiny")
    parser.add_argument("--seeds", type=int, default=2, metavar="N", help="seeds of each row (default: 2)")
    parser.add_argument(
        "--preset", metavar="NAME", help="size of networks and pictures: tiny, cpu, paper (default: cpu)"
    )
    parser.add_argument("--data", type=Path, metavar="DIR", help="drawings to learn from (default: draw some)")
    parser.add_argument("--testsets", type=Path, metavar="DIR", help="built by nurie testsets (default: build them)")
    parser.add_argument("--training", type=int, metavar="N", help="learn from the first N drawings only")
    parser.add_argument("--tested", type=int, metavar="N", help="pictures of each test set")
    parser.add_argument("-o", "--output", type=Path, default=Path("tables"), metavar="DIR", help="(default: tables)")
    parser.add_argument(
        "--device", choices=("auto", "cpu", "cuda"), default="auto", help="where to compute (default: auto)"
    )


def run(args: argparse.Namespace) -> int:
    """Train, score, write the tables.

    Raises:
        NurieError: a folder, an option or a pretrained network cannot be used.
    """
    from nurie.tables.report import write_table
    from nurie.tables.rows import FLATTENED, RANDOM
    from nurie.tables.run import open_tables, rows_of, run_painters, run_rows
    from nurie.training.distributed import join

    if args.seeds < 1:
        raise InputError(f"--seeds must be at least 1, got {args.seeds}")
    settings = choose_settings(args)
    names = rows_of(args.tables)
    tables = open_tables(
        args.output, training_data(args.data, settings), test_data(args, settings), settings, told=_tell
    )
    run_painters(tables, _say, (RANDOM, FLATTENED))  # every other FID is measured by theirs
    with join(args.device) as machine:
        run_rows(tables, names, args.seeds, machine, _say)
    run_painters(tables, _say)
    for number in args.tables:
        print(write_table(tables, number, args.seeds))
    return 0


def choose_settings(args: argparse.Namespace) -> TableSettings:
    """The preset with what the command line changes; `--budget tiny` is the tiny preset.

    Raises:
        InputError: a number cannot be used.
    """
    from dataclasses import replace

    from nurie.tables.settings import PRESETS
    from nurie.training.settings import parse_count

    tiny = args.budget == "tiny"
    if tiny and args.preset not in (None, "tiny"):
        raise InputError(f"--budget tiny goes with its own preset; leave --preset {args.preset} out")
    preset = "tiny" if tiny else args.preset or "cpu"
    if preset not in PRESETS:
        raise InputError(f"unknown preset {preset!r}; choose from {', '.join(PRESETS)}")
    settings = PRESETS[preset]
    changes = {name: value for name in ("training", "tested") if (value := getattr(args, name)) is not None}
    if args.budget and not tiny:
        changes["images"] = parse_count(args.budget)
    return replace(settings, **changes)


def training_data(folder: Path | None, settings: TableSettings) -> Drawings:
    """The drawings of a folder, or procedural ones drawn when they are asked for.

    Raises:
        DataError: the folder has nothing that can be used, or drawings that are for tests.
    """
    from nurie.cli.train import refuse_test_drawings
    from nurie.data.drawings import read_drawings
    from nurie.tables.drawn import DrawnCorpus

    if folder is None:
        return DrawnCorpus(settings.training)
    corpus = read_drawings(folder)
    refuse_test_drawings(corpus)
    return corpus


def test_data(args: argparse.Namespace, settings: TableSettings) -> Path:
    """The folder of test sets; without one it is built beside the runs, as large as it need be."""
    from nurie.evaluation.testset_build import build_testsets
    from nurie.evaluation.testsets import LIST, SETS

    if args.testsets is not None:
        folder: Path = args.testsets
        return folder
    folder = args.output / "testsets"
    if not all((folder / name / LIST).is_file() for name in SETS):
        _say("building test sets from packages")
        build_testsets(folder, count=settings.tested, lines=settings.tested)
    return folder


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _tell(name: str, done: int, total: int) -> None:
    if done == total or done % 100 == 0:
        _say(f"preparing {name}: {done} of {total}")
