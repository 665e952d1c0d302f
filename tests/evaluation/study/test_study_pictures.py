import shutil

import numpy as np
import pytest
from PIL import Image, PngImagePlugin
from small_studies import make_folder

from nurie.errors import DataError, ImageError
from nurie.evaluation.study.display import DISPLAY_SIDE, is_wide, show_pictures
from nurie.evaluation.study.pictures import find_methods, find_pictures
from nurie.images import read_color, write_image


@pytest.fixture
def pictures_folder(tmp_path):
    return make_folder(tmp_path / "study", methods=("a", "b"))


def test_folders_of_pictures_are_methods(pictures_folder):
    (pictures_folder / "empty").mkdir()
    shutil.copytree(pictures_folder / "a", pictures_folder / ".hidden")
    assert find_methods(pictures_folder) == ("a", "b")


def test_numbered_pictures_belong_to_one_sketch(pictures_folder):
    (pictures_folder / "a" / "cat-1.nurie.json").write_text("{}")
    found = find_pictures(pictures_folder, ["b", "a"])
    assert found.sketches == ("cat", "dog")
    assert found.pictures_each == 2
    assert list(found.colorings) == ["b", "a"]
    assert [file.name for file in found.colorings["a"]["dog"]] == ["dog-1.png", "dog-2.png"]
    assert found.drawings["cat"] == pictures_folder / "sketches" / "cat.png"


def test_ten_comes_after_nine(tmp_path):
    folder = make_folder(tmp_path / "study", methods=("a",), pictures=11)
    files = find_pictures(folder, ["a"]).colorings["a"]["cat"]
    assert [file.stem for file in files] == [f"cat-{number}" for number in range(1, 12)]


def test_sketches_whose_names_end_in_numbers_are_told_by_the_folder_of_sketches(tmp_path):
    folder = make_folder(tmp_path / "study", methods=("a",), sketches=("cat-1", "cat-2"), pictures=1)
    for name in ("cat-1", "cat-2"):
        (folder / "a" / f"{name}-1.png").rename(folder / "a" / f"{name}.png")
    assert find_pictures(folder, ["a"]).sketches == ("cat-1", "cat-2")
    shutil.rmtree(folder / "sketches")
    assert find_pictures(folder, ["a"]).sketches == ("cat",)


def test_sketches_may_be_left_out(pictures_folder):
    shutil.rmtree(pictures_folder / "sketches")
    assert find_pictures(pictures_folder, ["a", "b"]).drawings == {}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda d: (d / "b/cat-2.png").unlink(), "b lacks cat-2, which another method has"),
        (lambda d: [f.unlink() for f in (d / "b").glob("*-1.png")], "b lacks cat-1, dog-1, which"),
        (lambda d: shutil.rmtree(d / "b"), "b is no folder"),
        (lambda d: [f.unlink() for f in (d / "b").iterdir()], "b has no pictures"),
        (lambda d: (d / "sketches/cat.png").unlink(), "has no sketch cat, of which there are pictures"),
        (lambda d: shutil.copy(d / "sketches/cat.png", d / "sketches/cow.png"), "no method has pictures of"),
        (lambda d: shutil.copy(d / "a/cat-1.png", d / "a/cat-01.png"), "have one name"),
        (lambda d: shutil.copy(d / "sketches/cat.png", d / "sketches/cat.webp"), "have one name"),
        (lambda d: [(d / m / "cat-2.png").unlink() for m in "ab"], "sketches have 1 and 2 pictures"),
    ],
)
def test_what_is_missing_is_named(pictures_folder, change, message):
    change(pictures_folder)
    with pytest.raises(DataError) as error:
        find_pictures(pictures_folder, ["a", "b"])
    assert message in str(error.value)


def test_a_long_list_is_cut(tmp_path):
    folder = make_folder(tmp_path / "study", methods=("a", "b"), pictures=6)
    for file in (folder / "b").glob("cat-*.png"):
        file.unlink()
    with pytest.raises(DataError, match="lacks cat-1, cat-2, cat-3 and 3 more"):
        find_pictures(folder, ["a", "b"])


def test_folders_without_anything(tmp_path):
    with pytest.raises(DataError, match="is no folder; make one"):
        find_methods(tmp_path / "no")
    with pytest.raises(DataError, match="has no folders of pictures"):
        find_methods(tmp_path)


def test_copies_show_the_same_and_say_nothing_else(pictures_folder):
    secret = PngImagePlugin.PngInfo()
    secret.add_text("nurie", "made by method a")
    file = pictures_folder / "a" / "cat-1.png"
    Image.fromarray(np.full((30, 20, 3), 77, np.uint8)).save(file, pnginfo=secret)
    shown = show_pictures(pictures_folder, find_pictures(pictures_folder, ["a", "b"]))
    copy = next(
        picture.file for picture in shown if (picture.sketch, picture.method, picture.number) == ("cat", "a", 1)
    )
    assert np.array_equal(read_color(copy), read_color(file))
    assert b"method" not in copy.read_bytes()
    assert "cat" not in copy.name
    assert len(shown) == 2 + 2 * 2 * 2


def test_copies_are_bounded_and_made_once(pictures_folder):
    write_image(pictures_folder / "a" / "cat-1.png", np.zeros((2 * DISPLAY_SIDE, 100), np.uint8))
    found = find_pictures(pictures_folder, ["a", "b"])
    told = []
    copies = [picture.file for picture in show_pictures(pictures_folder, found, lambda *step: told.append(step))]
    assert told[-1] == (10, 10)
    assert (DISPLAY_SIDE, 50, 3) in [read_color(copy).shape for copy in copies]
    times = [copy.stat().st_mtime_ns for copy in copies]
    assert [picture.file.stat().st_mtime_ns for picture in show_pictures(pictures_folder, found)] == times


@pytest.mark.parametrize(("size", "wide"), [((30, 40), True), ((40, 30), False), ((40, 40), False), ((10, 90), True)])
def test_wide_pictures_are_known(tmp_path, size, wide):
    write_image(tmp_path / "a.png", np.zeros(size, np.uint8))
    assert is_wide(tmp_path / "a.png") == wide


def test_a_damaged_picture_is_found_before_anybody_rates(pictures_folder):
    file = pictures_folder / "b" / "dog-2.png"
    file.write_bytes(file.read_bytes()[:40])
    with pytest.raises(ImageError, match=r"dog-2\.png"):
        show_pictures(pictures_folder, find_pictures(pictures_folder, ["a", "b"]))
