import numpy as np
import pytest

from nurie.data.sources import SOURCES
from nurie.errors import InputError, WeightsError
from nurie.evaluation.region_scores import score_regions
from nurie.regions.close_gaps import close_gaps
from nurie.regions.learned import NETWORKS, find_edges, learned


@pytest.fixture
def face():
    """A box with two boxes inside."""
    sketch = np.full((96, 80), 255, np.uint8)
    for top, left, bottom, right in ((8, 8, 88, 72), (20, 20, 50, 40), (60, 30, 76, 60)):
        sketch[top:bottom, left:right] = 0
        sketch[top + 2 : bottom - 2, left + 2 : right - 2] = 255
    return sketch


@pytest.fixture(scope="module")
def figures():
    return [SOURCES["anime"](890_000 + number, side=256).sketch for number in range(2)]


def test_what_ink_closes_is_as_without_the_network(face):
    assert learned(face).max() == close_gaps(face).max() == 4


def test_edges_run_along_the_ink(face):
    edges = find_edges(face, 50)
    assert edges.shape == face.shape
    assert edges[face == 0].mean() > 0.5
    assert edges[:5].mean() < 0.1


@pytest.mark.parametrize("shape", [(1, 1), (7, 300), (300, 7), (257, 255), (600, 500)])
def test_any_size_is_cut(shape):
    regions = learned(np.full(shape, 255, np.uint8))
    assert regions.shape == shape
    assert regions.min() == 1


def test_more_confidence_lays_down_less_ink(face):
    face[30:40, 38:40] = 255
    assert find_edges(face, 99).sum() <= find_edges(face, 60).sum() <= find_edges(face, 20).sum()


@pytest.mark.parametrize("confidence", [0, 101])
def test_confidence_is_in_percent(face, confidence):
    with pytest.raises(InputError, match="from 1 to 100"):
        learned(face, confidence=confidence)


def test_missing_weights_say_so(face, tmp_path):
    with pytest.raises(WeightsError, match="export it again"):
        find_edges(face, 50, tmp_path / "none.onnx")


def test_with_eight_bits_the_same_regions_are_found(face):
    face[40:43, 38:40] = 255  # a gap
    assert np.array_equal(learned(face, bits=8), learned(face))
    edges, quick = find_edges(face, 96), find_edges(face, 96, NETWORKS[8])
    assert (edges != quick).mean() < 0.01


def test_with_eight_bits_drawings_agree(figures):
    for figure in figures:
        regions, quick = learned(figure), learned(figure, bits=8)
        assert abs(int(regions.max()) - int(quick.max())) <= 3
        assert score_regions(regions, quick).pairs.f1 > 0.99


@pytest.mark.parametrize("bits", [4, 16])
def test_bits_are_those_of_a_network(face, bits):
    with pytest.raises(InputError, match="32 or 8"):
        learned(face, bits=bits)
