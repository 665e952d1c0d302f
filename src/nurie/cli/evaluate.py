"""`nurie evaluate`: score pictures against true ones, or a model against the acceptance bounds."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nurie.cli import evaluate_characters, evaluate_latent
from nurie.errors import InputError

if TYPE_CHECKING:  # torch is behind these; the other commands must not wait for it
    from nurie.arrays import Image
    from nurie.data.sources.drawing import Drawing
    from nurie.evaluation.acceptance import Verdict
    from nurie.evaluation.painters import Painter
    from nurie.evaluation.picture_features import Featurize, PictureFeatures, Progress
    from nurie.evaluation.scores import PainterScore
    from nurie.evaluation.sheets import AnyPicture
    from nurie.inference import Colorizer

TRAINING_DRAWINGS = 400
"""From which skin colours and the unlearned painters come; some 40,000 regions."""

SHEET_DRAWINGS = 8

PROGRAM = "nurie"
"""Name of the painter that is judged."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of both forms of the command."""
    parser.description = (
        "Score a folder of pictures against a folder of true ones, whoever made them (FID, KID, ST-LPIPS, PSNR, SSIM, "
        "colors, bleeding, diversity), or with `acceptance` a model on held-out drawings against painters that learned "
        "nothing, or with `characters` whether it keeps a character's colors from drawing to drawing, or with "
        "`latent` what the latent code of a paint checkpoint changes."
    )
    parser.add_argument("--pictures", type=Path, metavar="DIR", help="folder of pictures to score")
    parser.add_argument("--truth", type=Path, metavar="DIR", help="folder of true pictures")
    parser.add_argument(
        "--sketches",
        type=Path,
        metavar="DIR",
        help="line drawings of the same names: bleeding, and the way to the truth",
    )
    parser.add_argument("--regions", type=Path, metavar="DIR", help="true region maps: bleeding within regions")
    parser.add_argument(
        "--more", type=Path, nargs="+", default=[], metavar="DIR", help="other pictures of the same drawings: diversity"
    )
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="write the scores as JSON")
    _add_cache(parser)
    tasks = parser.add_subparsers(dest="task", metavar="acceptance|characters|latent")
    evaluate_latent.add_arguments(
        tasks.add_parser("latent", help="measure what a paint checkpoint's latent code changes")
    )
    evaluate_characters.add_arguments(
        tasks.add_parser("characters", help="color drawings of one character from each other")
    )
    acceptance = tasks.add_parser("acceptance", help="score a model on a corpus of held-out drawings")
    acceptance.add_argument("corpus", type=Path, metavar="CORPUS", help="folder of held-out drawings")
    acceptance.add_argument("--weights", type=Path, metavar="DIR", help="model to score (default: the shipped one)")
    acceptance.add_argument("--seed", type=int, default=0, help="first seed (default: 0)")
    acceptance.add_argument(
        "--training",
        type=Path,
        metavar="DIR",
        help=f"corpus to learn colours from (default: draw {TRAINING_DRAWINGS} training drawings)",
    )
    acceptance.add_argument("--count", type=int, metavar="N", help="score the first N drawings only")
    acceptance.add_argument(
        "--colors-only",
        action="store_true",
        help="leave out FID and KID: seconds instead of minutes",
    )
    acceptance.add_argument(
        "-o", "--output", type=Path, metavar="DIR", help="write table, JSON and contact sheet there"
    )
    _add_cache(acceptance)


def run(args: argparse.Namespace) -> int:
    """Score, print a table, and write files if an output is named.

    Raises:
        NurieError: a folder, corpus or weights cannot be used; the message says what to do.
    """
    if args.task == "latent":
        return evaluate_latent.run(args)
    if args.task == "characters":
        return evaluate_characters.run(args)
    return _run_acceptance(args) if args.task == "acceptance" else _run_folders(args)


def _run_folders(args: argparse.Namespace) -> int:
    from dataclasses import asdict

    from nurie.evaluation.folders import Beside, score_folders
    from nurie.evaluation.picture_features import PictureFeatures
    from nurie.evaluation.protocols import PROTOCOLS, describe_run, fid_protocol, write_result
    from nurie.evaluation.report import folders_as_text

    if args.pictures is None or args.truth is None:
        raise InputError("name both folders: nurie evaluate --pictures DIR --truth DIR")
    protocol = PROTOCOLS["folders"]
    with _Bars() as bars:
        featurize = _with_bar(PictureFeatures(args.cache, protocol.resize), bars)
        beside = Beside(args.sketches, args.regions, args.more)
        score = score_folders(args.pictures, args.truth, featurize, beside)
    named = fid_protocol(protocol, score.pictures, score.truth)
    result = describe_run(protocol, seed=None, networks=("inception", "stlpips")) | {"fid_protocol": named}
    if args.output:
        write_result(args.output, result | asdict(score))
    print(folders_as_text(score, named))
    return 0


def _run_acceptance(args: argparse.Namespace) -> int:
    from nurie.evaluation.acceptance import FLATTENED, RANDOM, compare_painters, follows, judge
    from nurie.evaluation.picture_features import PictureFeatures
    from nurie.evaluation.protocols import PROTOCOLS
    from nurie.evaluation.report import scores_as_markdown, verdicts_as_markdown
    from nurie.evaluation.scores import make_yardstick
    from nurie.images import replace_file
    from nurie.inference import Colorizer

    protocol = PROTOCOLS["acceptance"]
    drawings = _load_drawings(args.corpus, args.count)
    colorizer = Colorizer(args.weights)
    training = _training_drawings(args.training)
    with _Bars() as bars:
        featurize = None
        if not args.colors_only:
            featurize = _with_bar(PictureFeatures(args.cache, protocol.resize), bars)
        yardstick = make_yardstick(drawings, training, featurize)
        painters = _painters(training, colorizer)
        scores = compare_painters(
            drawings,
            painters,
            yardstick,
            seed=args.seed,
            progress=lambda name, done, total: bars.named(name)(done, total),
        )
    verdicts = judge(scores[PROGRAM], scores[RANDOM], scores[FLATTENED])
    table = f"{scores_as_markdown(scores)}\n\n{verdicts_as_markdown(verdicts)}\n"
    if not follows(protocol, drawings):
        table += f"\nNot the {protocol.count} drawings of the protocol: the bounds do not apply.\n"
    print(table)
    if args.output:
        _write_acceptance(args, drawings, painters, scores, verdicts, colorizer.networks.sha256)
        replace_file(args.output / "scores.md", table.encode())
    return 0


def _load_drawings(folder: Path, count: int | None) -> list[Drawing]:
    from nurie.data.corpus import read_corpus

    if count is not None and count < 1:
        raise InputError(f"--count must be at least 1, got {count}")
    corpus = read_corpus(folder)
    return [corpus.load(name) for name in sorted(corpus.names)[:count]]


def _training_drawings(folder: Path | None) -> list[Drawing]:
    if folder is not None:
        return _load_drawings(folder, TRAINING_DRAWINGS)
    from nurie.data.sources import SOURCES

    return [SOURCES["anime"](seed) for seed in range(TRAINING_DRAWINGS)]


def _painters(training: list[Drawing], colorizer: Colorizer) -> dict[str, Painter]:
    from nurie.evaluation.acceptance import FLATTENED, MOST_LIKELY, RANDOM, TRUTH
    from nurie.evaluation.painters import FlattenedTruth, learn_painters, paint_truth

    random, most_likely = learn_painters(training)
    return {
        RANDOM: random,
        MOST_LIKELY: most_likely,
        PROGRAM: lambda drawing, seed: colorizer(drawing.sketch, n=1, seed=seed)[0].image,
        FLATTENED: FlattenedTruth(),
        TRUTH: paint_truth,
    }


def _write_acceptance(
    args: argparse.Namespace,
    drawings: list[Drawing],
    painters: dict[str, Painter],
    scores: dict[str, PainterScore],
    verdicts: list[Verdict],
    scored: str,
) -> None:
    from dataclasses import asdict

    from nurie.evaluation.protocols import PROTOCOLS, describe_run, fid_protocol, make_folder, write_result
    from nurie.evaluation.report import scores_as_json
    from nurie.images import write_image

    networks = () if args.colors_only else ("inception",)
    result = describe_run(PROTOCOLS["acceptance"], seed=args.seed, networks=networks, scored=scored) | {
        "fid_protocol": fid_protocol(PROTOCOLS["acceptance"], len(drawings), len(drawings)),
        "drawings": len(drawings),
        "scores": scores_as_json(scores),
        "verdicts": [asdict(verdict) for verdict in verdicts],
    }
    make_folder(args.output)
    write_result(args.output / "scores.json", result)
    write_image(args.output / "sheet.png", _sheet(drawings[:SHEET_DRAWINGS], painters, args.seed))


def _sheet(drawings: list[Drawing], painters: dict[str, Painter], seed: int) -> Image:
    """Show what was scored: all painters with their seeds, the model also with its second."""
    from nurie.evaluation.sheets import contact_sheet

    rows: dict[str, list[AnyPicture]] = {"sketch": [drawing.sketch for drawing in drawings]}
    for name in (*painters, f"{PROGRAM}, 2nd seed"):
        painter, shift = painters.get(name, painters[PROGRAM]), int(name not in painters)
        rows[name] = [painter(drawing, seed + 2 * i + shift) for i, drawing in enumerate(drawings)]
    return contact_sheet(rows)


class _Bars:
    """One progress bar at a time on the terminal; a new name ends the one before."""

    def __init__(self) -> None:
        self._name = ""
        self._bar: Any = None  # tqdm has no types

    def __enter__(self) -> _Bars:
        return self

    def __exit__(self, *exception: object) -> None:
        if self._bar is not None:
            self._bar.close()

    def named(self, name: str) -> Progress:
        """Give the function that is told the progress of `name`."""

        def report(done: int, total: int) -> None:
            from tqdm import tqdm

            if self._bar is None or name != self._name or done < self._bar.n:
                self.__exit__()
                self._name, self._bar = name, tqdm(desc=name, total=total, disable=None)
            self._bar.update(done - self._bar.n)

        return report


def _with_bar(featurize: PictureFeatures, bars: _Bars) -> Featurize:
    return lambda pictures: featurize(pictures, bars.named("features"))


def _add_cache(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--cache",
        type=Path,
        metavar="DIR",
        help="keep Inception's features there for the next time",
    )
