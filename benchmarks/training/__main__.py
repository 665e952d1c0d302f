"""`python -m benchmarks.training`."""

import argparse
import json
import subprocess
import sys
from dataclasses import asdict, replace

import torch

from benchmarks.training.ceilings import bandwidth, bytes_moved, flops, peak_flops
from benchmarks.training.measure import (
    FORMS,
    GPU_ONLY,
    TOLERANCE,
    Case,
    build,
    disagreement,
    make_inputs,
    peak_megabytes,
    time_forms,
)


def main() -> int:
    """Print what both forms take, and on request where the time goes."""
    args = _parser().parse_args()
    torch.set_num_threads(args.threads)
    case = Case(**{name: getattr(args, name) for name in asdict(Case())})
    if args.memory_of:
        print(json.dumps(peak_megabytes(case, args.memory_of)))
        return 0
    print(f"{case}, torch {torch.__version__}, {args.threads} threads")
    picture, gradient = disagreement(replace(case, batch=1))
    print(f"largest difference of the forms: picture {picture:.1e}, gradient {gradient:.1e} (relative)")
    if max(picture, gradient) > TOLERANCE:
        print(f"they differ by more than {TOLERANCE:g}")
        return 1
    forms = args.forms or [name for name in FORMS if case.device != "cpu" or name not in GPU_ONLY]
    seconds = time_forms(case, forms, args.repeats)
    memory = {name: _memory_of(name) if case.device == "cpu" else peak_megabytes(case, name) for name in forms}
    print(f"\n| form | s | times {forms[0]} | MB | of {forms[0]} |\n|---|---|---|---|---|")
    for name in forms:
        faster, less = seconds[forms[0]] / seconds[name], memory[name] / memory[forms[0]]
        print(f"| {name} | {seconds[name]:.4f} | {faster:.1f} | {memory[name]:,.0f} | {less:.0%} |")
    _print_shares(case, seconds)
    if args.profile:
        _print_profile(case, args.profile)
    return 0


def _print_shares(case: Case, seconds: dict[str, float]) -> None:
    work, copied = flops(case), bandwidth(case.device)
    print(f"\n{work / 1e9:.1f} GFLOP a pass; a large copy moves {copied / 1e9:.1f} GB/s\n")
    print("| form | GFLOP/s | of a large product's | GB/s counted | of a large copy's |\n|---|---|---|---|---|")
    for name in seconds:
        if name == "literal":
            continue  # its work is counted otherwise
        peak = peak_flops(case.device, torch.bfloat16 if "bf16" in name else torch.float32)
        eager = name.removesuffix(", compiled")  # what a compiler saves is not seen, so that shares can be compared
        moved = bytes_moved(build(case), make_inputs(case), eager) / seconds[name]
        rate = work / seconds[name]
        print(f"| {name} | {rate / 1e9:.1f} | {rate / peak:.0%} | {moved / 1e9:.1f} | {moved / copied:.0%} |")


def _print_profile(case: Case, form: str) -> None:
    from torch.profiler import ProfilerActivity, profile

    from benchmarks.training.measure import descend

    inputs, generator = make_inputs(case), build(case)
    descend(FORMS[form], generator, inputs)
    activities = [ProfilerActivity.CPU] + [ProfilerActivity.CUDA] * (case.device != "cpu")
    with profile(activities=activities) as found:
        descend(FORMS[form], generator, inputs)
    key = "self_cpu_time_total" if case.device == "cpu" else "self_device_time_total"
    print(found.key_averages().table(sort_by=key, row_limit=15, max_name_column_width=40))


def _memory_of(name: str) -> float:
    """Measured in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.training", *sys.argv[1:], "--memory-of", name]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return float(json.loads(done.stdout.splitlines()[-1]))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.training", description=__doc__)
    for name, value in asdict(Case()).items():
        parser.add_argument(f"--{name.replace('_', '-')}", type=type(value), default=value, help=f"default: {value}")
    parser.add_argument("--forms", nargs="+", choices=FORMS, metavar="FORM", help="default: all that run there")
    parser.add_argument("--repeats", type=int, default=3, help="default: 3")
    parser.add_argument("--threads", type=int, default=1, help="on the CPU; default: 1")
    parser.add_argument(
        "--profile", choices=FORMS, nargs="?", const="nurie", help="print where the time of a form goes; default: nurie"
    )
    parser.add_argument("--memory-of", choices=FORMS, help=argparse.SUPPRESS)
    return parser


if __name__ == "__main__":
    sys.exit(main())
