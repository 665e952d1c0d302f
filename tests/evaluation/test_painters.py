import numpy as np
import pytest
from scored_drawings import SKIN, make_drawing, make_person

from nurie.errors import DataError
from nurie.evaluation.painters import (
    PLACES,
    SIZES,
    FlattenedTruth,
    RandomPainter,
    learn_painters,
    paint_truth,
    size_and_place,
)
from nurie.regions.flats import region_colors


def true_regions_of(*drawings):
    """Segment by looking the true map up."""
    maps = {drawing.sketch.tobytes(): drawing.regions for drawing in drawings}
    return lambda sketch: maps[sketch.tobytes()]


def test_flattened_truth_of_a_flat_picture_is_the_picture():
    drawing = make_person()
    painter = FlattenedTruth(true_regions_of(drawing))
    np.testing.assert_array_equal(painter(drawing, 0), drawing.color)
    np.testing.assert_array_equal(painter(drawing, 0), painter(drawing, 1))


def test_flattened_truth_finds_its_own_regions():
    drawing = make_person()
    assert FlattenedTruth()(drawing, 0).shape == drawing.color.shape


def test_truth_is_the_picture():
    drawing = make_person()
    assert paint_truth(drawing, 3) is drawing.color


def test_the_random_painter_draws_from_the_palette_and_obeys_its_seed():
    drawing = make_person()
    palette = np.array([[255, 0, 0], [0, 0, 255], [9, 9, 9]], np.uint8)
    painter = RandomPainter(palette, true_regions_of(drawing))
    pictures = [painter(drawing, seed) for seed in range(20)]
    np.testing.assert_array_equal(pictures[4], painter(drawing, 4))
    colors = [region_colors(picture, drawing.sketch, drawing.regions) for picture in pictures]
    assert {tuple(row) for row in np.concatenate(colors).tolist()} == {tuple(row) for row in palette.tolist()}
    assert len({picture.tobytes() for picture in pictures}) > 15


def test_ink_stays_ink():
    drawing = make_person()
    picture = RandomPainter(np.array([[255, 200, 9]], np.uint8))(drawing, 0)
    assert (picture[drawing.sketch == 0] == 0).all()


def test_the_palette_is_that_of_the_regions_of_the_corpus():
    drawings = [make_person(), make_drawing([("hair", 1, "")], [(1, 2, 3)])]
    random, _ = learn_painters(drawings, true_regions_of(*drawings))
    assert len(random.palette) == 8
    assert random.palette[-1].tolist() == [1, 2, 3]


def test_the_most_likely_painter_repeats_what_it_saw_at_that_size_and_place():
    drawing = make_person()
    _, painter = learn_painters([drawing], true_regions_of(drawing))
    colors = region_colors(painter(drawing, 0), drawing.sketch, drawing.regions)
    alone = [label for label, places in enumerate(size_and_place(drawing.regions).tolist())
             if size_and_place(drawing.regions).tolist().count(places) == 1]  # fmt: skip
    truth = region_colors(drawing.color, drawing.sketch, drawing.regions)
    assert len(alone) >= 5
    np.testing.assert_allclose(colors[alone].astype(int), truth[alone], atol=1)


def test_the_most_likely_colour_is_a_mean():
    light, dark = (make_drawing([("hair", 1, "")], [(v, v, v)]) for v in (0, 255))
    light.sketch[0] = 0  # two sketches, so that the look-up tells them apart
    _, painter = learn_painters([light, dark], true_regions_of(light, dark))
    gray = painter(dark, 0)[8, 8]
    assert len(set(gray.tolist())) == 1
    assert 60 < gray[0] < 190


def test_an_unseen_place_takes_the_mean_of_its_size_and_an_unseen_size_that_of_all():
    drawing = make_drawing([("hair", 1, ""), ("skin", 1, "")], [(10, 10, 10), SKIN])
    _, painter = learn_painters([drawing], true_regions_of(drawing))
    seen = size_and_place(drawing.regions)[:, 0]
    assert len(set(seen.tolist())) == 1
    np.testing.assert_allclose(painter.table[seen[0], 0, 0], painter.table[SIZES - 1, 0, 0])
    assert np.isfinite(painter.table).all()


def test_sizes_and_places_of_a_quartered_picture():
    regions = np.kron(np.array([[1, 2], [3, 4]], np.int32), np.ones((30, 30), np.int32))
    found = size_and_place(regions)
    assert found[:, 0].tolist() == [1, 1, 1, 1]
    assert found[:, 1:].tolist() == [[1, 1], [1, 4], [4, 1], [4, 4]]
    assert size_and_place(np.ones((5, 7), np.int32)).tolist() == [[0, 2, 2]]


def test_the_smallest_regions_and_labels_without_pixels_have_a_place_too():
    regions = np.ones((400, 400), np.int32)
    regions[-1, -1] = 3
    found = size_and_place(regions)
    assert found[2].tolist() == [SIZES - 1, PLACES - 1, PLACES - 1]
    assert found[1].tolist() == [SIZES - 1, 0, 0]


def test_learning_from_nothing_is_an_error():
    with pytest.raises(DataError, match="no drawing to learn from"):
        learn_painters([])
