import io

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from nurie.errors import InputError
from nurie.images import read_image
from nurie.sketch.line_art import Kind, judge_drawing

INK, PENCIL, BLUE = (0, 0, 0), (120, 116, 112), (40, 70, 190)
WHITE, CREAM = (255, 255, 255), (250, 240, 214)


def strokes(ink=INK, paper=WHITE, side=256, width=2, seed=0):
    """Circles and curves, with one black fill."""
    picture = np.full((side, side, 3), paper, np.uint8)
    rng = np.random.default_rng(seed)
    for _ in range(12):
        center = tuple(int(place) for place in rng.integers(side // 8, side - side // 8, 2))
        cv2.circle(picture, center, int(rng.integers(side // 20, side // 5)), ink, width, cv2.LINE_AA)
    points = np.stack([np.linspace(0, side, 40), side / 2 + side / 4 * np.sin(np.linspace(0, 9, 40))], axis=1)
    cv2.polylines(picture, [points.round().astype(np.int32)], False, ink, width, cv2.LINE_AA)
    cv2.circle(picture, (side // 5, side // 5), side // 16, ink, -1, cv2.LINE_AA)
    return picture


def fills(side=256):
    """A colored picture with outlines."""
    picture = strokes(side=side)
    cv2.circle(picture, (side // 2, side // 2), side // 4, (250, 200, 170), -1)
    cv2.circle(picture, (side // 2, side // 2), side // 4, INK, 2)
    cv2.rectangle(picture, (side // 2, side // 8), (side * 7 // 8, side // 3), (90, 130, 220), -1)
    return picture


def photo(seed=0, side=256, gray=False):
    """Smooth noise on all scales, with grain."""
    rng = np.random.default_rng(seed)
    channels = 1 if gray else 3
    picture = np.zeros((side, side, channels))
    for size, weight in ((4, 1.0), (16, 0.6), (64, 0.4), (side, 0.25)):
        noise = cv2.resize(rng.random((size, size, channels)), (side, side), interpolation=cv2.INTER_CUBIC)
        picture += weight * noise.reshape(side, side, channels)
    picture = 255 * (picture - picture.min()) / np.ptp(picture)
    return np.broadcast_to(picture, (side, side, 3)).astype(np.uint8)


def as_jpeg(picture, quality=80):
    buffer = io.BytesIO()
    Image.fromarray(picture).save(buffer, "JPEG", quality=quality)
    return np.asarray(Image.open(buffer).convert("RGB"))


@pytest.mark.parametrize("ink", [INK, PENCIL, BLUE])
@pytest.mark.parametrize("paper", [WHITE, CREAM])
@pytest.mark.parametrize("side", [128, 256, 512, 1500])
def test_strokes_of_any_color_on_paper_of_any_color(ink, paper, side):
    picture = strokes(ink, paper, side, width=max(1, side // 128))
    assert judge_drawing(picture).is_line_art
    assert judge_drawing(as_jpeg(picture)).is_line_art
    assert judge_drawing(255 - picture).is_line_art


def test_hatching_and_screentone():
    picture = np.full((256, 256, 3), 255, np.uint8)
    for start in range(-256, 256, 5):
        cv2.line(picture, (start, 0), (start + 256, 256), INK, 1, cv2.LINE_AA)
    assert judge_drawing(picture).is_line_art
    rows, columns = np.mgrid[:256, :256]
    dots = np.hypot(rows % 6 - 3, columns % 6 - 3)
    tone = np.clip((dots - 1) * 200, 0, 255).astype(np.uint8)
    assert judge_drawing(np.repeat(tone[..., None], 3, axis=2)).is_line_art


def test_a_scan_of_pencil_with_noise_and_uneven_light():
    rng = np.random.default_rng(3)
    shade = 8 * np.hypot(*np.mgrid[-1:1:256j, -1:1:256j])[..., None]
    picture = np.clip(strokes(PENCIL, CREAM) - shade + rng.normal(0, 4, (256, 256, 1)), 0, 255).astype(np.uint8)
    assert judge_drawing(as_jpeg(picture)).is_line_art


@pytest.mark.parametrize("level", [0, 60, 127, 128, 200, 255])
def test_blank_and_black(level):
    verdict = judge_drawing(np.full((64, 80, 3), level, np.uint8))
    assert verdict.kind == (Kind.BLACK if level < 128 else Kind.BLANK)
    assert not verdict.is_line_art


@pytest.mark.parametrize("side", [128, 256, 512, 1500])
def test_colored(side):
    for picture in (fills(side), as_jpeg(fills(side))):
        verdict = judge_drawing(picture)
        assert verdict.kind == Kind.COLORED
        assert "already colored" in verdict.reason


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("gray", [False, True])
def test_photos(seed, gray):
    assert judge_drawing(photo(seed, gray=gray)).kind == Kind.PHOTO


@pytest.mark.parametrize("name", ["astronaut", "camera", "coffee", "chelsea", "coins", "grass", "gravel"])
def test_real_photos(name):
    data = pytest.importorskip("skimage.data", reason="needs pip install nurie[train]")
    picture = getattr(data, name)()
    picture = np.repeat(picture[..., None], 3, axis=2) if picture.ndim == 2 else picture
    assert judge_drawing(np.ascontiguousarray(picture)).kind == Kind.PHOTO


def test_strokes_on_transparent_ground():
    alpha = 255 - strokes()[..., 0]
    for level in (0, 255):
        rgba = np.dstack([np.full((256, 256, 3), level, np.uint8), alpha])
        assert judge_drawing(read_image(rgba)).is_line_art


@settings(max_examples=30)
@given(seed=st.integers(0, 10**6), turns=st.integers(0, 3), mirrored=st.booleans())
def test_how_the_picture_lies_does_not_matter(seed, turns, mirrored):
    picture = (strokes(seed=seed), fills(), photo(seed, side=64))[seed % 3]
    turned = np.ascontiguousarray(np.rot90(picture, turns)[:, :: -1 if mirrored else 1])
    assert judge_drawing(turned).kind == judge_drawing(picture).kind


def test_no_pixels():
    with pytest.raises(InputError, match="no pixels"):
        judge_drawing(np.zeros((0, 4, 3), np.uint8))
