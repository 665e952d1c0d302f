"""Whole training steps of the paint stage, of drawings made up: generator, discriminator, R1, VGG-19, optimizer.

python -m benchmarks.training.steps --preset paper --batch 8 32 --device cuda
"""

import argparse
import sys
import time
from dataclasses import replace
from statistics import median

import torch
from torch import Tensor

from benchmarks.training.measure import Case, make_inputs
from nurie.model.region_kernels import without_kernels
from nurie.training.distributed import join
from nurie.training.noise import Noise
from nurie.training.paint import PaintStage
from nurie.training.paint_batch import PaintBatch
from nurie.training.paint_settings import PRESETS
from nurie.training.stage import Part

WAYS = ("plain", "kernels", "compiled")


def main() -> int:
    """Print one line for each batch size and way."""
    args = _parser().parse_args()
    print("| batch | way | ms a step | images/s | GiB |\n|---|---|---|---|---|")
    for batch in args.batch:
        for way in args.ways:
            seconds, memory = measure(args, batch, way)
            print(f"| {batch} | {way} | {seconds * 1e3:.0f} | {batch / seconds:.1f} | {memory:.1f} |", flush=True)
    return 0


def measure(args: argparse.Namespace, batch: int, way: str) -> tuple[float, float]:
    """Median seconds of a step without R1 (one in 16 has it), and peak memory in GiB on a GPU."""
    config = replace(PRESETS[args.preset], batch_size=batch, precision=args.precision, compile=way == "compiled")
    with join(args.device) as machine:
        torch.cuda.reset_peak_memory_stats() if machine.device.type == "cuda" else None
        stage = PaintStage(config, machine)
        part = Part(
            make_batch(config.side, batch, args.regions, flats=stage.model_config.flats), Noise(0, list(range(batch)))
        )
        spent = []
        for number in range(1, args.warmup + args.steps + 1):
            start = _now(machine.device)
            if way == "plain":
                with without_kernels():
                    stage.step([part], number * batch)
            else:
                stage.step([part], number * batch)
            if number > args.warmup and number % config.r1_every:
                spent.append(_now(machine.device) - start)
        memory = torch.cuda.max_memory_allocated() / 2**30 if machine.device.type == "cuda" else float("nan")
    return median(spent), memory


def make_batch(side: int, batch: int, regions: int, *, flats: bool) -> PaintBatch:
    """Drawings of the other benchmark in colours by chance."""
    made = make_inputs(Case(side=side, regions=regions, batch=batch))
    color = torch.randint(0, 256, (batch, side, side, 3), dtype=torch.uint8)
    sketch = (255 * (1 - made.sketch[:, 0])).to(torch.uint8)
    shown: Tensor = color if flats else color[:, :1, :1]
    return PaintBatch(color, sketch, made.regions.int(), shown, made.present, torch.zeros(batch))


def _now(device: torch.device) -> float:
    if device.type == "cuda":
        torch.cuda.synchronize()
    return time.perf_counter()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.training.steps", description=__doc__)
    parser.add_argument("--preset", choices=PRESETS, default="paper", help="default: paper")
    parser.add_argument("--batch", type=int, nargs="+", default=[8], help="default: 8")
    parser.add_argument("--ways", nargs="+", choices=WAYS, default=list(WAYS), help="default: all")
    parser.add_argument("--precision", choices=("float32", "bf16"), default="bf16", help="default: bf16")
    parser.add_argument("--regions", type=int, default=166, help="default: 166, the paper's mean")
    parser.add_argument("--steps", type=int, default=8, help="default: 8")
    parser.add_argument("--warmup", type=int, default=3, help="default: 3")
    parser.add_argument("--device", choices=("cpu", "cuda"), default="cuda", help="default: cuda")
    return parser


if __name__ == "__main__":
    sys.exit(main())
