"""`nurie export`: checkpoints -> a folder of weights."""

import argparse
import hashlib
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add CHECKPOINT [CHECKPOINT] and -o DIR."""
    parser.add_argument(
        "checkpoints",
        nargs="+",
        metavar="CHECKPOINT",
        help="of the palette stage, and if wanted of the paint stage; or one of the gaps, "
        "boundary or simplify stage, which gives DIR/gaps.npz, boundary.onnx or simplify.onnx; "
        "a run's folder is its newest",
    )
    parser.add_argument(
        "--bits",
        type=int,
        choices=(16, 8),
        default=16,
        help="of a weight of palette and paint, or of what the boundary network's middle layers compute with, "
        "as boundary-8bit.onnx; default: %(default)s",
    )
    parser.add_argument("-o", "--output", required=True, metavar="DIR", help="folder for the weights")


def run(args: argparse.Namespace) -> int:
    """Export, and print how far each graph is from PyTorch."""
    from nurie.export import export_boundary, export_gaps, export_simplify, export_weights
    from nurie.inference.weights import MANIFEST
    from nurie.training.checkpoint import load_checkpoint

    output = Path(args.output)
    lone = {
        "boundary": ("boundary.onnx", export_boundary),
        "gaps": ("gaps.npz", export_gaps),
        "simplify": ("simplify.onnx", export_simplify),
    }
    stages = [load_checkpoint(Path(path)).stage for path in args.checkpoints]
    if stages == ["boundary"] and args.bits == 8:
        exported = {"boundary-8bit.onnx": export_boundary(args.checkpoints[0], output / "boundary-8bit.onnx", bits=8)}
    elif len(stages) == 1 and stages[0] in lone:
        name, export = lone[stages[0]]
        exported = {name: export(args.checkpoints[0], output / name)}
    else:
        exported = export_weights(args.checkpoints, output, bits=args.bits)
    for name, parity in exported.items():
        size = (output / name).stat().st_size / 1e6
        when = ", before rounding," if "8bit" in name else ","
        far = f"differs from PyTorch by at most {parity.largest:.1e} over {parity.cases} shapes"
        print(f"{name}: {size:.1f} MB{when} {far}")
    if (output / MANIFEST).exists():
        print(f"{output / MANIFEST}: SHA-256 {hashlib.sha256((output / MANIFEST).read_bytes()).hexdigest()}")
    return 0
