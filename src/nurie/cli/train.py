"""`nurie train`: a corpus becomes a checkpoint."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from nurie.errors import DataError, InputError, OutputError

if TYPE_CHECKING:  # torch is behind these; `nurie train --help` must not wait for it
    from nurie.data.drawings import TrainingData
    from nurie.training.checkpoint import Checkpoint
    from nurie.training.config import TrainConfig
    from nurie.training.distributed import Machine
    from nurie.training.loop import Run

EPILOG = """\
Ctrl-C saves and ends; --resume goes on from there as if nothing had happened.
Several processes: torchrun --nproc-per-node 4 --no-python nurie train DATA ...
"""

STAGES = ("simplify", "gaps", "boundary", "palette", "paint")
"""As in `nurie.training.stages`, which needs torch."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.description = (
        "Train a stage: simplify (clean lines), gaps and boundary (regions), palette (a colour for each region), "
        "paint (light and shade)."
    )
    parser.epilog = EPILOG
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("data", type=Path, metavar="DATA", help="shards, corpus, or any folder of colour pictures")
    parser.add_argument("--stage", choices=STAGES, help="what to train (default: palette)")
    parser.add_argument("--preset", metavar="P", help="settings to start from: tiny, default, ... (default: default)")
    parser.add_argument("--images", metavar="N", help="images to see, such as 2000, 20k or 1.5M")
    parser.add_argument(
        "-o", "--output", type=Path, default=Path("run"), metavar="RUN", help="folder of the run (default: run)"
    )
    start = parser.add_mutually_exclusive_group()
    start.add_argument("--resume", action="store_true", help="go on from the newest checkpoint in RUN")
    start.add_argument("--init", type=Path, metavar="CHECKPOINT", help="start from the networks of another run")
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
        help="change any other setting of the preset; may be repeated",
    )


def run(args: argparse.Namespace) -> int:
    """Train and return 0."""
    from nurie.data.drawings import read_drawings
    from nurie.training.checkpoint import load_checkpoint
    from nurie.training.distributed import join
    from nurie.training.loop import train

    origin = args.output if args.resume else args.init
    start = load_checkpoint(origin) if origin else None
    if not args.resume:
        refuse_old_run(args.output)
    config = choose_config(args, start if args.resume else None)
    corpus = read_drawings(args.data)
    refuse_test_drawings(corpus)
    with join(args.device) as machine:
        images_seen = train(make_run(args, config, machine, start), corpus)
        if machine.rank == 0:
            print(f"{images_seen} images seen; the newest checkpoint is in {args.output}")
    return 0


def choose_config(args: argparse.Namespace, resumed: Checkpoint | None) -> TrainConfig:
    """The preset, or the settings of the run that is resumed, with what the command line changes.

    Raises:
        InputError: an unknown preset or setting, or one that a resumed run cannot change.
    """
    from nurie.training.config import from_json, with_overrides
    from nurie.training.stages import find_preset

    if resumed is None:
        config = find_preset(args.stage or "palette", args.preset or "default")
    else:
        kind = type(find_preset(resumed.stage, str(resumed.config["preset"])))
        config = from_json(kind, resumed.config)
        for name in ("stage", "preset"):
            wanted, had = getattr(args, name), getattr(config, name)
            if wanted not in (None, had):
                raise InputError(f"{args.output} was started with --{name} {had}; leave --{name} out to resume it")
    return with_overrides(config, _settings(args))


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
    """Build the networks; bring them to where the run shall start."""
    from nurie.training.loop import init_run, resume_run, start_run
    from nurie.training.stages import find_stage

    stage = find_stage(config.stage).build(config, machine)
    made = start_run(stage, config, machine, args.output)
    if start is not None:
        (resume_run if args.resume else init_run)(made, start)
    return made


def _settings(args: argparse.Namespace) -> dict[str, str]:
    """Every setting that the command line names, as text."""
    settings = {}
    for text in args.set:
        key, equals, value = text.partition("=")
        if not equals:
            raise InputError(f"--set takes KEY=VALUE, got {text!r}; for example --set learning_rate=0.001")
        settings[key.strip()] = value.strip()
    for name in ("images", "batch_size", "workers", "seed"):
        if getattr(args, name) is not None:
            settings[name] = getattr(args, name)
    return settings
