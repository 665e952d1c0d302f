"""A seed must stay the drawing it is: corpora are made from seeds alone.

The pictures in `golden/` show color, line art and kinds of regions side by side; they were drawn by this package
with skia-python 144.1. Another skia smooths a rim differently, so pixels may differ a little anywhere and a lot
nowhere: one long strand of hair more or less already fails. `python tests/data/sources/anime/test_anime_golden.py`
draws them anew, which is right only when drawings are meant to change.
"""

from pathlib import Path

import cv2
import numpy as np
import pytest

from nurie.data.sources.anime import draw_anime
from nurie.data.sources.drawing import KINDS

GOLDEN = Path(__file__).parent / "golden"
SEEDS = (4, 5, 16, 28)  # three busts; two before a room; a chibi and a teenager; two teenagers before hills
LOUD = 48  # gray levels: more than another smoothing of a rim
MAX_LOUD_SHARE = 1e-4  # of the values of a sheet: 59, or about 20 pixels
KIND_STEP = 40  # gray levels from one kind to the next


def sheet_of(seed):
    drawing = draw_anime(seed)
    kinds = np.array([KINDS.index(part.kind) for part in drawing.parts], np.uint8)[drawing.regions - 1]
    panels = [np.repeat(gray[..., None], 3, 2) for gray in (drawing.sketch, kinds * np.uint8(KIND_STEP))]
    return np.hstack([drawing.color, *panels])


def path_of(seed):
    return GOLDEN / f"anime-{seed:06d}.png"


@pytest.mark.parametrize("seed", SEEDS)
def test_seeds_stay_the_drawings_they_are(seed):
    expected = cv2.imread(str(path_of(seed)))[..., ::-1]
    difference = np.abs(sheet_of(seed).astype(int) - expected)
    assert (difference > LOUD).mean() <= MAX_LOUD_SHARE
    assert difference.mean() < 0.1


def write_golden():
    GOLDEN.mkdir(exist_ok=True)
    for seed in SEEDS:
        cv2.imwrite(str(path_of(seed)), sheet_of(seed)[..., ::-1], [cv2.IMWRITE_PNG_COMPRESSION, 9])


if __name__ == "__main__":
    write_golden()
