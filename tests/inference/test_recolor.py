import numpy as np
import pytest
from face_drawing import face, face_regions

from nurie.errors import InputError
from nurie.inference import Colorizer, Style
from nurie.inference.palette import draw_noise
from nurie.inference.recolor import REST, Changes, recolor
from nurie.inference.sidecar import make_sidecar


@pytest.fixture(params=["weights_folder", "paint_weights_folder", "learned_weights_folder"])
def opened(request):
    """A drawing, a result, and its record."""
    encoded = Colorizer(request.getfixturevalue(request.param), threads=1).encode(face(), regions=face_regions())
    result = encoded.sample(3, hints={4: "#00ff00"})
    return encoded, result, make_sidecar(encoded, result)


def test_no_changes_give_the_same_picture(opened):
    encoded, result, sidecar = opened
    again = recolor(sidecar, encoded, Changes())
    assert np.array_equal(again.image, result.image)


def test_setting_a_colour_keeps_every_other_pixel(opened):
    encoded, result, sidecar = opened
    changed = recolor(sidecar, encoded, Changes(colors={2: "#ff8800"}))
    inside = result.regions == 2
    assert np.array_equal(changed.image[~inside], result.image[~inside])
    assert np.all(changed.flats[inside] == (0xFF, 0x88, 0))
    assert not np.array_equal(changed.image[inside], result.image[inside])
    assert changed.known.tolist() == [False, True, False, True]


def test_a_region_may_be_named_by_a_pixel(opened):
    encoded, result, sidecar = opened
    row, column = (int(x) for x in np.argwhere(result.regions == 3)[0])
    changed = recolor(sidecar, encoded, Changes(colors={(row, column): "#ff8800"}))
    assert tuple(changed.colors[2]) == (0xFF, 0x88, 0)


def test_locked_regions_keep_colour_and_noise_and_the_rest_is_drawn_anew(opened):
    encoded, result, sidecar = opened
    changed = recolor(sidecar, encoded, Changes(lock=[1], reroll=REST, seed=9))
    kept = np.array([True, False, False, True])  # region 4 had a hint
    assert np.array_equal(changed.colors[kept], result.colors[kept])
    assert np.array_equal(changed.noise[kept], result.noise[kept])
    assert (changed.colors[~kept] != result.colors[~kept]).any(1).all()
    assert np.array_equal(changed.noise[~kept], draw_noise(4, 9, 0)[~kept])
    flats = np.isin(result.regions, [1, 4])
    assert np.array_equal(changed.flats[flats], result.flats[flats])
    assert np.array_equal(changed.known, kept)


def test_regions_in_a_list_are_drawn_anew_and_all_others_kept(opened):
    encoded, result, sidecar = opened
    changed = recolor(sidecar, encoded, Changes(reroll=[2, 4]))
    assert np.array_equal(changed.colors[[0, 2]], result.colors[[0, 2]])
    assert (changed.colors[[1, 3]] != result.colors[[1, 3]]).any(1).all()
    assert not changed.known.any()  # region 4 has been given up; 1 and 3 were kept this time only
    assert changed.seed == result.seed + 1


def test_the_network_sees_what_is_kept(opened):
    encoded, result, sidecar = opened
    changed = recolor(sidecar, encoded, Changes(reroll=[2], seed=7))
    hints = {label: "#" + bytes(result.colors[label - 1]).hex() for label in (1, 3, 4)}
    assert np.array_equal(changed.colors, encoded.sample(7, hints=hints).colors)


def test_the_same_seed_gives_the_same_and_another_another(opened):
    encoded, _, sidecar = opened
    colors = [recolor(sidecar, encoded, Changes(reroll=REST, seed=seed)).colors for seed in (1, 1, 2)]
    assert np.array_equal(colors[0], colors[1])
    assert not np.array_equal(colors[0], colors[2])


def test_a_palette_leaves_hints_and_lines(opened):
    encoded, result, sidecar = opened
    changed = recolor(sidecar, encoded, Changes(palette=np.array([[0, 0, 255]], np.uint8)))
    assert changed.colors.tolist() == [[0, 0, 255]] * 3 + [[0, 255, 0]]
    assert np.array_equal(changed.drawn, result.drawn)


def test_changes_can_be_recorded_and_changed_again(opened):
    encoded, _, sidecar = opened
    first = recolor(sidecar, encoded, Changes(lock=[1], reroll=REST, colors={2: "#010203"}))
    again = recolor(make_sidecar(encoded, first), encoded, Changes())
    assert np.array_equal(again.image, first.image)
    second = recolor(make_sidecar(encoded, first), encoded, Changes(reroll=REST))
    assert np.array_equal(second.colors[[0, 1, 3]], first.colors[[0, 1, 3]])


def test_what_is_drawn_anew_is_what_the_reference_and_the_kept_give(learned_weights_folder):
    encoded = Colorizer(learned_weights_folder, threads=1).encode(face(), regions=face_regions())
    style = Style(references=[encoded.refer(np.full((4, 3), 200, np.uint8))], guidance=1.5)
    result = encoded.sample(3, hints={4: "#00ff00"}, style=style)
    changed = recolor(make_sidecar(encoded, result), encoded, Changes(lock=[1], reroll=REST, seed=9))
    hints = {label: "#" + bytes(result.colors[label - 1]).hex() for label in (1, 4)}
    assert np.array_equal(changed.drawn[1:3], encoded.sample(9, hints=hints, style=style).drawn[1:3])
    assert np.array_equal(changed.code, result.code)


def test_light_comes_from_another_seed(learned_weights_folder):
    encoded = Colorizer(learned_weights_folder, threads=1).encode(face(), regions=face_regions())
    result = encoded.sample(3)
    changed = recolor(make_sidecar(encoded, result), encoded, Changes(light=7))
    assert np.array_equal(changed.colors, result.colors)
    assert np.array_equal(changed.code, encoded.sample(7).code)


def test_shading_is_undone_and_redone(opened):
    encoded, result, sidecar = opened
    flat = recolor(sidecar, encoded, Changes(shading=0.0))
    assert flat.shaded is flat.flats
    again = recolor(make_sidecar(encoded, flat), encoded, Changes(shading=1.0))
    assert np.array_equal(again.image, result.image)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"lock": [1]}, "locked regions are kept while others are drawn anew; add --reroll rest"),
        ({"lock": [5], "reroll": REST}, r"there is no region 5; the drawing has regions 1\.\.4"),
        ({"reroll": [0]}, "there is no region 0"),
        ({"lock": [2], "reroll": [2]}, "region 2 cannot be both kept and drawn anew"),
        ({"colors": {2: "#000000"}, "reroll": [2]}, "region 2 cannot be both kept and drawn anew"),
        ({"colors": {9: "#000000"}}, "hint for region 9"),
        ({"reroll": "all"}, "reroll is 'rest' or a list of regions, got 'all'"),
        ({"shading": 2.0}, "shading must lie between"),
        ({"guidance": -1.0}, "guidance must lie between"),
        ({"light": -1}, "light is a seed of at least 0, got -1"),
    ],
)
def test_changes_that_make_no_sense(opened, changes, message):
    encoded, _, sidecar = opened
    with pytest.raises(InputError, match=message):
        recolor(sidecar, encoded, Changes(**changes))
