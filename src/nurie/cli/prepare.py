"""`nurie prepare`: any heap of pictures becomes shards to train on."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nurie.data.prepare import PrepareConfig
    from nurie.machines import Machines, Tick

LOG_SECONDS = 30.0
"""How often the bar is printed where it is no bar but lines in a log file."""

EPILOG = """\
SOURCE is a folder, a list of paths (.txt), a .zip, .cbz or .tar file, a Danbooru folder (512px/ and metadata/),
Parquet files with pictures, a folder of nurie corpus, or a generator with its seeds such as anime:0-999.
Stopped at any moment, the same command goes on, and ends with the same files.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.epilog = EPILOG
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("sources", nargs="+", metavar="SOURCE", help="where pictures are; see below")
    parser.add_argument("-o", "--out", type=Path, required=True, metavar="SHARDS", help="folder of the shards")
    _add_form(parser)
    _add_wishes(parser)
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--workers", type=int, metavar="W", help="processes (default: one a core)")
    where.add_argument("--ray", metavar="ADDRESS", help="work on a Ray cluster: host:port, or auto")


def _add_form(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("what is made")
    group.add_argument("--side", type=int, metavar="PX", help="longer side of what is stored (default: 256)")
    group.add_argument("--min-side", type=int, metavar="PX", help="least shorter side of a picture (default: 128)")
    group.add_argument("--lines", type=_words, metavar="KIND,...", help="kinds of lines (default: xdog,soft)")
    group.add_argument("--regions", metavar="METHOD", help="how regions are found (default: as when coloring)")
    group.add_argument("--color-format", metavar="F", help="webp, jpg or png (default: webp)")
    group.add_argument("--shard-size", type=int, metavar="N", help="samples of a shard (default: 1000)")
    group.add_argument("--val", type=float, metavar="SHARE", help="share for validation (default: 0.02)")
    group.add_argument("--test", type=float, metavar="SHARE", help="share for tests (default: 0.02)")
    group.add_argument("--no-filters", dest="filters", action="store_const", const=False, help="keep photos and gray")


def _add_wishes(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("what is known of the pictures, and which ones of Danbooru's are wanted")
    group.add_argument("--license", metavar="TEXT", help="of pictures whose source does not say (default: unknown)")
    group.add_argument("--author", metavar="TEXT", help="likewise")
    group.add_argument("--rating", dest="ratings", type=_words, metavar="R,...", help="first letters, such as g,s")
    group.add_argument("--min-score", type=int, metavar="N")
    group.add_argument("--tags", type=_words, metavar="TAG,...", help="all of these")
    group.add_argument(
        "--without-tags", type=_words, metavar="TAG,...", help="none of these (default: monochrome,greyscale,comic)"
    )
    group.add_argument("--min-size", type=int, metavar="PX", help="shorter side of the original")


def run(args: argparse.Namespace) -> int:
    """Prepare the shards.

    Raises:
        NurieError: an option, a source, the folder or the installation is not as it must be.
    """
    from nurie.data.prepare import prepare

    outcome = prepare(make_config(args), args.out, choose_machines(args), show_progress)
    rejected = ", ".join(f"{count} {reason}" for reason, count in outcome.rejected.items())
    print(f"{args.out} has {outcome.kept} drawings{f'; rejected: {rejected}' if rejected else ''}")
    print(f"each picture has a line in {args.out / 'manifest.jsonl'}; see {args.out / 'data-card.md'}")
    return 0


def make_config(args: argparse.Namespace) -> PrepareConfig:
    """The defaults with what the command line says.

    Raises:
        InputError: a setting that makes no sense.
    """
    from dataclasses import fields

    from nurie.data.inputs import Wishes
    from nurie.data.prepare import PrepareConfig

    given = {name: value for name, value in vars(args).items() if value is not None}
    wishes = Wishes(**{field.name: given[field.name] for field in fields(Wishes) if field.name in given})
    names = {field.name for field in fields(PrepareConfig)} & set(given) - {"sources"}
    return PrepareConfig(sources=tuple(args.sources), wishes=wishes, **{name: given[name] for name in names})


def choose_machines(args: argparse.Namespace) -> Machines:
    """Processes of this computer, or a cluster.

    Raises:
        InputError: no worker.
        MissingExtraError: Ray is not installed.
    """
    from nurie.machines.processes import Processes

    if args.ray is not None:
        from nurie.machines.cluster import RayCluster

        return RayCluster(args.ray)
    return Processes(args.workers if args.workers is not None else os.cpu_count() or 1)


@contextmanager
def show_progress(what: str, there: int, total: int | None) -> Iterator[Tick]:
    """A bar with rate and time left."""
    from tqdm import tqdm

    seconds = 0.2 if sys.stderr.isatty() else LOG_SECONDS
    with tqdm(desc=what, initial=there, total=total, unit=" pictures", mininterval=seconds, file=sys.stderr) as bar:
        yield bar.update


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip())
