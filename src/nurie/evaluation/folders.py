"""Score a folder of pictures against a folder of true ones, whoever made them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from nurie.arrays import Image, RegionMap, Sketch
from nurie.data.sources.drawing import Drawing
from nurie.errors import DataError
from nurie.evaluation.bleeding import open_paper_change, region_deviation
from nurie.evaluation.diversity import diversity
from nurie.evaluation.fid import Features, fid
from nurie.evaluation.fidelity import histogram_distance, psnr, ssim
from nurie.evaluation.kid import KID, kid
from nurie.evaluation.painters import FlattenedTruth, learn_painters
from nurie.evaluation.picture_features import Featurize
from nurie.evaluation.picture_scores import mean_of, way_between
from nurie.evaluation.resizing import AnyImage
from nurie.evaluation.stlpips import SMALLEST_SIDE, STLPIPS
from nurie.images import IMAGE_SUFFIXES, read_color, read_sketch
from nurie.images.labels import read_labels


@dataclass(frozen=True)
class FolderScore:
    """Distances of two folders; None where the pictures are too few, or what it takes was not given."""

    pictures: int
    truth: int
    """How many pictures each folder has."""
    fid: float | None
    kid: KID | None
    pairs: int
    """Pictures with the same name (without suffix); the means that follow are over them."""
    stlpips: float | None
    psnr: float | None
    ssim: float | None
    histogram: float | None
    way: float | None = None
    """Share of the way from the FID of random colours (0) to that of the truth flattened by region (1)."""
    change: float | None = None
    """Bleeding on open paper (`open_paper_change`)."""
    deviation: float | None = None
    """Bleeding within regions (`region_deviation`)."""
    diversity: float | None = None
    """Mean ST-LPIPS between pictures of one drawing."""


@dataclass(frozen=True)
class Beside:
    """Further folders, each optional; files belong together by their names."""

    sketches: Path | None = None
    """The line drawings: for bleeding on open paper, and for the way from random to flattened truth."""
    regions: Path | None = None
    """True region maps, as `nurie regions` writes them: for bleeding within regions; needs `sketches`."""
    more: Sequence[Path] = ()
    """Other pictures of the same drawings by the same method: for diversity."""


def score_folders(pictures: Path, truth: Path, featurize: Featurize, beside: Beside | None = None) -> FolderScore:
    """Compare all pictures of two folders, in the order of names; folders within are left out.

    FID and KID need two pictures in each folder, the others a pair of the same name.

    Raises:
        DataError: a folder is missing or has no picture, two files differ in their suffix only, or
            the pictures of a pair differ in size or are too small.
        WeightsError: pretrained weights are missing or damaged.
    """
    beside = beside or Beside()
    made, true = read_pictures(pictures), read_pictures(truth)
    features, true_features = featurize(list(made.values())), featurize(list(true.values()))
    enough = min(len(made), len(true)) > 1
    pairs = _pairs(made, true)
    distance = fid(features, true_features) if enough else None
    ends = _ends(true, _sketches(beside.sketches, true), true_features, featurize) if enough else None
    sketches = _sketches(beside.sketches, made)
    return FolderScore(
        pictures=len(made),
        truth=len(true),
        fid=distance,
        kid=kid(features, true_features) if enough else None,
        pairs=len(pairs),
        stlpips=_mean_stlpips(pairs),
        psnr=mean_of([psnr(a, b) for a, b in pairs]),
        ssim=mean_of([ssim(a, b) for a, b in pairs]),
        histogram=mean_of([histogram_distance(a, b) for a, b in pairs]),
        way=way_between(distance, *ends) if ends else None,
        change=mean_of([open_paper_change(made[name], sketch) for name, sketch in sketches.items()]),
        deviation=_mean_deviation(made, sketches, beside.regions) if beside.regions else None,
        diversity=_mean_diversity(made, beside.more) if beside.more else None,
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


def read_pictures(folder: Path) -> dict[str, AnyImage]:
    """Give the pictures of a folder by name, sorted by name. Errors as in `score_folders`."""
    return {name: read_color(file) for name, file in picture_files(folder).items()}


def _pairs(made: Mapping[str, AnyImage], true: Mapping[str, AnyImage]) -> list[tuple[Image, Image]]:
    pairs = []
    for name, a in made.items():
        if name not in true:
            continue
        b = true[name]
        if a.shape != b.shape or min(a.shape[:2]) < SMALLEST_SIDE:
            raise DataError(
                f"{name}: {a.shape[1]}x{a.shape[0]} pixels against {b.shape[1]}x{b.shape[0]}; "
                f"give pairs of one size, at least {SMALLEST_SIDE} pixels a side"
            )
        pairs.append((a, b))
    return pairs


def _mean_stlpips(pairs: Sequence[tuple[Image, Image]]) -> float | None:
    if not pairs:
        return None
    network = STLPIPS()
    return float(np.mean([network.compare(a, b) for a, b in pairs]))


def _sketches(folder: Path | None, pictures: Mapping[str, AnyImage]) -> dict[str, Sketch]:
    """The line drawings of those pictures that have one."""
    files = picture_files(folder) if folder else {}
    sketches = {name: read_sketch(files[name]) for name in pictures if name in files}
    for name, sketch in sketches.items():
        _check_size(name, sketch.shape, pictures[name])
    return sketches


def _check_size(name: str, shape: tuple[int, ...], picture: AnyImage) -> None:
    if shape != picture.shape[:2]:
        raise DataError(
            f"{name}: a drawing of {shape[1]}x{shape[0]} pixels and a picture of "
            f"{picture.shape[1]}x{picture.shape[0]}; give both at one size"
        )


def _ends(
    true: Mapping[str, AnyImage], sketches: Mapping[str, Sketch], features: Features, featurize: Featurize
) -> tuple[float, float] | None:
    """FID of two painters that know the true colours: one misplaces them, one does not; None for a single drawing."""
    if len(sketches) < 2:
        return None
    one = {name: np.ones(sketch.shape, np.int32) for name, sketch in sketches.items()}
    drawings = [Drawing(true[name], sketch, one[name]) for name, sketch in sketches.items()]
    random, _ = learn_painters(drawings)
    painted = ([paint(drawing, seed) for seed, drawing in enumerate(drawings)] for paint in (random, FlattenedTruth()))
    first, last = (fid(featurize(pictures), features) for pictures in painted)
    return first, last


def _mean_deviation(made: Mapping[str, AnyImage], sketches: Mapping[str, Sketch], folder: Path) -> float | None:
    if not sketches:
        raise DataError("bleeding within regions needs the line drawings too; name their folder with --sketches")
    files = picture_files(folder)
    maps = {name: _read_regions(files[name], made[name]) for name in sketches if name in files}
    return mean_of([region_deviation(made[name], sketches[name], regions) for name, regions in maps.items()])


def _read_regions(file: Path, picture: AnyImage) -> RegionMap:
    labels = read_labels(file)
    if labels is None:
        raise DataError(
            f"{file} is no region map; it must be gray with a whole number a pixel, as nurie regions writes"
        )
    _check_size(file.stem, labels.shape, picture)
    return np.asarray(labels, np.int32)


def _mean_diversity(made: Mapping[str, AnyImage], folders: Sequence[Path]) -> float | None:
    more = [read_pictures(folder) for folder in folders]
    network = STLPIPS()
    sketches = [[picture, *(other[name] for other in more if name in other)] for name, picture in made.items()]
    for name, pictures in zip(made, sketches, strict=True):
        for other in pictures[1:]:
            _check_size(name, pictures[0].shape[:2], other)
    return diversity(sketches, network.compare)
