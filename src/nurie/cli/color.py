"""`nurie color`: line drawings -> coloured pictures."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from nurie.cli.paths import PIPE, Job, add_limit_argument, add_path_arguments, plan_jobs, run_jobs
from nurie.errors import InputError, NurieError
from nurie.images import IMAGE_SUFFIXES, encode_image, write_image
from nurie.inference import Colorizer, Result

FORMATS = ("png", "webp")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add INPUT..., -o OUT, -r, and how many pictures of what kind."""
    add_path_arguments(parser)
    add_limit_argument(parser)
    parser.add_argument("-f", "--format", choices=FORMATS, help="of results in a folder or pipe; default: png")
    add_color_arguments(parser, default_n=1)


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
    _check_format(args)
    colorizer = Colorizer(args.weights, max_pixels=args.max_pixels)
    suffix = f".{args.format or FORMATS[0]}"
    jobs = plan_jobs(args.inputs, args.output, recursive=args.recursive, suffix=suffix)
    targets = {job: _number_targets(job, args.n) for job in jobs}
    _keep_inputs(jobs, [target for some in targets.values() for target in some])
    failed: list[str] = []

    def work(job: Job) -> None:
        name = str(job.source or PIPE)
        print(f"[{jobs.index(job) + 1}/{len(jobs)}] {name}", file=sys.stderr)
        try:
            results = colorizer.iterate(job.read(), args.n, args.seed)
            for result, target in zip(results, targets[job], strict=True):
                _write(result, target, suffix)
        except NurieError:
            failed.append(name)
            raise

    code = run_jobs(jobs, work, debug=args.debug)
    if failed and len(jobs) > 1:
        print(f"{len(failed)} of {len(jobs)} not colored: {', '.join(failed)}", file=sys.stderr)
    return code


def number_path(path: Path, number: int, n: int) -> Path:
    """`a.png` itself for n = 1, otherwise `a-1.png` and so on."""
    return path if n == 1 else path.with_name(f"{path.stem}-{number}{path.suffix}")


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


def _check_format(args: argparse.Namespace) -> None:
    if args.output == PIPE and args.n > 1:
        raise InputError(f"a pipe holds one picture, not {args.n}; give a folder with -o")
    suffix = Path(args.output).suffix.lower()
    if args.format and suffix in IMAGE_SUFFIXES and suffix != f".{args.format}":
        raise InputError(f"-f {args.format} and -o {args.output} disagree; leave one out")


def _number_targets(job: Job, n: int) -> list[Path | None]:
    """Where the pictures of one drawing go; None is a pipe."""
    if job.target is None:
        return [None]
    return [number_path(job.target, number, n) for number in range(1, n + 1)]


def _keep_inputs(jobs: Sequence[Job], targets: Sequence[Path | None]) -> None:
    """`plan_jobs` has checked the names before they were numbered."""
    sources = {job.source.resolve() for job in jobs if job.source is not None}
    for target in targets:
        if target is not None and target.resolve() in sources:
            raise InputError(f"{target} is an input and would be replaced; choose another -o")


def _write(result: Result, target: Path | None, suffix: str) -> None:
    if target is None:
        sys.stdout.buffer.write(encode_image(result.image, IMAGE_SUFFIXES[suffix], dpi=result.dpi))
        sys.stdout.buffer.flush()
    else:
        write_image(target, result.image, dpi=result.dpi)
