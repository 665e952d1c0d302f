import cv2
import numpy as np
import pytest
from heaps import flat_picture

from nurie.data.prepare.judge import judge_content, judge_size
from nurie.data.sources import SOURCES


def lines(paper=255):
    picture = np.full((200, 200, 3), paper, np.uint8)
    cv2.circle(picture, (100, 100), 60, (0, 0, 0), 2)
    cv2.line(picture, (20, 30), (180, 150), (0, 0, 0), 2)
    return picture


def photo(seed=0):
    """Colour that varies everywhere, and the noise of a sensor."""
    rng = np.random.default_rng(seed)
    smooth = cv2.resize(rng.integers(0, 256, (12, 12, 3)).astype(np.float32), (256, 256), interpolation=cv2.INTER_CUBIC)
    return np.clip(smooth + rng.normal(0, 6, smooth.shape), 0, 255).astype(np.uint8)


def gray(picture):
    return np.repeat(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)[..., None], 3, 2)


@pytest.mark.parametrize("seed", range(5))
def test_flat_coloured_pictures_are_kept_also_as_poor_jpeg(seed):
    picture = flat_picture(seed, 256, 256)
    jpeg = cv2.imdecode(cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, 75])[1], cv2.IMREAD_COLOR)
    assert judge_content(picture) == ""
    assert judge_content(jpeg) == ""


def test_what_is_no_coloured_drawing_is_told_apart():
    assert judge_content(photo()) == "photo"
    assert judge_content(lines()) == "line art"
    assert judge_content(gray(flat_picture(1))) == "greyscale"
    assert judge_content(np.full((200, 200, 3), 255, np.uint8)) == "blank"


def test_a_photograph_with_a_blurred_ground_is_one_though_half_of_it_is_plain():
    sharp, ground = photo(1), np.full((256, 256, 3), (190, 205, 230), np.uint8)
    mixed = ground.copy()
    mixed[96:] = cv2.GaussianBlur(sharp, (0, 0), 1.5)[96:]
    assert (mixed == ground).all(axis=2).mean() > 0.35
    assert judge_content(mixed) == "photo"


@pytest.mark.parametrize("name", ["anime", "world", "dicebear"])
def test_our_own_drawings_are_kept_also_as_poor_jpeg(name):
    for seed in range(920_000, 920_003):
        _, data = cv2.imencode(".jpg", SOURCES[name](seed).color, [cv2.IMWRITE_JPEG_QUALITY, 50])
        assert judge_content(cv2.imdecode(data, cv2.IMREAD_COLOR)) == ""


def test_the_shorter_side_counts():
    assert judge_size(128, 500, 128) == ""
    assert judge_size(500, 127, 128) == "127x500 pixels; 128 are needed"
