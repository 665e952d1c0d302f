import numpy as np
import pytest
from PIL import Image as PillowImage

from nurie.errors import OutputError
from nurie.images import read_color
from nurie.inference.animation import shrink, write_frames

FRAMES = [np.full((8, 12, 3), (60 * k, 0, 255 - 60 * k), np.uint8) for k in range(4)]


def test_a_strip_has_all_frames_side_by_side(tmp_path):
    write_frames(tmp_path / "a.png", FRAMES)
    assert np.array_equal(read_color(tmp_path / "a.png"), np.concatenate(FRAMES, 1))


@pytest.mark.parametrize("suffix", [".gif", ".webp", ".apng"])
def test_animations_go_there_and_back(tmp_path, suffix):
    write_frames(tmp_path / f"a{suffix}", FRAMES, milliseconds=50)
    with PillowImage.open(tmp_path / f"a{suffix}") as image:
        assert image.n_frames == 6
        assert image.info["loop"] == 0
        durations = []
        for number, shown in enumerate((0, 1, 2, 3, 2, 1)):
            image.seek(number)
            durations.append(image.info.get("duration"))
            frame = np.asarray(image.convert("RGB")).astype(int)
            assert np.abs(frame - FRAMES[shown]).max() <= 4
    if suffix != ".webp":  # Pillow tells the time of a WebP frame only after it
        assert durations == [200, 50, 50, 200, 50, 50]


def test_other_suffixes_are_refused(tmp_path):
    with pytest.raises(OutputError, match=r"use \.gif, \.webp, \.apng, \.png \(side by side\)"):
        write_frames(tmp_path / "a.mp4", FRAMES)


def test_shrinking_keeps_small_pictures():
    assert shrink(FRAMES[0], 6).shape == (4, 6, 3)
    assert shrink(FRAMES[0], 100) is FRAMES[0]
