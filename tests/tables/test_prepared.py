from dataclasses import replace

import numpy as np
import pytest
from boxes import Boxes

from nurie.data.augment import XDOG_SIGMAS
from nurie.errors import DataError
from nurie.tables import prepared
from nurie.tables.prepared import (
    FOUND_MAPS,
    TRUE_MAP,
    PreparedDrawings,
    load_or_prepare,
    load_prepared,
    prepare,
    renumber,
    save_prepared,
    training_pictures,
)


def test_everything_comes_to_one_size_with_all_maps(data, boxes):
    found = data.training
    assert found.color.shape == (8, 32, 32, 3)
    assert set(found.maps) == {*FOUND_MAPS, TRUE_MAP}
    assert found.names == tuple(Boxes.names)
    for maps in found.maps.values():
        assert maps.min() == 1
    assert np.array_equal(found.color[3], boxes[3].drawing.color)


def test_regions_that_vanish_take_their_parts_with_them(boxes):
    drawing = boxes[0].drawing
    regions = drawing.regions.repeat(2, 0).repeat(2, 1)
    regions[0, 0] = 4  # one pixel of the double size: nearest neighbours skip it
    big = replace(
        drawing,
        color=drawing.color.repeat(2, 0).repeat(2, 1),
        sketch=drawing.sketch.repeat(2, 0).repeat(2, 1),
        regions=regions,
        parts=(*drawing.parts, drawing.parts[0]),
    )
    found = prepare([replace(boxes[0], drawing=big)], 32, total=1)
    assert len(found.parts[0]) == found.maps[TRUE_MAP].max() == 3


def test_labels_are_numbered_without_gaps():
    regions, labels = renumber(np.array([[5, 5], [2, 9]], np.int32))
    assert regions.tolist() == [[2, 2], [1, 3]]
    assert labels == [2, 5, 9]


def test_what_is_kept_comes_back(tmp_path, data):
    path = tmp_path / "deep" / "kept.npz"
    save_prepared(path, data.training)
    found = load_prepared(path)
    assert found.names == data.training.names
    assert found.parts == data.training.parts
    assert found.has_color == data.training.has_color
    assert np.array_equal(found.color, data.training.color)
    assert all(np.array_equal(found.maps[name], maps) for name, maps in data.training.maps.items())


@pytest.mark.parametrize("damage", [b"", b"PK no archive", None])
def test_what_is_missing_or_damaged_is_made_again(tmp_path, data, damage):
    path, made = tmp_path / "kept.npz", []

    def make():
        made.append(1)
        return data.training

    if damage is not None:
        path.write_bytes(damage)
    load_or_prepare(path, make)
    load_or_prepare(path, make)
    assert made == [1]


def test_every_other_training_drawing_has_lines_by_xdog(monkeypatch):
    found = []

    def xdog(color, method, *, sigma):
        found.append(sigma)
        return np.zeros(color.shape[:2], np.uint8)

    monkeypatch.setattr(prepared, "extract_sketch", xdog)
    pictures = list(training_pictures(Boxes(), 4))
    assert [bool(picture.drawing.sketch.any()) for picture in pictures] == [True, False] * 2
    assert set(found) <= set(XDOG_SIGMAS)


def test_nothing_to_prepare_is_an_error():
    with pytest.raises(DataError, match="no drawing to prepare"):
        prepare([], 32, total=0)


def test_drawings_in_memory_are_what_training_reads(data):
    drawings = PreparedDrawings(data.training, "learned")
    assert list(drawings.names)[:2] == ["000000", "000001"]
    assert np.array_equal(drawings.load("000002").regions, data.training.maps["learned"][2])
    assert drawings.load("000002").parts == ()
    assert len(PreparedDrawings(data.training, TRUE_MAP).load("000002").parts) == 3
