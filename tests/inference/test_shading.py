"""How much light and shade there is, what it is drawn from, and that flats stay recognisable."""

import numpy as np
import pytest
from face_drawing import face, face_regions
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from nurie.colors import ciede2000, levels_to_cielab, rgb_to_cielab
from nurie.data.sources.drawing import KINDS
from nurie.errors import InputError
from nurie.inference import Colorizer, Style
from nurie.inference.layers import build_layers
from nurie.inference.paint import draw_code
from nurie.inference.palette import GROUND, find_ground
from nurie.inference.shading import BOUND, NEAR, keep_recognizable, temper
from nurie.inference.style import style_from_json, style_to_json
from nurie.inference.weights import PaintSettings
from nurie.regions.flats import paint_flats


def moved(picture, regions, colors):
    """CIEDE2000 between the mean of each region's levels and its flat colour."""
    means = np.stack([picture[regions == label].mean(0) for label in range(1, len(colors) + 1)])
    return ciede2000(rgb_to_cielab(colors), levels_to_cielab(means))


def test_cielab_of_levels_is_that_of_bytes():
    colors = np.random.default_rng(0).integers(0, 256, (50, 3)).astype(np.uint8)
    assert np.allclose(levels_to_cielab(colors.astype(float)), rgb_to_cielab(colors))
    between = levels_to_cielab(np.array([[100.5, 100.5, 100.5]]))[0, 0]
    low, high = (rgb_to_cielab(np.full((1, 3), level, np.uint8))[0, 0] for level in (100, 101))
    assert low < between < high


@settings(max_examples=25)
@given(st.data())
def test_no_painting_moves_a_regions_mean_by_the_bound(data):
    regions = np.repeat(np.arange(1, 4, dtype=np.int32), 24).reshape(6, 12)
    colors = data.draw(hnp.arrays(np.uint8, (3, 3)))
    flats = paint_flats(colors, regions)
    shaded = data.draw(hnp.arrays(np.uint8, (6, 12, 3), elements=st.integers(0, 255), fill=st.integers(0, 255)))
    kept = keep_recognizable(flats, shaded, regions, colors)
    assert (moved(kept, regions, colors) < BOUND).all()


def test_random_paintings_stay_within_the_bound():
    rng = np.random.default_rng(0)
    regions = np.repeat(np.arange(1, 401, dtype=np.int32), 16).reshape(400, 16)
    worst = 0.0
    for spread in (5, 40, 255):
        colors = rng.integers(0, 256, (400, 3)).astype(np.uint8)
        flats = paint_flats(colors, regions)
        shade = rng.normal(0, spread, (400, 1, 3)) + rng.normal(0, spread / 2, (400, 16, 3))
        shaded = np.clip(flats + shade, 0, 255).astype(np.uint8)
        worst = max(worst, moved(keep_recognizable(flats, shaded, regions, colors), regions, colors).max())
    assert worst < BOUND


def test_what_is_within_the_bound_is_left_alone():
    regions, colors = np.ones((8, 8), np.int32), np.array([[120, 140, 160]], np.uint8)
    flats = paint_flats(colors, regions)
    shaded = flats.copy()
    shaded[:4] += 60
    shaded[4:] -= 60  # much light and shade, whose mean is the flat colour
    assert keep_recognizable(flats, shaded, regions, colors) is shaded


def test_what_exceeds_is_subtracted_and_the_contrast_stays():
    regions, colors = np.ones((8, 8), np.int32), np.array([[120, 140, 160]], np.uint8)
    flats = paint_flats(colors, regions)
    shaded = flats - np.uint8(60)
    shaded[:4] -= 30
    kept = keep_recognizable(flats, shaded, regions, colors)
    assert np.all(kept[4:].astype(int) - kept[:4] == 30)
    assert 4 < moved(kept, regions, colors)[0] < BOUND


def test_only_the_regions_that_exceed_change():
    regions = np.repeat(np.array([1, 2], np.int32), 32).reshape(8, 8)
    colors = np.array([[120, 140, 160], [200, 180, 160]], np.uint8)
    flats = paint_flats(colors, regions)
    shaded = np.where((regions == 1)[..., None], flats - np.uint8(90), flats - np.uint8(4))
    kept = keep_recognizable(flats, shaded, regions, colors)
    assert np.array_equal(kept[regions == 2], shaded[regions == 2])
    assert not np.array_equal(kept[regions == 1], shaded[regions == 1])


def test_a_network_that_exaggerates_leaves_flats_recognisable(glaring_weights_folder):
    encoded = Colorizer(glaring_weights_folder, threads=1).encode(face(), regions=face_regions())
    for seed in range(6):
        result = encoded.sample(seed)
        distances = moved(result.shaded, result.regions, result.colors)
        assert (distances < BOUND).all()
        assert distances.max() > 3


@pytest.fixture
def encoded(learned_weights_folder):
    return Colorizer(learned_weights_folder, threads=1).encode(face(), regions=face_regions())


def test_shading_scales_what_the_network_adds(encoded):
    def added(shading):
        result = encoded.sample(3, hints=dict.fromkeys(range(1, 5), "#808080"), style=Style(shading=shading))
        return result.shaded.astype(float) - result.flats

    whole = added(1.0)
    assert np.abs(whole).max() > 5
    assert np.abs(added(0.5) - whole / 2).max() <= 0.51
    assert np.array_equal(added(0.0), np.zeros_like(whole))


def test_no_shading_is_flat_and_has_no_such_layer(encoded):
    flat, half = (encoded.sample(3, style=Style(shading=shading)) for shading in (0.0, 0.5))
    assert flat.shaded is flat.flats
    names = [[layer.name for layer in build_layers(result).layers] for result in (flat, half)]
    assert "shading" not in names[0]
    assert "shading" in names[1]


def test_the_layer_is_the_scaled_shading(encoded):
    result = encoded.sample(3, hints=dict.fromkeys(range(1, 5), "#808080"), style=Style(shading=0.5))
    (layer,) = (layer for layer in build_layers(result).layers if layer.name == "shading")
    expected = np.rint(result.shaded.astype(float) * 255 / result.flats)
    expected = expected[layer.top : layer.top + layer.color.shape[0], layer.left : layer.left + layer.color.shape[1]]
    darker = expected < 255
    assert np.abs(layer.color.astype(float) - expected)[darker].max() <= 1


def test_pictures_of_a_seed_are_lit_differently_and_always_alike(encoded):
    results = [encoded.sample(3, index) for index in (0, 1, 0)]
    assert not np.array_equal(results[0].code, results[1].code)
    assert np.array_equal(results[0].image, results[2].image)
    # Numbers that must never change, or the same seed would give another picture.
    assert np.allclose(draw_code(PaintSettings(side=64, latent_dim=2), 3, 0), results[0].code)
    assert draw_code(None, 3, 0).shape == (0,)


def test_light_falls_from_one_side_or_the_other():
    settings = PaintSettings(side=64, latent_dim=1, light=True)
    by_chance = [float(draw_code(settings, 0, index)[0]) for index in range(40)]
    assert set(by_chance) == {-1.0, 1.0}
    assert 8 < by_chance.count(1.0) < 32
    assert draw_code(settings, 0, 0, "left") == -1
    assert draw_code(settings, 0, 0, "right") == 1
    with pytest.raises(InputError, match="light falls from left or right, got 'above'"):
        Style(light="above")


def test_the_side_is_kept_with_the_style():
    assert style_from_json(style_to_json(Style(light="left"))).light == "left"
    old = {name: value for name, value in style_to_json(Style()).items() if name != "light"}
    assert style_from_json(old).light is None


def test_colours_do_not_depend_on_light(encoded, weights_folder):
    assert np.array_equal(encoded.sample(3, style=Style(shading=0.0)).colors, encoded.sample(3).colors)


def test_backgrounds_stay_flat(encoded, monkeypatch):
    ground = np.zeros(encoded.num_regions, bool)
    ground[0] = True
    lit = encoded.sample(3)
    monkeypatch.setattr("nurie.inference.encoded.find_ground", lambda _: ground)
    flat = encoded.sample(3)
    first = encoded.regions == 1
    assert (lit.shaded[first] != lit.flats[first]).any()
    assert np.array_equal(flat.shaded[first], flat.flats[first])
    assert np.array_equal(flat.shaded[~first], lit.shaded[~first])


def test_what_is_ground_is_read_off_the_kinds():
    kinds = np.zeros((1, 3, 7), np.float32)
    kinds[0, [0, 1, 2], [0, 2, 6]] = 1
    assert find_ground({"tokens": np.zeros((1, 3, 4)), "kinds": kinds}).tolist() == [True, False, False]
    two_minds = np.log([[[0.4, 1e-9, 1e-9, 1e-9, 1e-9, 1e-9, 0.6], [0.2, 1e-9, 1e-9, 1e-9, 1e-9, 1e-9, 0.8]]])
    assert find_ground({"tokens": np.zeros((1, 2, 4)), "kinds": two_minds.astype(np.float32)}).tolist() == [True, False]
    assert not find_ground({"tokens": np.zeros((1, 3, 4))}).any()
    assert KINDS[GROUND] == "background"


@given(seed=st.integers(0, 2**32 - 1))
@settings(max_examples=30, deadline=None)
def test_tempered_light_keeps_contrast_and_hardly_moves_means(seed):
    rng = np.random.default_rng(seed)
    regions = rng.integers(1, 5, (24, 24)).astype(np.int32)
    colors = rng.integers(60, 200, (4, 3)).astype(np.uint8)
    added = rng.uniform(-60, 20, (24, 24, 3)).astype(np.float32)
    tempered = temper(added, regions, colors)
    for label in range(1, 5):
        own = regions == label
        shift = (added - tempered)[own]
        assert np.abs(shift - shift[0]).max() < 1e-3  # one number a channel: what differs within the region stays
        there = colors[label - 1].astype(float) + tempered[own].mean(0)
        assert ciede2000(rgb_to_cielab(colors[label - 1]), levels_to_cielab(there)) <= NEAR + 0.1
    small = temper(added / 100, regions, colors)
    assert np.allclose(small, added / 100, atol=1e-5)
