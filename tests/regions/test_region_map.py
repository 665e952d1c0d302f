import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from nurie.regions.region_map import number_regions

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
