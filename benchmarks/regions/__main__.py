"""`python -m benchmarks.regions accuracy|speed|report`."""

import argparse
import sys
from pathlib import Path

import cv2

from benchmarks.regions.accuracy import PLANS, plan_cases, run_accuracy, run_and_save
from benchmarks.regions.drawings import FIRST_SEED
from benchmarks.regions.finishes import FINISHES
from benchmarks.regions.machine import describe_machine
from benchmarks.regions.methods import choose_methods
from benchmarks.regions.report import write_report
from benchmarks.regions.results import Results, kept_records
from benchmarks.regions.speed import CELLS, CORES, SIDES, Timing, probe_processes, time_grids, time_sides
from benchmarks.regions.tables import accuracy_table
from nurie.data.sources import SOURCES
from nurie.errors import NurieError

BENCHMARKED = ("anime", "dicebear", "scenes", "world")
"""Sources that are drawn where nothing else is said; the others draw the same figures, or want collections."""


def main(arguments: list[str] | None = None) -> int:
    """Run a benchmark or write its report; 2 for a mistake of the user's."""
    args = _parser().parse_args(arguments)
    try:
        args.run(args)
    except NurieError as error:
        print(f"benchmarks.regions: {error}", file=sys.stderr)
        return 2
    return 0


def accuracy(args: argparse.Namespace) -> None:
    """Score methods on drawings; what was measured is in `accuracy.json`, a table is printed."""
    cv2.setNumThreads(1)
    methods, missing = choose_methods(args.methods, args.linefiller)
    parts = [_narrowed(part, args) for part in PLANS[args.plan]]
    cases = plan_cases(parts, args.sources)
    file = args.out / "accuracy.json"
    results = Results(describe_machine(), _settings(args), missing, kept_records(file, args.keep))
    done = run_accuracy(cases, methods, cache=args.cache, results=results, max_sides=dict(args.max_side))
    for index, _ in enumerate(run_and_save(done, results, file), 1):
        if sys.stderr.isatty():
            print(f"{index}/{len(cases)}", end="\r", file=sys.stderr)
    results.save(file)
    by = [name for name in ("side", "line_width", "finish", "gaps", "source") if _varied(results, name)]
    print("\n".join([*missing, accuracy_table(results.records, by)]))


def speed(args: argparse.Namespace) -> None:
    """Time methods; what was measured is in `speed.json`."""
    methods, missing = choose_methods(args.methods, args.linefiller)
    timing = Timing(repeats=args.repeats, patience=args.patience)
    results = Results(describe_machine(), _settings(args), missing)
    for records in (
        time_sides(methods, args.sides, args.cores, timing, args.cache),
        time_grids(methods, args.cells, timing),
        probe_processes(methods, args.sides, args.linefiller, timing, args.cache),
    ):
        for record in records:
            results.records.append(record)
            print(" ".join(f"{name}={value}" for name, value in record.items()))
        results.save(args.out / "speed.json")


def report(args: argparse.Namespace) -> None:
    """Write the tables into `regions.md` of the docs, and the plots into its `pictures`."""
    write_report(args.out, args.docs)


def _narrowed(part: object, args: argparse.Namespace) -> dict[str, object]:
    """A part of a plan, with what the user asked for in place of its own."""
    asked = {"count": args.count, "sides": args.sides, "gaps": args.gaps, "finishes": args.finishes}
    asked["line_widths"] = args.line_widths
    return {**part, **{name: value for name, value in asked.items() if value is not None}}  # type: ignore[dict-item]


def _settings(args: argparse.Namespace) -> dict[str, object]:
    settings = {name: value for name, value in vars(args).items() if name not in ("run", "out", "cache", "linefiller")}
    return {"first_seed": FIRST_SEED, **settings}


def _varied(results: Results, name: str) -> bool:
    return name in ("gaps", "source") or len({str(record[name]) for record in results.records}) > 1


def _capped(text: str) -> tuple[str, int]:
    name, _, side = text.partition("=")
    if not side.isdigit():
        raise argparse.ArgumentTypeError(f"write METHOD=PIXELS, such as linefiller=1024, not {text!r}")
    return name, int(side)


def _line_width(text: str) -> int | None:
    return None if text == "own" else int(text)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.regions", description=__doc__)
    commands = parser.add_subparsers(required=True)
    scored = commands.add_parser("accuracy", help="score methods on drawings whose true regions are known")
    scored.set_defaults(run=accuracy)
    _add_common(scored)
    scored.add_argument("--plan", choices=PLANS, default="quick", help="which drawings (default: quick)")
    scored.add_argument("--sources", nargs="+", choices=SOURCES, default=list(BENCHMARKED))
    scored.add_argument("--count", type=int, help="drawings of each source, instead of the plan's")
    scored.add_argument("--sides", nargs="+", type=int, metavar="PX")
    scored.add_argument("--gaps", nargs="+", type=int, metavar="N")
    scored.add_argument("--finishes", nargs="+", choices=FINISHES)
    scored.add_argument("--line-widths", nargs="+", type=_line_width, metavar="PX", help="pixels, or own")
    scored.add_argument(
        "--max-side", nargs="+", type=_capped, default=[], metavar="METHOD=PX", help="leave a method out above this"
    )
    scored.add_argument("--keep", nargs="+", default=[], metavar="METHOD", help="do not measure these again")
    timed = commands.add_parser("speed", help="time methods against the side and the number of regions")
    timed.set_defaults(run=speed)
    _add_common(timed)
    timed.add_argument("--sides", nargs="+", type=int, default=list(SIDES), metavar="PX")
    timed.add_argument("--cores", nargs="+", type=int, default=list(CORES), metavar="N")
    timed.add_argument("--cells", nargs="+", type=int, default=list(CELLS), metavar="N", help="rows of the grids")
    timed.add_argument("--repeats", type=int, default=Timing.repeats)
    timed.add_argument(
        "--patience", type=float, default=Timing.patience, metavar="S", help="what takes longer gets no larger drawing"
    )
    written = commands.add_parser("report", help="write tables and plots from the results")
    written.set_defaults(run=report)
    written.add_argument("--out", type=Path, required=True, metavar="DIR", help="where the results are")
    written.add_argument("--docs", type=Path, default=Path("docs"), metavar="DIR", help="default: docs")
    return parser


def _add_common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="results go here")
    parser.add_argument("--cache", type=Path, required=True, metavar="DIR", help="intact drawings are kept here")
    parser.add_argument("--methods", nargs="+", metavar="METHOD", help="default: all that can run here")
    parser.add_argument("--linefiller", type=Path, metavar="PATH", help="a clone of hepesu/LineFiller")


if __name__ == "__main__":
    sys.exit(main())
