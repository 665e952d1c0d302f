import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from nurie.regions.region_map import number_regions, run_lengths, run_starts

maps = hnp.arrays(np.int32, st.tuples(st.integers(0, 6), st.integers(0, 6)), elements=st.integers(0, 9))


@given(maps)
def test_regions_are_numbered_by_their_first_pixel_in_reading_order(labels):
    numbers: dict[int, int] = {0: 0}
    for label in labels.ravel().tolist():
        numbers.setdefault(label, len(numbers))
    expected = [numbers[label] for label in labels.ravel().tolist()]
    numbered = number_regions(labels)
    assert numbered.dtype == np.int32
    assert numbered.shape == labels.shape
    assert numbered.ravel().tolist() == expected


@pytest.mark.parametrize("values", [[], [5], [5, 5], [1, 2, 2, 1, 1, 1], [0, 0, 3]])
def test_runs_come_with_their_lengths(values):
    starts = run_starts(np.array(values, np.int32))
    lengths = run_lengths(starts, len(values))
    assert np.repeat(np.array(values, np.int32)[starts], lengths).tolist() == values
    assert (lengths > 0).all()
