"""`nurie regions`: line drawings -> label pictures of 16 bits."""

import argparse

from nurie.cli.paths import Job, add_limit_argument, add_path_arguments, plan_jobs, run_jobs
from nurie.images import read_sketch, write_image
from nurie.regions import REGION_METHODS, segment_regions
from nurie.regions.preview import tint_regions

PREVIEW = "-preview"
"""Between the stem of the label picture and .png."""

OPTIONS = ("radius", "count", "ink_threshold", "min_area", "max_regions")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add INPUT..., -o OUT, --preview, and the options of the methods."""
    add_path_arguments(parser)
    add_limit_argument(parser)
    parser.add_argument("--method", choices=REGION_METHODS, default="trapped_ball", help="default: %(default)s")
    parser.add_argument("--preview", action="store_true", help="also write OUT-preview.png, each region in a tint")
    parser.add_argument("--radius", type=int, help="trapped_ball: closes gaps up to twice as wide")
    parser.add_argument("--count", type=int, help="patches: how many, a square number")
    parser.add_argument("--ink-threshold", type=int, help="gray up to which a pixel is ink, 0 to 254")
    parser.add_argument("--min-area", type=int, help="pixels below which a sliver is merged")
    parser.add_argument("--max-regions", type=int, help="merge the smallest until so many are left")


def run(args: argparse.Namespace) -> int:
    """Write the region map of every input: pixel value = number of the region, from 1."""
    options = {name: getattr(args, name) for name in OPTIONS if getattr(args, name) is not None}

    def work(job: Job) -> None:
        sketch = read_sketch(job.read(), max_pixels=args.max_pixels)
        regions = segment_regions(sketch, args.method, **options)
        job.write(regions)
        if args.preview:
            write_image(job.beside(PREVIEW), tint_regions(regions, sketch))

    jobs = plan_jobs(args.inputs, args.output, recursive=args.recursive, tails=[PREVIEW] if args.preview else [])
    return run_jobs(jobs, work, debug=args.debug)
