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
        help="of the palette stage, and if wanted of the paint stage; a run's folder is its newest",
    )
    parser.add_argument("-o", "--output", required=True, metavar="DIR", help="folder for the weights")


def run(args: argparse.Namespace) -> int:
    """Export, and print how far each graph is from PyTorch."""
    from nurie.export import export_weights
    from nurie.inference.weights import MANIFEST

    exported = export_weights(args.checkpoints, args.output)
    for name, parity in exported.items():
        size = (Path(args.output) / name).stat().st_size / 1e6
        print(f"{name}: {size:.1f} MB, differs from PyTorch by at most {parity.largest:.1e} over {parity.cases} shapes")
    manifest = Path(args.output) / MANIFEST
    print(f"{manifest}: SHA-256 {hashlib.sha256(manifest.read_bytes()).hexdigest()}")
    return 0
