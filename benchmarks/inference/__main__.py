"""`python -m benchmarks.inference`."""

import argparse
import sys
import tempfile
from pathlib import Path

from benchmarks.inference.ceiling import measure_ceiling, measure_networks
from benchmarks.inference.drawings import KINDS, write_drawing
from benchmarks.inference.steps import WHOLE, Timing, measure_apart
from nurie.inference import Colorizer

SIDES = (1024, 4096)


def main() -> int:
    """Print a table for each drawing."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.inference", description=__doc__)
    parser.add_argument("--side", type=int, nargs="+", default=list(SIDES), metavar="PX")
    parser.add_argument("--kind", nargs="+", choices=KINDS, default=["black"])
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for side in args.side:
            for kind in args.kind:
                path = Path(folder) / f"{kind}-{side}.png"
                write_drawing(path, kind, side)
                timing = measure_apart(path, args.threads)
                print(f"\n{side} px, {kind}, {timing.regions} regions, {args.threads} threads")
                print(f"{'step':<28}{'CPU s':>8}{'wall s':>8}")
                for step in timing.steps:
                    print(f"{step.name:<28}{step.cpu:>8.2f}{step.wall:>8.2f}")
                print(f"{'peak memory, MB':<28}{timing.peak_megabytes:>8.0f}")
                print_networks(path, timing)
    return 0


def print_networks(path: Path, timing: Timing) -> None:
    """How much of the whole is the networks, and how much would be if they ran at the speed of a matrix product."""
    ceiling = measure_ceiling()
    (whole,) = (step.cpu for step in timing.steps if step.name == WHOLE)
    print(f"\n{'network':<28}{'calls':>6}{'GFLOP':>8}{'ms':>8}{'of limit':>10}{'of whole':>10}")
    costs = measure_networks(Colorizer(threads=1).encode(path))
    for cost in costs:
        share = cost.operations / ceiling / cost.seconds
        print(
            f"{cost.name:<28}{cost.calls:>6}{cost.operations / 1e9:>8.3f}{1e3 * cost.seconds:>8.1f}"
            f"{share:>10.0%}{cost.seconds / whole:>10.0%}"
        )
    least = sum(cost.operations for cost in costs) / ceiling
    print(f"limit: {ceiling / 1e9:.0f} GFLOP/s on one thread; at it, the networks are {least / whole:.0%} of the whole")


if __name__ == "__main__":
    sys.exit(main())
