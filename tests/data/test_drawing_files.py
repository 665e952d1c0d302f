import numpy as np
import pytest

from nurie.data.drawing_files import LAYERS, has_pictures, layer_paths, load_drawing, make_folders, save_drawing
from nurie.data.sources.drawing import Drawing
from nurie.errors import DataError, OutputError
from nurie.images import write_image

META = {"name": "a", "source": "toy", "seed": 1, "parts": [["skin", 1, ""], ["hair", 1, ""]]}


@pytest.fixture
def folder(tmp_path):
    regions = np.ones((8, 10), np.int32)
    regions[4:] = 2
    color = np.arange(240, dtype=np.uint8).reshape(8, 10, 3)
    make_folders(tmp_path)
    save_drawing(tmp_path, "a", Drawing(color, color[..., 1].copy(), regions))
    return tmp_path


def test_all_pictures_come_back_exactly(folder):
    drawing = load_drawing(folder, "a", META)
    np.testing.assert_array_equal(drawing.color, np.arange(240).reshape(8, 10, 3))
    np.testing.assert_array_equal(drawing.sketch, drawing.color[..., 1])
    assert drawing.regions[:, 0].tolist() == [1, 1, 1, 1, 2, 2, 2, 2]
    assert [part.kind for part in drawing.parts] == ["skin", "hair"]
    assert drawing.meta == {"source": "toy", "seed": 1}


def test_more_than_255_regions_come_back(tmp_path):
    make_folders(tmp_path)
    regions = np.arange(1, 401, dtype=np.int32).reshape(20, 20)
    save_drawing(tmp_path, "a", Drawing(np.zeros((20, 20, 3), np.uint8), np.zeros((20, 20), np.uint8), regions))
    np.testing.assert_array_equal(load_drawing(tmp_path, "a", {}).regions, regions)


@pytest.mark.parametrize("layer", LAYERS)
def test_a_missing_picture_is_reported(folder, layer):
    assert has_pictures(folder, "a")
    layer_paths(folder, "a")[layer].unlink()
    assert not has_pictures(folder, "a")
    with pytest.raises(DataError, match=rf"{layer}.a.png cannot be read .* run nurie corpus again"):
        load_drawing(folder, "a", META)


@pytest.mark.parametrize("layer", LAYERS)
@pytest.mark.parametrize("kept", [0, 40])
def test_a_picture_cut_short_is_reported(folder, layer, kept):
    path = layer_paths(folder, "a")[layer]
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(DataError, match=r"a.png is damaged or cut short; delete it and run nurie corpus again"):
        load_drawing(folder, "a", META)


def test_a_picture_of_another_type_is_reported(folder):
    write_image(folder / "sketch/a.png", np.zeros((8, 10, 3), np.uint8))
    with pytest.raises(DataError, match="is no picture of a corpus"):
        load_drawing(folder, "a", META)


def test_a_picture_of_another_size_is_reported(folder):
    write_image(folder / "color/a.png", np.zeros((8, 9, 3), np.uint8))
    with pytest.raises(DataError, match="9x8 pixels but its sketch has 10x8"):
        load_drawing(folder, "a", META)


@pytest.mark.parametrize("labels", [(0, 1), (1, 3)])
def test_labels_with_gaps_are_reported(folder, labels):
    regions = np.full((8, 10), labels[0], np.uint16)
    regions[0] = labels[1]
    write_image(folder / "regions/a.png", regions.astype(np.int32) + 256 * (regions > 2))
    with pytest.raises(DataError, match=r"labels 1..K without gaps|is no picture of a corpus"):
        load_drawing(folder, "a", META)


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ([["skin", 1, ""]], "has 2 regions but 1 parts"),
        ([["skin", 1], ["hair", 1]], r"a in the list of .* has no valid parts"),
        (7, r"a in the list of .* has no valid parts"),
        ([["skin", 1, ""], ["fur", 1, ""]], "a in the list of .* has the unknown kind .fur."),
    ],
)
def test_parts_that_do_not_fit_are_reported(folder, parts, message):
    with pytest.raises(DataError, match=message):
        load_drawing(folder, "a", {**META, "parts": parts})


def test_a_folder_that_cannot_be_made_is_reported(tmp_path):
    (tmp_path / "color").write_text("")
    with pytest.raises(OutputError, match="color cannot be made"):
        make_folders(tmp_path)
