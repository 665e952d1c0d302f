"""`nurie sketch`: color pictures -> line drawings."""

import argparse

from nurie.cli.paths import Job, add_limit_argument, add_path_arguments, plan_jobs, run_jobs
from nurie.images import read_color
from nurie.sketch import SKETCH_METHODS, extract_sketch

OPTIONS = ("sigma", "kappa", "tau", "supersample")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add INPUT..., -o OUT, and the options of the methods."""
    add_path_arguments(parser)
    add_limit_argument(parser)
    parser.add_argument("--method", choices=SKETCH_METHODS, default="xdog", help="default: %(default)s")
    parser.add_argument("--sigma", type=float, help="blur in pixels, 0.4 to 0.9: width of the lines")
    parser.add_argument("--kappa", type=float, help="ratio of the two blurs, just above 1")
    parser.add_argument("--tau", type=float, help="share of the second blur, just below 1")
    parser.add_argument("--supersample", type=int, help="1 = hard edges (default), 2 to 4 = ever smoother ones")


def run(args: argparse.Namespace) -> int:
    """Write the sketch of every input."""
    options = {name: getattr(args, name) for name in OPTIONS if getattr(args, name) is not None}

    def work(job: Job) -> None:
        job.write(extract_sketch(read_color(job.read(), max_pixels=args.max_pixels), args.method, **options))

    jobs = plan_jobs(args.inputs, args.output, recursive=args.recursive)
    return run_jobs(jobs, work, debug=args.debug)
