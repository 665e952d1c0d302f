"""`nurie evaluate latent`: does the latent code of a paint checkpoint change the picture, and evenly?"""

from __future__ import annotations

import argparse
from pathlib import Path

from nurie.errors import InputError

DRAWINGS, CODES, SHEET_DRAWINGS = 16, 6, 6


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of the task."""
    parser.add_argument(
        "checkpoint", type=Path, metavar="CHECKPOINT", help="a paint checkpoint, or the run that has it"
    )
    parser.add_argument("data", type=Path, metavar="DATA", help="corpus to paint; best one it was not trained on")
    parser.add_argument("--count", type=int, default=DRAWINGS, metavar="N", help=f"drawings (default: {DRAWINGS})")
    parser.add_argument("--codes", type=int, default=CODES, metavar="N", help=f"codes of each (default: {CODES})")
    parser.add_argument("--seed", type=int, default=0, help="of the codes (default: 0)")
    parser.add_argument(
        "--deviations",
        action="store_true",
        help="draw codes around what each sketch suggests, as in training (latent=sketch), and not from N(0, I)",
    )
    parser.add_argument("-o", "--output", type=Path, metavar="DIR", help="write codes.json and codes.png there")


def run(args: argparse.Namespace) -> int:
    """Paint, score, print, and write files if an output is named.

    Raises:
        NurieError: the checkpoint, the drawings or the weights of ST-LPIPS cannot be used.
    """
    from nurie.data.corpus import read_corpus
    from nurie.evaluation.protocols import make_folder, write_result
    from nurie.evaluation.stlpips import STLPIPS
    from nurie.images import write_image
    from nurie.training.code_score import (
        codes_sheet,
        describe_score,
        draw_codes,
        load_generator,
        paint_codes,
        score_codes,
    )

    if args.count < 1 or args.codes < 2:
        raise InputError(f"latent takes 1 drawing and 2 codes at least, got {args.count} and {args.codes}")
    generator, corpus = load_generator(args.checkpoint), read_corpus(args.data)
    codes = draw_codes(generator, args.codes, args.seed)
    names = sorted(corpus.names)[: args.count]
    painted = [paint_codes(generator, corpus.load(name), codes, deviations=args.deviations) for name in names]
    score = score_codes(painted, STLPIPS().compare)
    print(
        f"two codes       {score.distance:.4f} ST-LPIPS, {score.difference:.1f} CIEDE2000: "
        f"{'clearly different' if score.different else 'too alike'}\n"
        f"largest step    {score.largest_step:.2f} times the mean step (median of drawings {score.typical_step:.2f}): "
        f"{'smooth' if score.smooth else 'it jumps'}\n"
        f"from the truth  {score.truth_distance:.4f} ST-LPIPS, painted with its own code"
    )
    if args.output:
        make_folder(args.output)
        write_result(args.output / "codes.json", describe_score(score, args.seed) | {"deviations": args.deviations})
        write_image(args.output / "codes.png", codes_sheet(painted[:SHEET_DRAWINGS]))
    return 0
