import numpy as np
import pytest

from nurie.errors import InputError
from nurie.inference.hints import read_hints

REGIONS = np.array([[1, 1, 2], [1, 3, 2]], np.int32)


def test_labels_and_places():
    known, colors = read_hints({3: "#010203", (0, 2): "#FFfe00"}, REGIONS)
    assert known.tolist() == [False, True, True]
    assert colors.tolist() == [[0, 0, 0], [255, 254, 0], [1, 2, 3]]


def test_saying_the_same_twice_is_no_contradiction():
    known, _ = read_hints({1: "#010203", (0, 0): "#010203", (1, 0): "#010203"}, REGIONS)
    assert known.tolist() == [True, False, False]


@pytest.mark.parametrize(
    ("hints", "message"),
    [
        ({0: "#000000"}, r"hint for region 0, but the drawing has regions 1\.\.3"),
        ({4: "#000000"}, r"hint for region 4, but"),
        ({(2, 0): "#000000"}, r"row 2, column 0 lies outside of the drawing \(2 rows, 3 columns\)"),
        ({(0, -1): "#000000"}, r"column -1 lies outside"),
        ({1: "red"}, r"'red' is no colour; write it as \"#rrggbb\""),
        ({1: "#12345"}, r"'#12345' is no colour"),
        ({1: "#010203", (0, 0): "#010204"}, r"two hints give region 1 different colours"),
    ],
)
def test_hints_that_make_no_sense(hints, message):
    with pytest.raises(InputError, match=message):
        read_hints(hints, REGIONS)
