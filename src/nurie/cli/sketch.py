"""`nurie sketch`: color pictures -> line drawings, or rough line drawings -> clean ones."""

import argparse

from nurie.arrays import Sketch
from nurie.cli.paths import Job, add_limit_argument, add_path_arguments, plan_jobs, run_jobs
from nurie.images import Picture, drawn_image, read_image
from nurie.sketch import CLEAN_METHODS, SKETCH_METHODS, clean_sketch, extract_sketch, read_lines

OPTIONS = {
    "sigma": (float, "blur in pixels; for xdog 0.4 to 0.9: width of the lines"),
    "kappa": (float, "xdog: ratio of the two blurs, just above 1"),
    "tau": (float, "xdog: share of the second blur, just below 1"),
    "supersample": (int, "xdog: 1 = hard edges (default), 2 to 4 = ever smoother ones"),
    "grain": (float, "pencil: roughness of the paper, 0 to 1"),
    "seed": (int, "pencil: same number, same grain"),
    "side": (int, "--clean network: longer side in pixels at which it looks; smaller joins more, larger keeps more"),
    "contrast": (float, "--clean classical: above 1 keeps less, below 1 keeps more"),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add INPUT..., -o OUT, what to do, and the options of the methods."""
    parser.description = "Draw the lines of color pictures, or with --clean draw rough line drawings clean."
    add_path_arguments(parser)
    add_limit_argument(parser)
    task = parser.add_mutually_exclusive_group()
    task.add_argument("--style", "--method", dest="style", choices=SKETCH_METHODS, help="of the lines; default: xdog")
    task.add_argument(
        "--clean",
        nargs="?",
        choices=CLEAN_METHODS,
        const="network",
        help="the input is a line drawing, perhaps rough, scanned or photographed: draw it clean (default: network)",
    )
    for name, (kind, text) in OPTIONS.items():
        parser.add_argument(f"--{name}", type=kind, metavar="N", help=text)


def run(args: argparse.Namespace) -> int:
    """Write the sketch of every input."""
    options = {name: getattr(args, name) for name in OPTIONS if getattr(args, name) is not None}

    def draw(picture: Picture) -> Sketch:
        if args.clean:
            return clean_sketch(read_lines(drawn_image(picture)), args.clean, **options)
        return extract_sketch(picture.color, args.style or "xdog", **options)

    def work(job: Job) -> None:
        job.write(draw(read_image(job.read(), max_pixels=args.max_pixels)))

    jobs = plan_jobs(args.inputs, args.output, recursive=args.recursive)
    return run_jobs(jobs, work, debug=args.debug)
