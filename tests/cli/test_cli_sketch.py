import cv2
import numpy as np
import pytest
from PIL import Image

from nurie.cli import main
from nurie.images import write_image
from nurie.sketch import CLEAN_METHODS, SKETCH_METHODS, clean_sketch, extract_sketch, read_lines


@pytest.fixture
def drawing(tmp_path):
    sketch = np.full((90, 120), 235, np.uint8)
    cv2.circle(sketch, (60, 45), 30, 60, 2, cv2.LINE_AA)
    write_image(tmp_path / "a.png", sketch)
    return tmp_path / "a.png", np.repeat(sketch[..., None], 3, axis=2)


@pytest.mark.parametrize("style", SKETCH_METHODS)
def test_every_style(drawing, tmp_path, style):
    path, image = drawing
    assert main(["sketch", str(path), "-o", str(tmp_path / "out.png"), "--style", style]) == 0
    assert np.array_equal(np.asarray(Image.open(tmp_path / "out.png")), extract_sketch(image, style))


@pytest.mark.parametrize("method", CLEAN_METHODS)
def test_every_way_to_clean(drawing, tmp_path, method):
    path, image = drawing
    assert main(["sketch", str(path), "-o", str(tmp_path / "out.png"), "--clean", method]) == 0
    found = np.asarray(Image.open(tmp_path / "out.png"))
    assert np.array_equal(found, clean_sketch(read_lines(image), method))
    assert found[45, 29:33].min() < 100


def test_the_network_is_the_default(drawing, tmp_path):
    path, image = drawing
    assert main(["sketch", str(path), "-o", str(tmp_path / "out.png"), "--side", "256", "--clean"]) == 0
    expected = clean_sketch(read_lines(image), "network", side=256)
    assert np.array_equal(np.asarray(Image.open(tmp_path / "out.png")), expected)


def test_white_lines_on_transparent_ground_are_cleaned(drawing, tmp_path):
    path, _ = drawing
    gray = np.asarray(Image.open(path))
    layers = np.dstack([np.full((*gray.shape, 3), 255, np.uint8), 255 - gray])
    Image.fromarray(layers, "RGBA").save(tmp_path / "b.png")
    for name in ("a", "b"):
        main(["sketch", str(tmp_path / f"{name}.png"), "-o", str(tmp_path / f"{name}-out.png"), "--clean", "classical"])
    one, other = (np.asarray(Image.open(tmp_path / f"{name}-out.png")) for name in ("a", "b"))
    assert np.array_equal(one, other)


def test_an_option_of_another_method_is_refused(drawing, tmp_path, capsys):
    assert main(["sketch", str(drawing[0]), "-o", str(tmp_path / "out.png"), "--clean", "--kappa", "1.1"]) == 2
    assert "network has no option 'kappa'" in capsys.readouterr().err


def test_a_style_and_cleaning_do_not_go_together(drawing, tmp_path, capsys):
    with pytest.raises(SystemExit):
        main(["sketch", str(drawing[0]), "-o", str(tmp_path / "out.png"), "--clean", "--style", "thin"])
    assert "not allowed with" in capsys.readouterr().err
