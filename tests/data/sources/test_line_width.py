import numpy as np
import pytest

from nurie.data.sources import SOURCES
from nurie.errors import InputError

pytest.importorskip("skia", exc_type=ImportError, reason="skia does not load; on Debian: apt install libegl1 libgl1")

# Seeds whose drawings have lines that the source draws itself, not only ink of the artists'.
SEEDS = {
    "anime": 900_004,
    "characters": 900_004,
    "dicebear": 900_004,
    "icons": 900_004,
    "lit": 900_002,
    "scenes": 900_004,
    "world": 900_002,
}


@pytest.mark.parametrize("name", SOURCES)
def test_wider_lines_take_more_ink_and_the_drawing_stays(name):
    thin, wide = (SOURCES[name](SEEDS[name], side=96, line_width=width) for width in (1.0, 3.0))
    assert (wide.sketch < 128).sum() > 1.2 * (thin.sketch < 128).sum()
    dark = thin.sketch < max(100, int(thin.sketch.min()) + 1)
    assert (wide.sketch[dark] < 160).mean() > 0.8


@pytest.mark.parametrize("name", SOURCES)
def test_lines_need_a_width(name):
    with pytest.raises(InputError, match="width above 0"):
        SOURCES[name](1, line_width=0.0)


@pytest.mark.parametrize("name", SOURCES)
def test_without_a_width_the_seed_says_it(name):
    own, again = SOURCES[name](7, side=64), SOURCES[name](7, side=64, line_width=None)
    assert np.array_equal(own.sketch, again.sketch)
