"""`nurie sketch` and `nurie regions`, as a user calls them."""

import io
import subprocess
import sys

import numpy as np
import pytest
from PIL import Image

from nurie.cli import main
from nurie.images import write_image
from nurie.regions import REGION_METHODS, segment_regions
from nurie.sketch import extract_sketch


@pytest.fixture
def drawing(tmp_path):
    sketch = np.full((64, 64), 255, np.uint8)
    sketch[10:50, 10:12] = sketch[10:50, 40:42] = 0
    sketch[10:12, 10:42] = sketch[48:50, 10:42] = 0
    write_image(tmp_path / "a.png", sketch)
    return tmp_path / "a.png", sketch


def test_sketch(drawing, tmp_path):
    path, sketch = drawing
    assert main(["sketch", str(path), "-o", str(tmp_path / "lines.png"), "--sigma", "0.5"]) == 0
    expected = extract_sketch(np.dstack([sketch] * 3), sigma=0.5)
    assert np.array_equal(np.asarray(Image.open(tmp_path / "lines.png")), expected)


def test_regions_with_preview(drawing, tmp_path):
    path, sketch = drawing
    assert main(["regions", str(path), "-o", str(tmp_path / "out") + "/", "--preview"]) == 0
    labels = Image.open(tmp_path / "out" / "a.png")
    assert labels.mode == "I;16"
    assert np.array_equal(np.asarray(labels), segment_regions(sketch))
    preview = np.asarray(Image.open(tmp_path / "out" / "a-preview.png"))
    assert preview.shape == (64, 64, 3)
    assert len(np.unique(preview.reshape(-1, 3), axis=0)) >= 3


@pytest.mark.parametrize("method", REGION_METHODS)
def test_every_region_method(drawing, tmp_path, method):
    path, sketch = drawing
    out = tmp_path / "labels.tif"
    assert main(["regions", str(path), "-o", str(out), "--method", method]) == 0
    assert np.array_equal(np.asarray(Image.open(out)), segment_regions(sketch, method))


@pytest.mark.parametrize("command", ["sketch", "regions"])
def test_from_pipe_to_pipe(drawing, command):
    done = subprocess.run(
        [sys.executable, "-m", "nurie", command, "-", "-o", "-"],
        input=drawing[0].read_bytes(), capture_output=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert Image.open(io.BytesIO(done.stdout)).size == (64, 64)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--method", "flood_fill", "--radius", "3"], "flood_fill has no option 'radius'"),
        (["--method", "trapped_ball", "--radius", "0"], "radius must be at least 1"),
        (["--preview", "-o", "-"], "one picture only"),
        (["-o", "out.gif"], "no picture suffix"),
        (["--max-pixels", "100"], "more than the limit of 100"),
    ],
)
def test_mistakes_are_one_line_and_exit_code_2(drawing, tmp_path, capsys, options, words):
    assert main(["regions", str(drawing[0]), "-o", str(tmp_path / "x.png"), *options]) == 2
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert err.startswith("nurie: error: ")
    assert words in err


@pytest.mark.parametrize("content", [b"", b"hello", b"\x89PNG\r\n\x1a\n"])
def test_files_that_are_no_picture(tmp_path, capsys, content):
    path = tmp_path / "bad.png"
    path.write_bytes(content)
    for command in ("sketch", "regions"):
        assert main([command, str(path), "-o", str(tmp_path / "x.png")]) == 2
        assert "bad.png" in capsys.readouterr().err
    assert not (tmp_path / "x.png").exists()
