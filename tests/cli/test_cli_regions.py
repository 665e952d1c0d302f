"""`nurie regions`: what is written beside the map, reports, warnings, and regions from elsewhere."""

import json

import cv2
import numpy as np
import pytest
from PIL import Image

from nurie.cli import main
from nurie.images import write_image
from nurie.regions import segment_regions
from nurie.regions.from_file import read_regions
from nurie.regions.hierarchy import build_hierarchy
from nurie.regions.preview import number_preview, tint_regions


@pytest.fixture
def drawing(tmp_path):
    """A box with a gap and hatching in it; `a.png` and its pixels."""
    sketch = np.full((128, 128), 255, np.uint8)
    cv2.rectangle(sketch, (20, 20), (100, 100), 0, 2)
    for row in range(26, 60, 4):
        sketch[row, 24:70] = 0
        sketch[26:59, 24] = sketch[26:59, 70] = 0
    sketch[80:82, 15:25] = 255
    write_image(tmp_path / "a.png", sketch)
    return tmp_path / "a.png", sketch


def labels(path):
    return np.asarray(Image.open(path)).astype(np.int32)


def test_a_preview_has_numbers_unless_they_are_unwanted(drawing, tmp_path):
    path, sketch = drawing
    out = tmp_path / "out.png"
    for options, paint in ([], number_preview), (["--no-numbers"], tint_regions):
        assert main(["regions", str(path), "-o", str(out), "--preview", *options]) == 0
        preview = np.asarray(Image.open(tmp_path / "out-preview.png"))
        assert np.array_equal(preview, paint(segment_regions(sketch), sketch))


def test_hierarchy(drawing, tmp_path):
    path, sketch = drawing
    out = tmp_path / "out.png"
    options = ["--method", "flood_fill", "--min-area", "0", "--max-regions", "3", "--hierarchy"]
    assert main(["regions", str(path), "-o", str(out), *options]) == 0
    fine = labels(tmp_path / "out-fine.png")
    assert np.array_equal(fine, segment_regions(sketch, "flood_fill", min_area=0, max_regions=sketch.size))
    tree = json.loads((tmp_path / "out-hierarchy.json").read_text())
    assert tree["regions"] == fine.max() == 9
    hierarchy = build_hierarchy(fine, sketch)
    assert tree["parent"] == hierarchy.parent.tolist()
    coarse = labels(out)
    assert coarse.max() == 3
    assert np.array_equal(np.array(tree["label"])[fine], coarse)


def test_a_report_is_printed_and_written(drawing, tmp_path, capsys):
    path, _ = drawing
    file = tmp_path / "report.json"
    assert main(["regions", str(path), "-o", str(tmp_path / "out.png"), "--report", "--report-json", str(file)]) == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    assert printed.out.startswith(f"{path}: line art\n  128x128 px: ")
    assert "slivers merged" in printed.out
    assert "closes gaps of up to" in printed.out
    (report,) = json.loads(file.read_text())
    regions = labels(tmp_path / "out.png")
    assert report["num_regions"] == regions.max()
    assert (report["drawing"], report["kind"], report["source"]) == (str(path), "line art", "close_gaps")
    assert [gap["width"] for gap in report["gaps"] if abs(gap["row"] - 81) < 3] == [2.0]


def test_a_report_of_a_pipe_is_no_part_of_the_picture(drawing, capsysbinary):
    path, _ = drawing
    assert main(["regions", str(path), "-o", "-", "--report", "--method", "patches"]) == 0
    printed = capsysbinary.readouterr()
    assert printed.out.startswith(b"\x89PNG")
    assert b"256 regions" in printed.err


@pytest.mark.parametrize(
    ("level", "words"),
    [
        ((255, 255, 255), "is blank"),
        ((0, 0, 0), "is all black"),
        ("color", "is already colored"),
        ("photo", "is a photo"),
    ],
)
def test_what_is_no_line_art_gets_a_warning_and_is_cut_all_the_same(tmp_path, capsys, level, words):
    picture = np.full((128, 128, 3), 255, np.uint8)
    if level == "color":
        cv2.circle(picture, (64, 64), 40, (230, 120, 60), -1)
        cv2.circle(picture, (64, 64), 40, (0, 0, 0), 2)
    elif level == "photo":
        noise = np.random.default_rng(0).random((8, 8, 3))
        picture = np.clip(cv2.resize(noise, (128, 128), interpolation=cv2.INTER_CUBIC) * 255, 0, 255).astype(np.uint8)
        picture += np.random.default_rng(1).integers(0, 25, picture.shape).astype(np.uint8)
    else:
        picture[:] = level
    write_image(tmp_path / "a.png", picture)
    assert main(["regions", str(tmp_path / "a.png"), "-o", str(tmp_path / "out.png")]) == 0
    err = capsys.readouterr().err
    assert err.startswith(f"nurie: warning: {tmp_path / 'a.png'} {words}")
    assert err.count("\n") == 1
    assert (tmp_path / "out.png").exists()


def test_regions_from_a_file(drawing, tmp_path):
    path, sketch = drawing
    halves = np.repeat(np.array([[1, 2]], np.uint16), 64, axis=1).repeat(128, axis=0)
    write_image(tmp_path / "halves.png", halves)
    out = tmp_path / "out.png"
    assert main(["regions", str(path), "-o", str(out), "--regions", str(tmp_path / "halves.png")]) == 0
    assert np.array_equal(labels(out), halves)
    write_image(tmp_path / "fine.png", segment_regions(sketch).astype(np.uint16))
    options = ["--regions", str(tmp_path / "fine.png"), "--max-regions", "2", "--report"]
    assert main(["regions", str(path), "-o", str(out), *options]) == 0
    assert labels(out).max() == 2


def test_regions_from_a_folder(drawing, tmp_path, capsys):
    path, sketch = drawing
    (tmp_path / "in").mkdir()
    (tmp_path / "maps").mkdir()
    for name in "ab":
        write_image(tmp_path / "in" / f"{name}.png", sketch)
    write_image(tmp_path / "maps" / "a.tif", np.ones((64, 64), np.uint16))
    arguments = ["regions", str(tmp_path / "in"), "-o", str(tmp_path / "out"), "--regions"]
    assert main([*arguments, str(tmp_path / "maps")]) == 2
    assert "name them b.png, .psd or .ora" in capsys.readouterr().err
    assert np.array_equal(labels(tmp_path / "out" / "a.png"), read_regions(np.ones((128, 128), np.int32)))
    assert main([*arguments, str(path)]) == 2
    assert "give a folder of such files" in capsys.readouterr().err


@pytest.mark.parametrize("count", [1, 64, 169, 256, 1024])
def test_all_patches_of_the_paper(drawing, tmp_path, count):
    out = tmp_path / "out.png"
    assert main(["regions", str(drawing[0]), "-o", str(out), "--method", "patches", "--count", str(count)]) == 0
    assert labels(out).max() == count


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--regions", "missing.png"], "missing.png does not exist"),
        (["--regions", "a.png", "--radius", "3"], "--radius cuts a drawing, --regions reads its regions"),
        (["--regions", "a.png", "--method", "patches"], "--method cuts a drawing"),
        (["--hierarchy", "--max-regions", "0"], "max_regions must be at least 1"),
        (["--report-json", "no/such/folder.json"], "cannot be written"),
    ],
)
def test_mistakes_are_one_line_and_exit_code_2(drawing, tmp_path, capsys, options, words):
    assert main(["regions", str(drawing[0]), "-o", str(tmp_path / "x.png"), *options]) == 2
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert words in err
