from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from face_drawing import face, face_regions

from nurie.errors import InputError
from nurie.images import read_image
from nurie.inference import Colorizer
from nurie.inference.palette import PaletteNetwork, draw_noise


@pytest.fixture
def colorizer(weights_folder):
    return Colorizer(weights_folder, threads=1)


def test_sampling_is_what_a_call_does(colorizer):
    encoded = colorizer.encode(face(), regions=face_regions())
    for result in colorizer(face(), 2, seed=4, hints={1: "#123456"}, regions=face_regions()):
        again = encoded.sample(4, result.index, hints={1: "#123456"})
        assert np.array_equal(again.image, result.image)


def test_a_drawing_is_encoded_once_and_only_if_colours_are_drawn(colorizer, monkeypatch):
    calls = []
    encode = PaletteNetwork.encode
    monkeypatch.setattr(PaletteNetwork, "encode", lambda *given: calls.append(1) or encode(*given))
    encoded = colorizer.encode(face())
    assert calls == []
    for seed in range(3):
        encoded.sample(seed)
    assert calls == [1]


def test_a_picture_that_was_read_is_not_read_again(colorizer):
    picture = read_image(face())
    assert colorizer.encode(picture).drawing is picture


def test_noise_of_ones_own(colorizer):
    encoded = colorizer.encode(face())
    noise = draw_noise(encoded.num_regions, 8, 3)
    assert np.array_equal(encoded.sample(noise=noise).image, encoded.sample(8, 3).image)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"seed": -1}, "must be at least 0, got -1 and 0"),
        ({"index": -2}, "must be at least 0, got 0 and -2"),
        ({"noise": np.zeros((2, 3), np.float32)}, "noise of 2 regions does not fit a drawing of 4"),
    ],
)
def test_wrong_arguments_are_named(colorizer, arguments, message):
    with pytest.raises(InputError, match=message):
        colorizer.encode(face(), regions=face_regions()).sample(**arguments)


def test_threads_that_share_a_drawing_get_the_same_pictures(paint_weights_folder):
    colorizer = Colorizer(paint_weights_folder, threads=1)
    encoded = colorizer.encode(face())
    alone = [colorizer.encode(face()).sample(seed).image for seed in range(8)]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda seed: encoded.sample(seed).image, range(8)))
    assert all(np.array_equal(one, other) for one, other in zip(alone, together, strict=True))


def test_threads_that_share_a_colorizer_get_the_same_pictures():
    colorizer = Colorizer(threads=1)
    drawings = [face(90 + 10 * i, 120) for i in range(6)]
    alone = [colorizer(drawing)[0].image for drawing in drawings]
    with ThreadPoolExecutor(6) as pool:
        together = list(pool.map(lambda drawing: colorizer(drawing)[0].image, drawings))
    assert all(np.array_equal(one, other) for one, other in zip(alone, together, strict=True))
