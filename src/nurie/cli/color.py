"""`nurie color`: line drawings -> coloured pictures."""

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import cv2

from nurie.cli.batch import Batch, count_workers
from nurie.cli.books import collect_book
from nurie.cli.look import add_look_arguments, add_pick_argument, describe_look, read_look
from nurie.cli.page_work import make_work, warm_up
from nurie.cli.pages import WRITABLE, PagePainter, PageSettings, check_targets
from nurie.cli.paths import PIPE, add_limit_argument, add_path_arguments, plan_jobs
from nurie.errors import InputError
from nurie.inference import Colorizer
from nurie.inference.layers import GROUPINGS
from nurie.machines import Machines
from nurie.machines.processes import Processes

FORMATS = ("png", "webp", "tif", "jpg", "psd", "ora")

BOOK = ".cbz"
"""Suffix of OUT that makes all results the pages of one book."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add INPUT..., -o OUT, -r, and how many pictures of what kind."""
    add_path_arguments(parser)
    add_limit_argument(parser)
    add_page_arguments(parser)
    parser.add_argument(
        "--resume", action="store_true", help="leave out what is there, newer than its drawing, with the same options"
    )
    where = parser.add_mutually_exclusive_group()
    where.add_argument("-j", "--jobs", type=positive, metavar="N", help="pictures at once; default: as cores allow")
    where.add_argument("--ray", metavar="ADDRESS", help="work on a Ray cluster: host:port, or auto")
    add_color_arguments(parser, default_n=1)
    add_look_arguments(parser)
    add_pick_argument(parser)
    parser.add_argument("--regions", metavar="FILE", help="regions of your own: labels, flat colors, PSD or ORA")


def add_page_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what is asked of files and folders: -f, --layers-by, --one-look, --all, --no-sidecar."""
    parser.add_argument("-f", "--format", choices=FORMATS, help="of results in a folder or pipe; default: png")
    parser.add_argument(
        "--layers-by", choices=GROUPINGS, default=GROUPINGS[0], help="layers of psd and ora; default: %(default)s"
    )
    parser.add_argument("--one-look", action="store_true", help="color all like the first page, or like --like")
    parser.add_argument("--all", action="store_true", help="color pages of folders and books that are in color already")
    parser.add_argument(
        "--no-sidecar", action="store_true", help="write no NAME.nurie.json, from which nurie recolor goes on"
    )


def add_color_arguments(parser: argparse.ArgumentParser, *, default_n: int) -> None:
    """Add -n, --seed and --weights."""
    parser.add_argument(
        "-n",
        type=positive,
        default=default_n,
        metavar="N",
        help="pictures of each drawing, named NAME-1, NAME-2, ... if more than one; default: %(default)s",
    )
    parser.add_argument("--seed", type=natural, default=0, help="same seed, same pictures; default: %(default)s")
    parser.add_argument("--weights", metavar="PATH", help="folder made by `nurie export`; default: nurie's own")


def run(args: argparse.Namespace) -> int:
    """Colour every input; what could not be coloured is listed at the end."""
    _check(args)
    suffix = f".{args.format or FORMATS[0]}"
    with _open_output(args) as (output, book):
        jobs = plan_jobs(args.inputs, output, recursive=args.recursive, suffix=suffix, books=True)
        if args.regions and len(jobs) > 1:
            raise InputError(f"--regions {args.regions} belongs to one drawing, not to {len(jobs)}; color it alone")
        check_targets(jobs, args.n)
        machines, workers = _choose_machines(args, len(jobs))
        colorizer = open_colorizer(args, workers)
        settings = page_settings(args, suffix=suffix, resume=args.resume, book=book)
        look = read_look(args, colorizer)
        if look.pick and look.pick[0].weights_sha256 != colorizer.networks.sha256:
            print("nurie: these are other weights than those of the sheet, so the colors differ", file=sys.stderr)
        painter = PagePainter(colorizer, look, settings)
        batch = Batch(jobs, args.debug)
        batch.do_here(painter, lambda job: painter.needs_first() or job.is_piped)
        if workers > 1:
            warm_up(colorizer)
        batch.do_on(machines, make_work(colorizer, args.weights, painter.look, settings))
        return batch.finish()


def _choose_machines(args: argparse.Namespace, num_jobs: int) -> tuple[Machines, int]:
    """Where pictures are coloured, and how many at once on this computer."""
    if args.ray is not None:
        from nurie.machines.cluster import RayCluster

        return RayCluster(args.ray), 1
    # A process cannot hand over where in it an error arose.
    workers = 1 if args.debug else count_workers(args.jobs, num_jobs)
    return Processes(workers, copies=True), workers


def open_colorizer(args: argparse.Namespace, workers: int) -> Colorizer:
    """Weights for so many pictures at once: each then has one core."""
    if workers > 1:  # now, while there is no thread yet: threads cannot be copied
        cv2.setNumThreads(1)
    return Colorizer(args.weights, threads=1 if workers > 1 else None, max_pixels=args.max_pixels)


def page_settings(args: argparse.Namespace, *, suffix: str, resume: bool, book: bool = False) -> PageSettings:
    """What the options say of every page."""
    return PageSettings(
        n=args.n,
        seed=args.seed,
        suffix=suffix,
        layers_by=args.layers_by,
        regions=Path(args.regions) if getattr(args, "regions", None) else None,
        one_look=args.one_look,
        sidecar=not (args.no_sidecar or book),
        resume=resume,
        skip_colored=not args.all,
        copy_colored=book,
        options=describe_options(args),
    )


def describe_options(args: argparse.Namespace) -> dict[str, object]:
    """What decides the pictures, for the record beside each."""
    more = {"one_look": args.one_look, "regions": getattr(args, "regions", None)}
    given = {name: value for name, value in more.items() if value}
    options: dict[str, object] = {"n": args.n, "seed": args.seed, **describe_look(args), **given}
    # As they will be read back, to be compared: JSON has no tuples.
    return dict(json.loads(json.dumps(options)))


def positive(text: str) -> int:
    """A whole number from 1 on, for argparse."""
    return _whole_number(text, 1)


def natural(text: str) -> int:
    """A whole number from 0 on, for argparse."""
    return _whole_number(text, 0)


def _whole_number(text: str, least: int) -> int:
    if not text.isdecimal() or int(text) < least:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number from {least} on")
    return int(text)


def _check(args: argparse.Namespace) -> None:
    if args.output == PIPE and args.n > 1:
        raise InputError(f"a pipe holds one picture, not {args.n}; give a folder with -o")
    if args.pick and (args.n > 1 or args.regions):
        raise InputError("--from names one picture, and its sheet has the regions; leave out -n and --regions")
    suffix = Path(args.output).suffix.lower()
    if args.one_look and args.n > 1:
        raise InputError("--one-look gives each page one picture; leave out -n")
    if args.format and suffix in WRITABLE and suffix != f".{args.format}":
        raise InputError(f"-f {args.format} and -o {args.output} disagree; leave one out")
    if suffix == BOOK and args.resume:
        raise InputError("--resume needs a folder, where each page is a file; a book is written whole")


@contextmanager
def _open_output(args: argparse.Namespace) -> Iterator[tuple[str, bool]]:
    """OUT, or the folder that becomes a book; and whether it does."""
    if Path(args.output).suffix.lower() != BOOK:
        yield args.output, False
        return
    with collect_book(Path(args.output)) as folder:
        yield f"{folder}/", True
