import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nurie.data.sources.curves import (
    arc,
    bezier,
    difference,
    disk,
    ellipse,
    first_of_arc,
    heart,
    join,
    normals,
    polygon,
    polyline,
    rest_of_arc,
    shifted,
    smooth,
    star,
    taper,
    union,
)

COORDINATES = st.floats(-100, 100, allow_nan=False)
POINTS = st.tuples(COORDINATES, COORDINATES)
SQUARE = [(0, 0), (10, 0), (10, 10), (0, 10)]


def bounds(path):
    box = path.computeTightBounds()
    return [box.left(), box.top(), box.right(), box.bottom()]


@given(POINTS, POINTS, POINTS, POINTS)
def test_a_curve_begins_and_ends_where_it_should(start, pull_a, pull_b, end):
    for curve in (bezier(start, pull_a, pull_b, end, 7), arc(start, pull_a, end, 7)):
        assert curve.shape == (7, 2)
        np.testing.assert_allclose(curve[[0, -1]], [start, end], atol=1e-9)


def test_a_cubic_curve_with_pulls_at_the_thirds_is_a_straight_walk():
    curve = bezier((0, 0), (1, 2), (2, 4), (3, 6), 4)
    np.testing.assert_allclose(curve, [(0, 0), (1, 2), (2, 4), (3, 6)], atol=1e-12)


@given(POINTS, POINTS, POINTS, st.sampled_from([0.25, 0.5, 0.75]))
def test_the_two_parts_of_a_cut_arc_are_the_arc(start, pull, end, t):
    whole = arc(start, pull, end, 9)
    cut = round(t * 8)
    first = arc(*first_of_arc(start, pull, end, t), cut + 1)
    rest = arc(*rest_of_arc(start, pull, end, t), 9 - cut)
    np.testing.assert_allclose(join(first, rest[1:]), whole, atol=1e-9)


def test_normals_have_length_one_and_stand_across():
    curve = bezier((0, 0), (5, 9), (9, -4), (12, 3), 30)
    across = normals(curve)
    along = np.gradient(curve, axis=0)
    np.testing.assert_allclose(np.linalg.norm(across, axis=1), 1, atol=1e-6)
    np.testing.assert_allclose((across * along).sum(1), 0, atol=1e-9)


def test_normals_of_a_point_that_does_not_move_are_finite():
    assert np.isfinite(normals(np.zeros((3, 2)))).all()


def test_join_puts_points_lists_and_arrays_behind_one_another():
    assert join([(1, 2)], np.array([(3.0, 4.0)])).tolist() == [[1, 2], [3, 4]]


def test_a_polygon_holds_its_inside_and_a_polyline_stays_open():
    assert polygon(SQUARE).contains(5, 5)
    assert not polygon(SQUARE).contains(15, 5)
    assert polygon(SQUARE).isLastContourClosed()
    assert not polyline(SQUARE).isLastContourClosed()


def test_round_shapes_lie_around_their_center():
    assert bounds(ellipse((5, 6), 2.0, 3.0)) == pytest.approx([3, 3, 7, 9], abs=1e-3)
    assert bounds(disk((5, 6), 2.0)) == pytest.approx([3, 4, 7, 8], abs=1e-3)


@pytest.mark.parametrize("spikes", [4, 5])
def test_a_star_reaches_its_radius_and_has_notches(spikes):
    path = star((0, 0), 10.0, spikes)
    assert bounds(path)[1] == pytest.approx(-10)
    notch = np.pi / spikes - np.pi / 2
    assert path.contains(4 * np.cos(notch), 4 * np.sin(notch))
    assert not path.contains(6 * np.cos(notch), 6 * np.sin(notch))


def test_a_heart_is_as_wide_as_its_disk_and_has_a_dent():
    path = heart((0, 0), 10.0)
    left, _, right, _ = bounds(path)
    assert [left, right] == pytest.approx([-10, 10], abs=0.1)
    assert not path.contains(0, -5)
    assert path.contains(4, -5)


def test_union_and_difference():
    right = shifted(polygon(SQUARE), 5.0, 0.0)
    both = union(polygon(SQUARE), right)
    assert bounds(both) == pytest.approx([0, 0, 15, 10])
    left_half = difference(polygon(SQUARE), right)
    assert bounds(left_half) == pytest.approx([0, 0, 5, 10])


def test_union_of_one_shape_is_the_shape():
    assert bounds(union(polygon(SQUARE))) == pytest.approx([0, 0, 10, 10])


def test_shifting_leaves_the_original_in_place():
    path = polygon(SQUARE)
    shifted(path, 100.0, 0.0)
    assert bounds(path) == pytest.approx([0, 0, 10, 10])


def test_a_tapered_stroke_is_full_in_its_middle_and_thin_at_its_ends():
    line = np.stack([np.linspace(0, 100, 101), np.zeros(101)], 1)
    path = taper(line, 8.0, (0.2, 0.2))
    assert path.contains(50, 3.9)
    assert not path.contains(50, 4.3)
    assert not path.contains(1, 2)
    assert not path.contains(99, 2)
    assert path.contains(1, 0)


@given(st.lists(POINTS, min_size=3, max_size=6))
def test_a_smooth_curve_goes_through_its_points(points):
    path = smooth(points)
    ends = [path.getPoint(index) for index in range(0, path.countPoints(), 3)]
    np.testing.assert_allclose([(p.x(), p.y()) for p in ends], [*points, points[0]], rtol=1e-5, atol=1e-4)


def test_a_smooth_curve_bulges_between_points_but_not_where_they_are_given_twice():
    assert bounds(smooth(SQUARE))[0] < -0.5
    corners = [point for point in SQUARE for _ in range(2)]
    np.testing.assert_allclose(bounds(smooth(corners)), [0, 0, 10, 10], atol=1e-5)


def test_an_open_smooth_curve_ends_at_its_last_point():
    path = smooth(SQUARE, closed=False)
    last = path.getPoint(path.countPoints() - 1)
    assert (last.x(), last.y()) == SQUARE[-1]
