"""Score a folder of pictures against a folder of true ones, whoever made them."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from nurie.errors import DataError
from nurie.evaluation.fid import fid
from nurie.evaluation.kid import KID, kid
from nurie.evaluation.picture_features import Featurize
from nurie.evaluation.resizing import AnyImage
from nurie.evaluation.stlpips import SMALLEST_SIDE, STLPIPS
from nurie.images import IMAGE_SUFFIXES, read_color


@dataclass(frozen=True)
class FolderScore:
    """Distances of two folders; None where the pictures are too few."""

    pictures: int
    truth: int
    """How many pictures each folder has."""
    fid: float | None
    kid: KID | None
    stlpips: float | None
    """Mean over the pairs of pictures with the same name (without suffix)."""
    pairs: int


def score_folders(pictures: Path, truth: Path, featurize: Featurize) -> FolderScore:
    """Compare all pictures of two folders, in the order of names; folders within are left out.

    FID and KID need two pictures in each folder, ST-LPIPS a pair of the same name.

    Raises:
        DataError: a folder is missing or has no picture, two files differ in their suffix only, or
            the pictures of a pair differ in size or are too small.
        WeightsError: pretrained weights are missing or damaged.
    """
    files_a, files_b = picture_files(pictures), picture_files(truth)
    images_a, images_b = _read(files_a), _read(files_b)
    features_a, features_b = featurize(images_a), featurize(images_b)
    enough = min(len(files_a), len(files_b)) > 1
    by_name = dict(zip(files_b, images_b, strict=True))
    pairs = [(image, by_name[name], name) for name, image in zip(files_a, images_a, strict=True) if name in by_name]
    return FolderScore(
        pictures=len(files_a),
        truth=len(files_b),
        fid=fid(features_a, features_b) if enough else None,
        kid=kid(features_a, features_b) if enough else None,
        stlpips=_mean_stlpips(pairs),
        pairs=len(pairs),
    )


def picture_files(folder: Path) -> dict[str, Path]:
    """Give the picture files of a folder by their name without suffix, sorted by name.

    Raises:
        DataError: as in `score_folders`.
    """
    if not folder.is_dir():
        raise DataError(f"{folder} is no folder; give one with pictures")
    files: dict[str, Path] = {}
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.suffix.lower() not in IMAGE_SUFFIXES:
            continue
        if file.stem in files:
            raise DataError(f"{files[file.stem]} and {file} have one name; remove one of the two")
        files[file.stem] = file
    if not files:
        raise DataError(f"{folder} has no pictures; it needs {', '.join(IMAGE_SUFFIXES)} files")
    return files


def _read(files: dict[str, Path]) -> list[AnyImage]:
    return [read_color(file) for file in files.values()]


def _mean_stlpips(pairs: Sequence[tuple[AnyImage, AnyImage, str]]) -> float | None:
    for a, b, name in pairs:
        if a.shape != b.shape or min(a.shape[:2]) < SMALLEST_SIDE:
            raise DataError(
                f"{name}: {a.shape[1]}x{a.shape[0]} pixels against {b.shape[1]}x{b.shape[0]}; "
                f"give pairs of one size, at least {SMALLEST_SIDE} pixels a side"
            )
    if not pairs:
        return None
    network = STLPIPS()
    return float(np.mean([network.compare(a, b) for a, b, _ in pairs]))
