import cv2
import numpy as np
import pytest
from heaps import flat_picture
from hypothesis import given
from hypothesis import strategies as st

from nurie.data.prepare.fingerprint import ALIKE, fingerprint, group_alike


def bits(a, b):
    return (a ^ b).bit_count()


@pytest.mark.parametrize("seed", range(8))
def test_copies_of_other_size_and_quality_look_alike(seed):
    picture = flat_picture(seed, 300, 240)
    jpeg = cv2.imdecode(cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, 70])[1], cv2.IMREAD_COLOR)
    small = cv2.resize(picture, (150, 190), interpolation=cv2.INTER_AREA)
    for copy in (jpeg, small, np.clip(picture.astype(int) + 8, 0, 255).astype(np.uint8)):
        assert bits(fingerprint(picture), fingerprint(copy)) <= ALIKE


def test_other_pictures_look_unlike():
    hashes = [fingerprint(flat_picture(seed)) for seed in range(40)]
    assert min(bits(a, b) for i, a in enumerate(hashes) for b in hashes[:i]) > ALIKE


@pytest.mark.parametrize("level", [0, 90, 255])
def test_an_even_picture_looks_like_nothing(level):
    assert fingerprint(np.full((50, 60, 3), level, np.uint8)) == 0


def group_slowly(hashes):
    """Every pair; likeness is passed on."""
    group = list(range(len(hashes)))
    for _ in hashes:
        for i, a in enumerate(hashes):
            for j, b in enumerate(hashes):
                if a and b and bits(a, b) <= ALIKE:
                    group[i] = group[j] = min(group[i], group[j])
    return group


near = st.builds(
    lambda base, flips: base ^ sum({1 << flip for flip in flips}),
    st.sampled_from([0, 0x0123456789ABCDEF, 0xFFFF0000FFFF0000, 2**64 - 1]),
    st.lists(st.integers(0, 63), max_size=7),
)


@given(st.lists(near, max_size=12))
def test_groups_are_those_of_all_pairs(hashes):
    assert group_alike(np.array(hashes, np.uint64)).tolist() == group_slowly(hashes)


def test_many_that_share_a_band_are_compared_in_blocks(monkeypatch):
    rng = np.random.default_rng(0)
    hashes = rng.integers(1, 2**63, 60, np.uint64) & np.uint64(0xFFFFFFFF00000000) | np.uint64(1)
    hashes[37] = hashes[5] ^ np.uint64(1 << 40)
    whole = group_alike(hashes)
    monkeypatch.setattr("nurie.data.prepare.fingerprint.BLOCK", 7)
    np.testing.assert_array_equal(group_alike(hashes), whole)
    assert whole[37] == 5
