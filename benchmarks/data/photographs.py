"""How many photographs `nurie prepare` finds, and drawings it loses: `python -m benchmarks.data.photographs FOLDER...`.

Folders hold photographs, of which parts and a copy with a blurred ground are looked at as well; drawings are those of
our sources and of the folders after `--drawings`, as they are and as JPEG.
"""

import argparse
import os
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np

from nurie.arrays import Image
from nurie.data.prepare.judge import judge_content
from nurie.data.sources import SOURCES
from nurie.data.sources.folder import LONGEST_SIDE, reduce_picture
from nurie.data.sources.icons import VARIABLE
from nurie.evaluation.folders import picture_files
from nurie.images import read_color

PARTS = 13  # of each photograph
QUALITIES = (75, 50)


def photographs(file: Path, rng: np.random.Generator) -> Iterator[Image]:
    """The picture, parts of it, and a copy in which only its middle is sharp."""
    picture = read_color(file)
    height, width = picture.shape[:2]
    yield picture
    for _ in range(PARTS):
        share = rng.uniform(0.3, 0.8)
        rows, columns = int(height * share), int(width * share)
        top, left = rng.integers(height - rows + 1), rng.integers(width - columns + 1)
        if rows >= 100:
            yield picture[top : top + rows, left : left + columns]
    blurred = cv2.GaussianBlur(picture, (0, 0), min(height, width) / 40)
    mask = np.zeros((height, width), np.float32)
    cv2.ellipse(mask, (width // 2, height // 2), (width // 4, height // 3), 0, 0, 360, 1.0, -1)
    mask = cv2.GaussianBlur(mask, (0, 0), min(height, width) / 60)[..., None]
    yield (picture * mask + blurred * (1 - mask)).astype(np.uint8)


def as_jpeg(picture: Image, quality: int) -> Image:
    """The picture after a round through JPEG."""
    _, data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8)


def main() -> None:
    """Print what was found and what was lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("photographs", nargs="+", type=Path)
    parser.add_argument("--drawings", nargs="*", type=Path, default=[])
    parser.add_argument("--count", type=int, default=50, help="drawings of each source (default: 50)")
    args = parser.parse_args()
    rng = np.random.default_rng(0)
    for folder in args.photographs:
        for name, file in picture_files(folder).items():
            verdicts = [judge_content(reduce_picture(part, LONGEST_SIDE)) for part in photographs(file, rng)]
            print(f"{name}: {sum(map(bool, verdicts))} of {len(verdicts)} rejected", sorted({*verdicts} - {""}))
    drawn = {name: draw for name, draw in SOURCES.items() if name != "icons" or VARIABLE in os.environ}
    sets = {name: [draw(seed).color for seed in range(920_000, 920_000 + args.count)] for name, draw in drawn.items()}
    for folder in args.drawings:
        pictures = [read_color(file) for file in picture_files(folder).values()]
        sets[str(folder)] = [reduce_picture(picture, LONGEST_SIDE) for picture in pictures]
    for name, pictures in sets.items():
        copies = {
            "as it is": pictures,
            **{f"JPEG {q}": [as_jpeg(picture, q) for picture in pictures] for q in QUALITIES},
        }
        for kind, looked_at in copies.items():
            lost = sum(judge_content(picture) == "photo" for picture in looked_at)
            print(f"{name}, {kind}: {lost} of {len(looked_at)} taken for photographs")


if __name__ == "__main__":
    main()
