"""`python -m benchmarks.inference`."""

import argparse
import sys
import tempfile
from pathlib import Path

from benchmarks.inference.drawings import KINDS, write_drawing
from benchmarks.inference.steps import measure_apart

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
    return 0


if __name__ == "__main__":
    sys.exit(main())
