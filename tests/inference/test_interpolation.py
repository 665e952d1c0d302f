from itertools import pairwise

import numpy as np
import pytest
from face_drawing import face

from nurie.colors import rgb_to_oklab
from nurie.errors import InputError
from nurie.inference import Colorizer, Style
from nurie.inference.interpolation import interpolate, slerp
from nurie.inference.palette import draw_noise


def way(encoded, steps, hints=None, palette=None, seeds=(1, 2)):
    first, last = (encoded.start(seed, hints=hints) for seed in seeds)
    return list(interpolate(encoded, first, last, steps, palette))


def changes(results):
    pictures = [rgb_to_oklab(result.flats) for result in results]
    return np.array([np.linalg.norm(b - a, axis=2).mean() for a, b in pairwise(pictures)])


@pytest.fixture(params=[None, "weights_folder", "learned_weights_folder"])
def encoded(request):
    """With nurie's own weights, and with stand-ins."""
    weights = request.param and request.getfixturevalue(request.param)
    return Colorizer(weights, threads=1).encode(face())


def test_the_ends_are_those_that_were_asked_for(encoded):
    results = way(encoded, 5, {2: "#ff8800"})
    for result, seed in ((results[0], 1), (results[-1], 2)):
        assert np.array_equal(result.image, encoded.sample(seed, hints={2: "#ff8800"}).image)
    assert all(tuple(result.colors[1]) == (0xFF, 0x88, 0) for result in results)


def test_no_step_is_much_larger_than_the_others(encoded):
    steps = changes(way(encoded, 8))
    assert len(steps) == 7
    assert steps.max() <= 3 * steps.mean()


def test_from_a_picture_to_itself_nothing_changes(encoded):
    results = way(encoded, 4, seeds=(3, 3))
    assert len(results) == 4
    assert not changes(results).any()


def test_two_steps_are_the_ends(encoded):
    assert len(way(encoded, 2)) == 2
    with pytest.raises(InputError, match="at least 2 steps, got 1"):
        way(encoded, 1)


def test_a_palette_holds_on_the_way(weights_folder):
    palette = np.array([[0, 0, 0], [255, 255, 255]], np.uint8)
    results = way(Colorizer(weights_folder).encode(face()), 6, palette=palette)
    assert {tuple(color) for result in results for color in result.colors.tolist()} <= {(0, 0, 0), (255, 255, 255)}


def test_light_goes_evenly_from_code_to_code(learned_weights_folder):
    encoded = Colorizer(learned_weights_folder, threads=1).encode(face())
    hints = dict.fromkeys(range(1, 5), "#808080")  # nothing but light changes
    results = way(encoded, 9, hints)
    first, last = (encoded.sample(seed, hints=hints) for seed in (1, 2))
    assert np.array_equal(results[0].shaded, first.shaded)
    assert np.array_equal(results[-1].shaded, last.shaded)
    codes = np.stack([result.code for result in results])
    steps = np.linalg.norm(np.diff(codes, axis=0), axis=1)
    assert steps.max() <= 2 * steps.mean()
    assert np.array_equal(codes[4], slerp(first.code, last.code, 0.5))


def test_the_way_follows_a_reference(learned_weights_folder):
    encoded = Colorizer(learned_weights_folder, threads=1).encode(face())
    style = Style(references=[encoded.refer(np.full((4, 3), 200, np.uint8))], guidance=1.5, shading=0.5)
    first, last = (encoded.start(seed, hints={2: "#ff8800"}, style=style) for seed in (1, 2))
    results = list(interpolate(encoded, first, last, 5))
    for result, seed in ((results[0], 1), (results[-1], 2)):
        assert np.array_equal(result.image, encoded.sample(seed, hints={2: "#ff8800"}, style=style).image)
    steps = changes(results)
    assert steps.max() <= 3 * steps.mean()


def test_noise_stays_as_large_as_noise_is():
    first, last = draw_noise(1000, 1, 0), draw_noise(1000, 2, 0)
    for share in (0.0, 0.25, 0.5, 1.0):
        assert slerp(first, last, share).std() == pytest.approx(1, abs=0.05)
    assert np.array_equal(slerp(first, last, 0.0), first)
    assert np.array_equal(slerp(first, last, 1.0), last)


def test_the_great_circle_of_two_axes():
    x, y = np.array([[2, 0, 0]], np.float32), np.array([[0, 2, 0]], np.float32)
    assert np.allclose(slerp(x, y, 0.5), [[2**0.5, 2**0.5, 0]])
    assert np.allclose(slerp(x, y, 1 / 3), [[3**0.5, 1, 0]], atol=1e-6)
    assert np.allclose(slerp(x, 3 * x, 0.5), 2 * x)
    left, right = np.array([-1], np.float32), np.array([1], np.float32)  # light from either side
    assert [float(slerp(left, right, share)[0]) for share in (0.0, 0.25, 0.5, 1.0)] == [-1, -0.5, 0, 1]
