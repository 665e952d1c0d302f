import numpy as np
import pytest

from nurie.data.augment import XDOG_SIGMAS
from nurie.data.sources.folder import load_picture, scan_folder
from nurie.errors import ImageError
from nurie.images import write_image


def picture(height=40, width=60):
    color = np.full((height, width, 3), 240, np.uint8)
    color[height // 4 : height // 2, width // 4 : width // 2] = (200, 30, 30)
    return color


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "deep" / "er").mkdir(parents=True)
    (tmp_path / ".hidden").mkdir()
    for name in ("b.png", "deep/a.JPG", "deep/er/c.webp", ".hidden/d.png", ".e.png"):
        write_image(tmp_path / name, picture())
    (tmp_path / "notes.txt").write_text("no picture")
    return tmp_path


def test_all_pictures_of_all_folders_are_found_in_order(folder):
    found = scan_folder(folder)
    assert found.names == ("b.png", "deep/a.JPG", "deep/er/c.webp")
    assert found.skipped == ()


def test_what_cannot_be_read_is_reported_and_skipped(folder):
    data = (folder / "b.png").read_bytes()
    (folder / "short.png").write_bytes(data[: len(data) // 2])
    (folder / "text.png").write_text("no picture")
    (folder / "empty.gif").write_bytes(b"")
    found = scan_folder(str(folder))
    assert len(found.names) == 3
    assert [sentence.split(" was skipped: ")[0].rsplit("/")[-1] for sentence in found.skipped] == [
        "empty.gif",
        "short.png",
        "text.png",
    ]


def test_lines_and_regions_are_found(folder):
    drawing = load_picture(folder, "b.png")
    np.testing.assert_array_equal(drawing.color, picture())
    assert drawing.sketch.shape == (40, 60)
    assert drawing.sketch.min() == 0
    assert drawing.regions.min() == 1
    assert drawing.parts == ()
    assert drawing.meta["license"] == drawing.meta["author"] == "unknown"


def test_sigma_depends_on_the_name_alone(folder):
    sigmas = set()
    for number in range(12):
        write_image(folder / f"{number}.png", picture())
        first, again = (load_picture(folder, f"{number}.png") for _ in range(2))
        np.testing.assert_array_equal(first.sketch, again.sketch)
        assert first.meta == again.meta
        sigmas.add(first.meta["sigma"])
    assert len(sigmas) > 2
    assert sigmas <= set(XDOG_SIGMAS)


def test_large_pictures_are_reduced(folder):
    write_image(folder / "large.png", picture(300, 600))
    drawing = load_picture(folder, "large.png")
    assert drawing.color.shape == (128, 256, 3)
    assert drawing.sketch.shape == drawing.regions.shape == (128, 256)


def test_a_picture_that_turns_out_damaged_is_named(folder):
    with pytest.raises(ImageError, match=r"gone.png does not exist"):
        load_picture(folder, "gone.png")
