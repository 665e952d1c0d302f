"""`nurie regions`: line drawings -> label pictures of 16 bits, and what there is to say about them."""

import argparse
import json
import sys
from dataclasses import dataclass
from inspect import signature
from pathlib import Path

from nurie.arrays import RegionMap, Sketch
from nurie.cli.paths import Job, add_limit_argument, add_path_arguments, plan_jobs, run_jobs
from nurie.errors import InputError
from nurie.images import read_image, read_sketch, replace_file, write_image
from nurie.regions import DEFAULT_METHOD, REGION_METHODS
from nurie.regions.from_file import read_regions
from nurie.regions.hierarchy import Hierarchy, build_hierarchy, coarsen
from nurie.regions.large import segment_large
from nurie.regions.merge import MAX_REGIONS
from nurie.regions.preview import number_preview, tint_regions
from nurie.regions.report import chosen_gap, report_regions
from nurie.sketch.line_art import Verdict, judge_drawing

PREVIEW, FINE, TREE = "-preview", "-fine", "-hierarchy.json"
"""Between the stem of the label picture and .png, for what lies beside it."""

OPTIONS = ("max_gap", "confidence", "radius", "count", "bits", "ink_threshold", "min_area", "max_regions")

MOST_LABELS = 65535
"""What 16 bits hold."""


@dataclass(frozen=True)
class Cut:
    """A drawing and how it was cut."""

    sketch: Sketch
    regions: RegionMap
    hierarchy: Hierarchy | None


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add INPUT..., -o OUT, what is written beside it, and the options of the methods."""
    add_path_arguments(parser)
    add_limit_argument(parser)
    parser.add_argument("--method", choices=REGION_METHODS, help=f"default: {DEFAULT_METHOD}")
    parser.add_argument(
        "--regions",
        metavar="FILE",
        help="take the regions from a picture of labels or flat colors, a PSD or an ORA, "
        "or, for several drawings, from a folder of those with the names of the drawings",
    )
    parser.add_argument("--preview", action="store_true", help="also write OUT-preview.png: tints and numbers")
    parser.add_argument("--no-numbers", action="store_true", help="tints only in the preview")
    parser.add_argument(
        "--hierarchy",
        action="store_true",
        help="also write OUT-fine.png, before --max-regions, and OUT-hierarchy.json: which regions join",
    )
    parser.add_argument("--report", action="store_true", help="say what happened")
    parser.add_argument("--report-json", metavar="FILE", help="write what happened, of all drawings, to FILE")
    parser.add_argument("--max-gap", type=int, help="close_gaps, learned: pixels up to which gaps are closed")
    parser.add_argument("--confidence", type=int, help="close_gaps, learned: percent from which a network is believed")
    parser.add_argument("--radius", type=int, help="trapped_ball: closes gaps up to twice as wide")
    parser.add_argument("--count", type=int, help="patches: how many, a square number such as 1, 64, 169, 256, 1024")
    parser.add_argument("--ink-threshold", type=int, help="gray up to which a pixel is ink, 0 to 254")
    parser.add_argument("--min-area", type=int, help="pixels below which a sliver is merged")
    parser.add_argument("--max-regions", type=int, help=f"join regions until so many are left; default: {MAX_REGIONS}")
    parser.add_argument("--bits", type=int, help="learned: 8 is faster, with slightly other maps; default: 32")


def run(args: argparse.Namespace) -> int:
    """Write the region map of every input: pixel value = number of the region, from 1."""
    tails = [PREVIEW] * args.preview + [FINE, TREE] * args.hierarchy
    jobs = plan_jobs(args.inputs, args.output, recursive=args.recursive, tails=tails)
    _check(args, len(jobs))
    reports: list[dict[str, object]] = []

    def work(job: Job) -> None:
        picture = read_image(job.read(), max_pixels=args.max_pixels)
        verdict = judge_drawing(picture)
        if not verdict.is_line_art:
            print(f"nurie: warning: {job.name} {verdict.reason}", file=sys.stderr)
        cut = cut_drawing(job, read_sketch(picture), args)
        job.write(cut.regions)
        _write_beside(job, cut, args)
        if args.report or args.report_json:
            reports.append(_report(job, cut, verdict, args))

    code = run_jobs(jobs, work, debug=args.debug)
    if args.report_json:
        replace_file(args.report_json, (json.dumps(reports, indent=1) + "\n").encode())
    return code


def cut_drawing(job: Job, sketch: Sketch, args: argparse.Namespace) -> Cut:
    """Cut the drawing, or read its regions. With a hierarchy the map is a cut of it, so that both agree."""
    most = args.max_regions
    if args.regions:
        file = find_regions(Path(args.regions), job)
        regions = read_regions(file, sketch.shape, max_pixels=args.max_pixels)
        if most is not None and not args.hierarchy:
            regions = coarsen(regions, sketch, most)
    else:
        options = _options(args)
        regions = segment_large(sketch, _method(args), **options | _unlimited(args, sketch, args.hierarchy))
    if not args.hierarchy:
        return Cut(sketch, regions, None)
    hierarchy = build_hierarchy(coarsen(regions, sketch, MOST_LABELS), sketch)
    return Cut(sketch, hierarchy.cut(MAX_REGIONS if most is None else most), hierarchy)


def find_regions(path: Path, job: Job) -> Path:
    """The file itself, or that of the drawing's name in a folder.

    Raises:
        InputError: the folder has no file of this name.
    """
    if not path.is_dir():
        return path
    name = Path(job.page or job.source or "stdin").stem
    found = sorted(file for file in path.iterdir() if file.stem == name)
    if not found:
        raise InputError(f"{path} has no regions for {job.name}; name them {name}.png, .psd or .ora")
    return found[0]


def _check(args: argparse.Namespace, count: int) -> None:
    if args.regions is None:
        return
    given = [name for name in ("method", *OPTIONS[:-1]) if getattr(args, name) is not None]
    if given:
        raise InputError(f"--{given[0].replace('_', '-')} cuts a drawing, --regions reads its regions; leave one out")
    if count > 1 and not Path(args.regions).is_dir():
        raise InputError(f"{args.regions} has the regions of one drawing, not of {count}; give a folder of such files")


def _method(args: argparse.Namespace) -> str:
    return str(args.method or DEFAULT_METHOD)


def _options(args: argparse.Namespace) -> dict[str, int]:
    return {name: getattr(args, name) for name in OPTIONS if getattr(args, name) is not None}


def _unlimited(args: argparse.Namespace, sketch: Sketch, wanted: bool) -> dict[str, int]:
    """The option that keeps all regions, if the method has it."""
    known = "max_regions" in signature(REGION_METHODS[_method(args)]).parameters
    return {"max_regions": sketch.size} if wanted and known else {}


def _write_beside(job: Job, cut: Cut, args: argparse.Namespace) -> None:
    if args.preview:
        paint = tint_regions if args.no_numbers else number_preview
        write_image(job.beside(PREVIEW), paint(cut.regions, cut.sketch))
    if cut.hierarchy is not None:
        write_image(job.beside(FINE), cut.hierarchy.regions)
        most = MAX_REGIONS if args.max_regions is None else args.max_regions
        tree = {
            "regions": cut.hierarchy.num_regions,
            "parent": cut.hierarchy.parent.tolist(),
            "label": cut.hierarchy.owners(most).tolist(),
        }
        replace_file(job.beside(TREE), (json.dumps(tree) + "\n").encode())


def _report(job: Job, cut: Cut, verdict: Verdict, args: argparse.Namespace) -> dict[str, object]:
    """Print the report if wanted, and return it for the file."""
    fine, size, source = None, None, args.regions
    if not args.regions:
        source = _method(args)
        known = signature(REGION_METHODS[source]).parameters
        if "min_area" in known:
            options = _options(args) | _unlimited(args, cut.sketch, True) | {"min_area": 0}
            fine = segment_large(cut.sketch, source, **options)
        size = chosen_gap(cut.sketch, source, _options(args))
    report = report_regions(cut.regions, cut.sketch, fine=fine, gap_size=size)
    if args.report:
        text = "\n  ".join([f"{job.name}: {verdict.kind}", *str(report).splitlines()])
        print(text, file=sys.stderr if job.target is None else sys.stdout)
    return {"drawing": job.name, "kind": str(verdict.kind), "source": source, **report.as_json()}
