import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import onnx
import pytest
from face_drawing import face, face_regions
from PIL import Image as PillowImage

import nurie.inference.colorizer as module
from nurie.errors import ImageError, InputError, WeightsError
from nurie.images import encode_image, read_color
from nurie.inference import Colorizer, color, weights
from nurie.inference.weights import DEFAULT, WEIGHTS
from nurie.regions.flats import compose, paint_flats


@pytest.fixture
def colorizer(weights_folder):
    return Colorizer(weights_folder, threads=1)


def test_the_same_seed_gives_the_same_pictures(colorizer, weights_folder):
    first = colorizer(face(), 3, seed=7)
    again = Colorizer(weights_folder, threads=1)(face(), 3, seed=7)
    for one, other in zip(first, again, strict=True):
        assert np.array_equal(one.image, other.image)
    assert [result.index for result in first] == [0, 1, 2]
    assert {result.seed for result in first} == {7}


def test_picture_i_does_not_depend_on_how_many_there_are(colorizer):
    few, many = colorizer(face(), 1, seed=3), colorizer(face(), 4, seed=3)
    assert np.array_equal(few[0].image, many[0].image)


def test_pictures_of_one_seed_and_of_other_seeds_differ(colorizer):
    palettes = [result.colors for seed in (0, 1) for result in colorizer(face(), 3, seed)]
    assert len({palette.tobytes() for palette in palettes}) == 6


@pytest.mark.parametrize("shape", [(97, 61), (40, 131), (300, 200), (1, 1), (5, 90)])
def test_every_size_comes_back_as_it_went_in(colorizer, shape):
    (result,) = colorizer(face(*shape))
    assert result.image.shape == (*shape, 3)
    assert result.flats.shape == (*shape, 3)
    assert result.regions.shape == shape
    assert len(result.colors) == result.regions.max()
    assert np.array_equal(result.flats, paint_flats(result.colors, result.regions))


@pytest.mark.parametrize("folder", ["weights_folder", "paint_weights_folder"])
@pytest.mark.parametrize("shape", [(96, 96), (1400, 1100)])
def test_ink_is_untouched_pixel_by_pixel(request, folder, shape):
    sketch = face(*shape, thickness=3)
    (result,) = Colorizer(request.getfixturevalue(folder))(sketch)
    ink = sketch == 0
    assert ink.any()
    assert not result.image[ink].any()
    if folder == "weights_folder":
        assert np.array_equal(result.image, compose(result.flats, sketch))


def test_a_large_drawing_has_the_regions_of_a_small_one(colorizer):
    (result,) = colorizer(face(1500, 1300, thickness=4))
    assert result.regions.max() == 4
    # Nothing leaks: each region is one colour, and no line lies within a region.
    paper = (face(1500, 1300, thickness=4) > 200).astype(np.uint8)
    pieces = cv2.connectedComponents(paper, connectivity=4)[1]
    assert len(set(zip(pieces[paper > 0], result.regions[paper > 0], strict=True))) == 4


def test_transparent_drawings_are_drawings_on_white(colorizer):
    sketch = face()
    rgba = np.zeros((*sketch.shape, 4), np.uint8)
    rgba[..., 3] = 255 - sketch
    (transparent,), (opaque,) = colorizer(rgba), colorizer(sketch)
    assert np.array_equal(transparent.image, opaque.image)


def test_colored_lines_keep_their_color(colorizer):
    sketch = face()
    blue = np.stack([sketch, sketch, np.full_like(sketch, 255)], 2)
    (result,) = colorizer(blue)
    ink = sketch == 0
    assert np.array_equal(result.image[ink], blue[ink])
    assert not np.array_equal(result.image[~ink], blue[~ink])


def test_hints_by_label_and_by_place_are_kept_exactly(colorizer):
    regions = colorizer(face())[0].regions
    row, column = np.argwhere(regions == 3)[0]
    results = colorizer(face(), 3, hints={1: "#12ab9F", (int(row), int(column)): "#000000"})
    for result in results:
        assert tuple(result.colors[0]) == (0x12, 0xAB, 0x9F)
        assert not result.flats[regions == 3].any()
        assert np.all(result.flats[regions == 1] == (0x12, 0xAB, 0x9F))
    assert len({result.colors[1].tobytes() for result in results}) == 3


def test_light_and_shade_come_on_top_of_the_flats(paint_weights_folder):
    sketch = face()
    (result,) = Colorizer(paint_weights_folder)(sketch, hints={1: "#808080", 2: "#ff0a80"})
    paper = sketch == 255
    assert np.all(result.image[paper & (result.regions == 1)] == 0x80 - 8)
    assert np.all(result.image[paper & (result.regions == 2)] == (255 - 8, 2, 0x80 - 8))
    assert np.all(result.flats[result.regions == 1] == 0x80)


def test_a_region_map_of_ones_own_is_used(colorizer):
    regions = np.ones((96, 96), np.int32)
    regions[:, 48:] = 2
    (result,) = colorizer(face(), regions=regions)
    assert np.array_equal(result.regions, regions)
    assert len(result.colors) == 2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"n": 0}, r"n must be at least 1 picture, got 0"),
        ({"seed": -1}, r"seed must be at least 0, got -1"),
        ({"regions": np.ones((4, 5), np.int32)}, r"has 5x4 pixels, the drawing 96x96"),
        ({"regions": np.zeros((96, 96), np.int32)}, r"labels 1\.\.K without gaps"),
        ({"regions": np.full((96, 96), 2, np.int32)}, r"labels 1\.\.K without gaps"),
    ],
)
def test_wrong_arguments_are_named(colorizer, arguments, message):
    with pytest.raises(InputError, match=message):
        colorizer(face(), **arguments)


def test_what_is_no_picture_is_refused(colorizer):
    with pytest.raises(ImageError, match="the data is not a picture"):
        colorizer(b"no picture")


def test_saved_pictures_are_the_same_and_keep_their_resolution(colorizer, tmp_path):
    source = tmp_path / "drawing.png"
    PillowImage.fromarray(face()).save(source, dpi=(300, 300))
    (result,) = colorizer(source)
    result.save(tmp_path / "colored.png")
    assert np.array_equal(read_color(tmp_path / "colored.png"), result.image)
    with PillowImage.open(tmp_path / "colored.png") as saved:
        assert saved.info["dpi"] == pytest.approx((300, 300), abs=0.1)


@pytest.fixture
def shipped(colorizer, monkeypatch):
    monkeypatch.setattr(module, "_default_colorizer", lambda: colorizer)
    return colorizer


def test_color_gives_back_what_it_is_given(shipped, tmp_path):
    sketch = face()
    path = tmp_path / "drawing.png"
    path.write_bytes(encode_image(sketch))
    expected = shipped(sketch)[0].image
    for source in (sketch, path, str(path)):
        assert np.array_equal(color(source), expected)
    png = color(path.read_bytes())
    assert isinstance(png, bytes)
    assert np.array_equal(read_color(png), expected)
    pillow = color(PillowImage.fromarray(sketch))
    assert isinstance(pillow, PillowImage.Image)
    assert np.array_equal(np.asarray(pillow), expected)


def test_color_gives_a_list_of_several(shipped):
    arrays = color(face(), 2, 5)
    pictures = color(PillowImage.fromarray(face()), n=2, seed=5)
    files = color(encode_image(face()), n=2, seed=5)
    for array, picture, file in zip(arrays, pictures, files, strict=True):
        assert np.array_equal(array, np.asarray(picture))
        assert np.array_equal(array, read_color(file))


def test_a_palette_is_all_there_is_but_hints_are_kept(colorizer):
    palette = np.array([[0, 0, 0], [255, 255, 255], [200, 30, 30]], np.uint8)
    allowed = {tuple(color) for color in palette.tolist()}
    for result in colorizer(face(), 3, hints={2: "#123456"}, palette=palette, regions=face_regions()):
        assert tuple(result.colors[1]) == (0x12, 0x34, 0x56)
        assert {tuple(color) for color in np.delete(result.colors, 1, 0).tolist()} <= allowed


def test_snapping_keeps_light_and_shade(paint_weights_folder):
    gray = np.array([[128, 128, 128]], np.uint8)
    (result,) = Colorizer(paint_weights_folder)(face(), palette=gray)
    (free,) = Colorizer(paint_weights_folder)(face())
    assert np.array_equal(result.drawn, free.colors)
    paper = face() == 255
    shade = result.image[paper].astype(int) - result.flats[paper]
    assert np.array_equal(shade, free.image[paper].astype(int) - free.flats[paper])
    assert np.all(shade == -8)


def test_weights_that_are_not_there_are_said_at_once(tmp_path):
    with pytest.raises(WeightsError, match="there are no weights in"):
        Colorizer(tmp_path / "nothing")


def test_colouring_never_imports_torch():
    code = (
        "import sys, nurie.inference, nurie.cli.color, nurie.cli.demo, nurie.cli.export; print('torch' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_shipped_weights_give_the_same_picture_on_every_run_and_any_number_of_threads():
    rng = np.random.default_rng(0)
    sketch = np.full((256, 256), 255, np.uint8)
    for row, column in rng.integers(0, 256, (40, 2)):
        sketch[row], sketch[:, column] = 0, 0
    first = Colorizer(threads=1)(sketch)[0]
    assert len(first.colors) > 100
    for threads in (4, None):
        assert np.array_equal(Colorizer(threads=threads)(sketch)[0].image, first.image)


def test_shipped_graphs_add_up_nothing_in_several_threads_at_once():
    folder = Path(weights.__file__).parent / "weights" / WEIGHTS[DEFAULT].folder
    kinds = {node.op_type for path in folder.glob("*.onnx") for node in onnx.load(path).graph.node}
    assert "ScatterElements" in kinds
    assert "ScatterND" not in kinds  # onnxruntime loses sums in it
