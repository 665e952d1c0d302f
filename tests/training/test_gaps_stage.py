from dataclasses import replace

import cv2
import numpy as np
import pytest
import torch
from boxes import Boxes

from nurie.data.sources.drawing import Drawing
from nurie.errors import InputError
from nurie.regions.close_gaps import WIDEST_GAP, join_hollows
from nurie.regions.merge import choose_min_area
from nurie.regions.region_map import connect_regions, find_lines
from nurie.regions.room_graph import RoomGraph
from nurie.regions.rooms import find_rooms, measure_depth
from nurie.training.distributed import Machine
from nurie.training.gaps import KIND, GapStage, PrepareGaps, choose_side, draw_lines, find_gaps, open_some, outline
from nurie.training.loop import start_run, train
from nurie.training.noise import Noise
from nurie.training.stage import Part

CPU = Machine(torch.device("cpu"))
TINY = replace(
    KIND.presets["tiny"], side=64, images=16, batch_size=4, workers=0, save_every=16, sheet_every=16, sheet_drawings=2
)


def grid(side=64, cells=4):
    """A drawing of square cells."""
    index = np.arange(side) * cells // side
    regions = (index[:, None] * cells + index + 1).astype(np.int32)
    sketch = outline(regions, 2.0)
    return Drawing(np.repeat(sketch[..., None], 3, 2), sketch, regions, (), {"seed": 0})


class Grids:
    names = Boxes.names

    def load(self, name):
        return grid()


def test_training_runs_and_draws_a_sheet(tmp_path):
    run = start_run(GapStage(TINY, CPU), TINY, CPU, tmp_path)
    assert train(run, Grids()) == 16
    assert list((tmp_path / "sheets").iterdir())


def test_training_lowers_the_loss_on_one_batch():
    stage = GapStage(replace(TINY, warmup_images=0), CPU)
    batch = stage.collate([stage.prepare(grid(), np.random.default_rng(seed)) for seed in range(6)])
    scores = [stage.step([Part(batch, Noise(i, range(6)))], 4 * i) for i in range(40)]
    assert scores[-1]["gaps"] < 0.5 * scores[0]["gaps"]


def test_a_drawing_without_doors_teaches_nothing():
    stage = GapStage(TINY, CPU)
    blank = Drawing(np.full((64, 64, 3), 255, np.uint8), np.full((64, 64), 255, np.uint8), np.ones((64, 64), np.int32))
    batch = stage.collate([stage.prepare(blank, np.random.default_rng(0))])
    assert len(batch.is_gap) == 0
    assert stage.step([Part(batch, Noise(0, [0]))], 0)["gaps"] == 0


def test_samples_hold_at_most_so_many_doors():
    sample = PrepareGaps(64, 5)(grid(), np.random.default_rng(1))
    assert len(sample.views) == len(sample.numbers) == len(sample.is_gap) <= 5


def test_outlines_left_open_are_wide_gaps():
    widest = {}
    for opened in (0.0, 1.0):
        samples = [PrepareGaps(128, 500, opened)(grid(128), np.random.default_rng(seed)) for seed in range(8)]
        gaps = np.concatenate([sample.numbers[sample.is_gap, 0] for sample in samples])
        widest[opened] = np.exp(gaps.max())
    assert widest[1.0] > 1.3 * widest[0.0]
    assert widest[1.0] <= WIDEST_GAP


def test_the_share_of_open_drawings_is_a_share():
    with pytest.raises(InputError, match=r"opened is a share from 0 to 1, got 1\.5"):
        replace(TINY, opened=1.5)


def test_a_hole_in_a_wall_is_a_gap_and_a_neck_is_not():
    regions = np.ones((60, 90), np.int32)
    regions[:, 60:] = 2
    sketch = np.full(regions.shape, 255, np.uint8)
    sketch[:, 59:61] = 0  # a wall between the two regions, with a hole
    sketch[28:31, 59:61] = 255
    sketch[:20, 29:31] = sketch[24:, 29:31] = 0  # and one with a hole within the first
    labels, graph = find_rooms(measure_depth(find_lines(sketch)))
    graph = join_hollows(graph, 8.0)
    gaps = dict(zip((graph.doors.place % 90 < 45).tolist(), find_gaps(graph, labels, regions).tolist(), strict=True))
    assert gaps == {True: False, False: True}


@pytest.mark.parametrize(("border", "gap"), [(31, True), (36, True), (44, False)])
def test_a_hole_is_no_gap_where_much_of_the_region_has_run_out_anyway(border, gap):
    regions = np.ones((60, 90), np.int32)
    regions[:, border:] = 2
    sketch = np.full(regions.shape, 255, np.uint8)
    sketch[:, 29:31] = 0
    sketch[28:31, 29:31] = 255
    labels, graph = find_rooms(measure_depth(find_lines(sketch)))
    assert find_gaps(join_hollows(graph, 8.0), labels, regions).tolist() == [gap]


@pytest.mark.parametrize("seed", range(20))
def test_views_of_large_drawings_have_sides_up_to_their_own(seed):
    rng = np.random.default_rng(seed)
    assert 64 <= choose_side(64, (200, 180), rng) <= 200
    assert choose_side(64, (48, 60), rng) == 64


def test_large_drawings_give_usable_samples():
    sample = PrepareGaps(64, 50)(grid(192, 6), np.random.default_rng(2))
    assert len(sample.views) == len(sample.is_gap) <= 50


@pytest.mark.parametrize("seed", range(6))
def test_opened_doors_were_no_gaps(seed):
    drawing = grid(96, 5)
    labels, graph = find_rooms(measure_depth(find_lines(drawing.sketch)))
    opened = open_some(graph, labels, drawing.regions, np.random.default_rng(seed))
    for room in range(1, len(graph.label)):
        together = np.isin(labels, np.flatnonzero(opened.label == opened.label[room]))
        most = np.bincount(drawing.regions[together]).max()
        assert most >= 0.5 * together.sum()


@pytest.mark.parametrize("seed", range(12))
def test_every_hand_keeps_lines_on_the_borders(seed):
    drawing = grid(96, 3)
    sketch, regions = draw_lines(drawing.sketch, drawing.regions, np.random.default_rng(seed))
    assert sketch.shape == regions.shape
    border = np.zeros(regions.shape, np.uint8)
    border[:, 1:] |= regions[:, 1:] != regions[:, :-1]
    border[1:] |= regions[1:] != regions[:-1]
    near = cv2.dilate((sketch < 200).astype(np.uint8), np.ones((7, 7), np.uint8))
    assert near[border > 0].mean() > 0.95
    assert connect_regions(regions).max() == 9


def test_outlines_are_as_wide_as_asked():
    regions = np.ones((40, 40), np.int32)
    regions[:, 20:] = 2
    for width in (1.0, 2.0, 3.0):
        ink = (255 - outline(regions, width)[5].astype(float)).sum() / 255
        assert ink == pytest.approx(width, abs=0.6)


def test_where_doors_were_opened_no_sliver_is_left():
    drawing = grid(96, 5)
    labels, graph = find_rooms(measure_depth(find_lines(drawing.sketch)))
    cut = RoomGraph(graph.heights, np.minimum(graph.areas, 1), graph.doors, graph.label)
    opened = [open_some(cut, labels, drawing.regions, np.random.default_rng(seed)) for seed in range(20)]
    assert any(graph is cut for graph in opened)
    assert any(graph is not cut for graph in opened)
    least = choose_min_area(None, labels.shape)
    for graph in opened:
        areas = graph.areas[graph.doors.rooms]
        assert graph is cut or (areas >= least).all()
