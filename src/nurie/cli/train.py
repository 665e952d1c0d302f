"""`nurie train`: a corpus becomes a checkpoint."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from nurie.cli.train_settings import choose_config, write_config
from nurie.errors import DataError, DivergedError, InputError, LostProcessError, NurieError, OutputError

if TYPE_CHECKING:  # torch is behind these; `nurie train --help` must not wait for it
    from nurie.data.drawings import TrainingData
    from nurie.training.checkpoint import Checkpoint
    from nurie.training.config import TrainConfig
    from nurie.training.distributed import Machine
    from nurie.training.loop import Run

EPILOG = """\
Ctrl-C saves and ends; --resume goes on from there as if nothing had happened.
Several processes: torchrun --nproc-per-node 4 --no-python nurie train DATA ...
Settings: the preset, then --config, then --set and the options here. RUN/config.toml has all of a run.
"""

STAGES = ("simplify", "gaps", "boundary", "palette", "steps", "paint")
"""As in `nurie.training.stages`, which needs torch."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.description = (
        "Train a stage: simplify (clean lines), gaps and boundary (regions), palette (a colour for each region), "
        "steps (the same colours in 4 steps), paint (light and shade)."
    )
    parser.epilog = EPILOG
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument(
        "data", type=Path, nargs="?", metavar="DATA", help="shards, corpus, or any folder of colour pictures"
    )
    parser.add_argument("--stage", choices=STAGES, help="what to train (default: palette)")
    parser.add_argument("--preset", metavar="P", help="settings to start from: tiny, default, ... (default: default)")
    parser.add_argument("--config", type=Path, metavar="FILE", help="settings in a TOML file, such as RUN/config.toml")
    parser.add_argument("--images", metavar="N", help="images to see, such as 2000, 20k or 1.5M")
    parser.add_argument(
        "-o", "--output", type=Path, default=Path("run"), metavar="RUN", help="folder of the run (default: run)"
    )
    start = parser.add_mutually_exclusive_group()
    start.add_argument("--resume", action="store_true", help="go on from the newest checkpoint in RUN")
    start.add_argument("--init", type=Path, metavar="CHECKPOINT", help="start from the networks of another run")
    start.add_argument(
        "--dry-run", action="store_true", help="print model, work, memory and schedule, and train nothing"
    )
    parser.add_argument(
        "--restarts", type=int, default=0, metavar="N", help="go on by itself after it died, at most so often (0)"
    )
    parser.add_argument("--batch-size", metavar="N", help="images of one step, over all processes")
    parser.add_argument("--workers", metavar="N", help="processes that prepare drawings")
    parser.add_argument("--seed", metavar="N", help="all that is random follows from it")
    parser.add_argument(
        "--device", choices=("auto", "cpu", "cuda"), default="auto", help="where to compute (default: auto)"
    )
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="KEY=VALUE",
        help="change any other setting of the preset, or network.KEY=VALUE of its network; may be repeated",
    )


def run(args: argparse.Namespace) -> int:
    """Train and return 0."""
    from nurie.training.restarts import child_command, keep_going

    if args.restarts < 0:
        raise InputError(f"--restarts must not be negative, got {args.restarts}")
    if args.restarts and _rank_and_world()[1] > 1:
        raise InputError("--restarts is for one process; with several, give torchrun --max-restarts N")
    if args.dry_run:
        return plan(args)
    if args.data is None:
        raise InputError("there is no DATA to train on; only --dry-run goes without")
    if args.restarts:
        return keep_going(
            child_command(args.argv), args.restarts, lambda text: print(f"nurie: {text}", file=sys.stderr)
        )
    try:
        return run_training(args)
    except NurieError as error:
        if is_said_by_another(error, _rank_and_world()[0]):
            raise SystemExit(1) from error
        raise


def run_training(args: argparse.Namespace) -> int:
    """Train in this process."""
    from nurie.data.drawings import read_drawings
    from nurie.training.distributed import join
    from nurie.training.loop import train
    from nurie.training.restarts import restart_count

    if restart_count() and any(args.output.glob("checkpoint-*")):
        args.resume, args.init = True, None
    start = find_start(args)
    if not args.resume:
        refuse_old_run(args.output)
    config = choose_config(args, start if args.resume else None)
    corpus = read_drawings(args.data)
    refuse_test_drawings(corpus)
    with join(args.device) as machine:
        made = make_run(args, config, machine, start)
        if machine.rank == 0:
            write_config(args.output, config)
        images_seen = train(made, corpus)
        if machine.rank == 0:
            print(f"{images_seen} images seen; the newest checkpoint is in {args.output}")
    return 0


def plan(args: argparse.Namespace) -> int:
    """Print what a run would be."""
    from nurie.data.drawings import read_drawings
    from nurie.training.distributed import join
    from nurie.training.dry_run import describe

    config = choose_config(args, None)
    corpus = read_drawings(args.data) if args.data else None
    if corpus is not None:
        refuse_test_drawings(corpus)
    with join(args.device) as machine:
        text = describe(config, machine, corpus)
        if machine.rank == 0:
            print(text)
    return 0


def find_start(args: argparse.Namespace) -> Checkpoint | None:
    """The checkpoint to go on or to start from.

    Raises:
        WeightsError: there is none, or it is damaged.
    """
    from nurie.training.checkpoint import find_checkpoint, load_checkpoint, newest_whole

    if not args.resume:
        return load_checkpoint(args.init) if args.init else None
    found = newest_whole(args.output)
    if found.path != find_checkpoint(args.output):
        print(f"nurie: {find_checkpoint(args.output)} is damaged; going on from {found.path.name}", file=sys.stderr)
    return found


def is_said_by_another(error: NurieError, rank: int) -> bool:
    """Whether another process prints this error, so that one line is enough."""
    return (isinstance(error, DivergedError) and rank > 0) or (isinstance(error, LostProcessError) and rank > 1)


def _rank_and_world() -> tuple[int, int]:
    """As torchrun says."""
    return int(os.environ.get("RANK", "0")), int(os.environ.get("WORLD_SIZE", "1"))


def refuse_old_run(directory: Path) -> None:
    """Never mix two runs in one folder.

    Raises:
        OutputError: there is a checkpoint already.
    """
    if any(directory.glob("checkpoint-*")):
        raise OutputError(f"{directory} holds a run already; go on with --resume, or choose another folder with -o")


def refuse_test_drawings(corpus: TrainingData) -> None:
    """What we test on is never trained on.

    Raises:
        DataError: the corpus has drawings with test seeds.
    """
    if corpus.test_names:
        raise DataError(
            f"{corpus.directory} has {len(corpus.test_names)} drawings for tests, such as {corpus.test_names[0]}; "
            "train on a corpus of lower seeds"
        )


def make_run(args: argparse.Namespace, config: TrainConfig, machine: Machine, start: Checkpoint | None) -> Run:
    """Build the networks; bring them to where the run shall start.

    Raises:
        InputError: the stage goes on from another one, and there is no start.
    """
    from nurie.training.loop import init_run, resume_run, start_run
    from nurie.training.stages import find_stage

    kind = find_stage(config.stage)
    sources = [source for source in kind.copies.values() if source]
    if sources and start is None:
        raise InputError(
            f"the {config.stage} stage goes on from a trained {sources[0]} network; give its checkpoint with --init"
        )
    made = start_run(kind.build(config, machine), config, machine, args.output)
    if args.resume and start is not None:
        resume_run(made, start)
    elif start is not None:
        init_run(made, start, kind.copies)
    return made
