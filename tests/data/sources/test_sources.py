import subprocess
import sys

import cv2
import numpy as np
import pytest

from nurie.data.sources import SOURCES
from nurie.data.sources.request import check_request, needs_corpus_extra
from nurie.errors import InputError, MissingExtraError


def test_the_table_lists_what_can_be_drawn():
    assert list(SOURCES) == ["anime", "characters", "dicebear", "icons", "lit", "scenes", "world"]


def test_listing_sources_needs_neither_skia_nor_torch():
    code = "import sys, nurie.data.sources; assert not {'skia', 'dicebear', 'torch'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize(
    ("source", "package"), [("anime", "skia"), ("world", "skia"), ("dicebear", "skia"), ("dicebear", "dicebear")]
)
def test_a_missing_package_is_named_with_its_remedy(source, package):
    code = (
        f"import sys; sys.modules[{package!r}] = None\n"
        "from nurie.data.sources import SOURCES\n"
        "from nurie.errors import MissingExtraError\n"
        f"try: SOURCES[{source!r}](0)\n"
        "except MissingExtraError as error: print(error)"
    )
    result = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert package in result.stdout
    assert "pip install nurie[corpus]" in result.stdout
    assert "libegl1 libgl1" in result.stdout


def test_other_errors_pass():
    with pytest.raises(ZeroDivisionError), needs_corpus_extra():
        raise ZeroDivisionError
    with pytest.raises(MissingExtraError, match="the package skis"), needs_corpus_extra():
        raise ModuleNotFoundError(name="skis")


def test_requests_are_checked_at_the_door():
    check_request(0, 32)
    with pytest.raises(InputError, match="0 or more, got -3"):
        check_request(-3, 256)
    with pytest.raises(InputError, match="at least 32 pixels, got 31"):
        check_request(0, 31)


@pytest.mark.parametrize(("source", "seed"), [("anime", 0), ("anime", 1), ("world", 0), ("world", 5)])
def test_the_same_seed_gives_the_same_bytes(source, seed):
    first, again = SOURCES[source](seed), SOURCES[source](seed)
    for name in ("color", "sketch", "regions"):
        np.testing.assert_array_equal(getattr(first, name), getattr(again, name))
    assert first.parts == again.parts
    assert first.meta == again.meta


@pytest.mark.parametrize("source", ["anime", "world"])
@pytest.mark.parametrize("side", [128, 320])
def test_another_side_shows_the_same(source, side):
    drawing, expected = SOURCES[source](3, side=side), SOURCES[source](3)
    assert drawing.color.shape == (side, side, 3)
    assert drawing.sketch.shape == drawing.regions.shape == (side, side)
    small = [cv2.resize(each.color, (64, 64), interpolation=cv2.INTER_AREA) for each in (drawing, expected)]
    assert np.abs(small[0].astype(int) - small[1]).mean() < 4
    assert drawing.meta == expected.meta


@pytest.mark.parametrize("source", ["anime", "world"])
@pytest.mark.parametrize(("seed", "side"), [(-1, 256), (0, 8)])
def test_what_cannot_be_drawn_is_refused(source, seed, side):
    with pytest.raises(InputError, match=r"seeds|side"):
        SOURCES[source](seed, side=side)
