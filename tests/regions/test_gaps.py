import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nurie.errors import WeightsError
from nurie.regions.close_gaps import doors_left, is_one_bit, join_hollows, needed_odds
from nurie.regions.gaps import (
    NUM_NUMBERS,
    TURNED_NUMBERS,
    TURNED_VIEWS,
    VIEW_SHAPE,
    Doorways,
    _percentile,
    gap_odds,
    half_line_width,
    load_network,
)
from nurie.regions.region_map import find_lines
from nurie.regions.room_graph import Doors, RoomGraph
from nurie.regions.rooms import find_rooms, measure_depth


def halls(gap, *, passage=2, side=60):
    """Two halls and an opening of `gap` pixels in a wall `passage` pixels thick."""
    sketch = np.full((side, 2 * side + passage), 255, np.uint8)
    sketch[:, side : side + passage] = 0
    middle = side // 2 - gap // 2
    sketch[middle : middle + gap, side : side + passage] = 255
    return cv2.copyMakeBorder(sketch, 2, 2, 2, 2, cv2.BORDER_CONSTANT, value=0)


def look_at(sketch, *, unit=None):
    lines = find_lines(sketch)
    unit = unit or half_line_width(lines)
    labels, graph = find_rooms(measure_depth(lines))
    return Doorways(sketch, labels, join_hollows(graph, 8 * unit), unit)


def scribble(seed, side=96):
    rng = np.random.default_rng(seed)
    sketch = np.full((side, side), 255, np.uint8)
    for _ in range(12):
        points = rng.integers(0, side, (3, 2)).astype(np.int32)
        cv2.polylines(sketch, [points], False, 0, int(rng.integers(1, 3)), cv2.LINE_AA)
    return sketch


@pytest.mark.parametrize("width", [2, 3, 5, 8])
def test_lines_are_about_as_wide_as_they_were_drawn(width):
    sketch = np.full((256, 256), 255, np.uint8)
    for center in (60, 130, 200):
        cv2.circle(sketch, (center, center), 40, 0, width)
    assert width <= 2 * half_line_width(find_lines(sketch)) <= 2 * width


def test_rows_along_the_lines_of_a_grid_do_not_make_them_broad():
    grid = np.zeros((512, 512), bool)
    grid[3::8] = grid[4::8] = True  # every row and column that is looked at lies in a line
    grid[:, 3::8] = grid[:, 4::8] = True
    assert half_line_width(grid) == 1
    assert half_line_width(np.ones((512, 512), bool)) == 16
    assert half_line_width(np.ones((17, 17), bool)) == 8


def test_the_unit_is_never_below_half_a_line_of_two_pixels():
    assert half_line_width(np.zeros((9, 9), bool)) == 1
    assert half_line_width(np.eye(40, dtype=bool)) == 1


def test_a_door_is_seen_from_the_middle_with_the_rooms_before_and_behind():
    doorways = look_at(halls(4))
    views, _ = doorways.look()
    assert views.shape == (1, *VIEW_SHAPE)
    ink, one, other = views[0, :3]
    assert (one[0] == 255).all()
    assert (other[-1] == 255).all()
    assert ink[6, 6] == 0
    assert ink[6, [0, -1]].tolist() == [255, 255]


def test_what_lies_outside_is_paper_of_nobody():
    sketch = np.full((30, 80), 255, np.uint8)
    sketch[:14, 40:42] = sketch[17:, 40:42] = 0
    views, numbers = look_at(sketch).look()
    assert views[0, 6:, :, [0, -1]].max() == 0
    assert np.isfinite(numbers).all()


def test_a_hole_in_a_line_is_more_of_a_gap_than_a_corridor():
    assert gap_odds(look_at(halls(3)))[0] > gap_odds(look_at(halls(3, passage=24), unit=1.0))[0]


def test_a_narrow_hole_is_more_of_a_gap_than_a_wide_one():
    assert gap_odds(look_at(halls(2)))[0] > gap_odds(look_at(halls(12)))[0]


@given(seed=st.integers(0, 10**6))
def test_the_odds_do_not_depend_on_which_room_comes_first(seed):
    doorways = look_at(scribble(seed))
    graph, doors = doorways.graph, doorways.graph.doors
    swapped = Doors(doors.rooms[:, ::-1], doors.width, doors.place, doors.length)
    turned = Doorways(
        doorways.sketch,
        doorways.rooms,
        RoomGraph(graph.heights, graph.areas, swapped, graph.label),
        doorways.unit,
    )
    # Where half a pixel is rounded up from one side it is rounded down from the other.
    difference = np.abs(gap_odds(doorways) - gap_odds(turned))
    assert (difference < 1e-2).sum() >= len(difference) / 2


@given(seed=st.integers(0, 10**6))
def test_blocks_of_doors_change_nothing(seed):
    doorways = look_at(scribble(seed))
    views, numbers = doorways.look()
    whole = load_network()(views, numbers)
    parts = [load_network()(*doorways.look(slice(start, start + 7))) for start in range(0, len(views), 7)]
    assert np.allclose(np.concatenate([whole[:0], *parts]), whole, atol=1e-3)


def test_the_odds_are_the_mean_of_four_looks():
    network, rng = load_network(), np.random.default_rng(0)
    views = rng.integers(0, 256, (5, *VIEW_SHAPE)).astype(np.uint8)
    numbers = rng.normal(2, 1, (5, NUM_NUMBERS)).astype(np.float32)
    looks = [(views, numbers), (views[:, TURNED_VIEWS][:, :, ::-1], numbers[:, TURNED_NUMBERS])]
    looks += [(seen[..., ::-1], told) for seen, told in looks]
    (matrix, bias), second, third = network.layers
    plain = []
    for seen, told in looks:
        signal = np.concatenate([seen.reshape(5, -1) / 255, (told - network.mean) / network.spread], axis=1)
        hidden = np.maximum(signal @ matrix + bias, 0)
        plain.append(np.maximum(hidden @ second[0] + second[1], 0) @ third[0] + third[1])
    assert np.allclose(network(views, numbers), np.mean(plain, axis=0)[:, 0], atol=1e-4)


def test_larger_pictures_and_finer_lines_ask_for_surer_gaps():
    assert needed_odds(50, 256.0, 1.0) == needed_odds(50, 64.0, 1.0) == 0
    assert needed_odds(50, 512.0, 1.0) == pytest.approx(np.log(2))  # the odds are 2 to 1
    assert needed_odds(50, 1024.0, 9.0) == needed_odds(50, 1024.0, 2.0) == pytest.approx(np.log(4))
    assert needed_odds(50, 1024.0, 2.0) < needed_odds(50, 1024.0, 1.5) < needed_odds(50, 1024.0, 1.0)
    assert needed_odds(20, 2048.0, 1.0) < needed_odds(50, 2048.0, 1.0)


def test_no_doors_no_gaps():
    nothing = np.zeros((0, *VIEW_SHAPE), np.uint8), np.zeros((0, NUM_NUMBERS), np.float32)
    assert load_network()(*nothing).shape == (0,)
    assert gap_odds(look_at(np.full((8, 8), 255, np.uint8))).shape == (0,)


def test_missing_weights_say_so(tmp_path):
    with pytest.raises(WeightsError, match="install nurie again"):
        load_network(tmp_path / "none.npz")


@pytest.mark.parametrize("count", [1, 2, 3, 7, 100, 1001])
def test_a_percentile_is_that_of_numpy(count):
    values = np.random.default_rng(count).integers(0, 40, count)
    assert _percentile(values, 35) == pytest.approx(np.percentile(values, 35), abs=1e-12)


def test_doors_are_left_where_rooms_have_not_become_one():
    doors = Doors(np.array([[1, 2], [2, 3], [3, 4], [1, 4]]), np.ones(4, np.float32), np.arange(4), np.ones(4, int))
    joined = RoomGraph(np.zeros(5, np.float32), np.ones(5, int), doors, np.array([0, 1, 1, 4, 4]))
    left = doors_left(doors, joined)
    assert left.rooms.tolist() == [[1, 4], [1, 4]]
    assert left.place.tolist() == [1, 3]


def test_a_drawing_of_two_grays_is_one_bit():
    smooth, bits = scribble(0), np.where(scribble(0) < 128, np.uint8(20), np.uint8(240))
    assert is_one_bit(bits)
    assert not is_one_bit(smooth)
    assert is_one_bit(np.full((3, 3), 255, np.uint8))
