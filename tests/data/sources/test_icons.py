import json
from collections import Counter

import numpy as np
import pytest

from icon_collections import BODIES, write_collection
from nurie.data.sources.icons import draw_icons
from nurie.data.sources.icons.collections import icons, read_collections
from nurie.errors import DataError

pytest.importorskip("skia", exc_type=ImportError, reason="skia does not load; on Debian: apt install libegl1 libgl1")

from nurie.data.sources.icons.flats import find_flats, outlines
from nurie.data.sources.icons.picture import Spot, _render

RED, PINK, GREEN, BLACK, WHITE = (220, 40, 40), (235, 60, 60), (40, 160, 60), (20, 16, 12), (255, 255, 255)


def painted(*boxes, side=96):
    """A white picture with boxes (rows, columns, color) painted on it, and where it is white."""
    picture = np.full((side, side, 3), 255, np.uint8)
    bare = np.ones((side, side), bool)
    for rows, columns, color in boxes:
        picture[slice(*rows), slice(*columns)] = color
        bare[slice(*rows), slice(*columns)] = False
    return picture, bare


def test_signs_flags_and_what_cannot_be_drawn_are_left_out(icon_folder):
    names = {icon.name for icon in read_collections(icon_folder)}
    assert names == BODIES.keys() - {"a-button", "painted-elsewhere", "flag"}


def test_people_have_one_skin_tone_each_and_none_is_yellow(tmp_path):
    tones = ("light", "medium-light", "medium", "medium-dark", "dark")
    hands = [f"hand-{tone}-skin-tone" for tone in tones]
    couples = [f"couple-{a}-skin-tone-{b}-skin-tone" for a in tones for b in tones]
    cooks = [f"cook-{tone}" for tone in tones]
    people = ["hand", "cook", "couple", "footprints", *hands, *cooks, *couples]
    drawn = read_collections(write_collection(tmp_path, people=people))
    chosen = [icon for icon in drawn if icon.name in people]
    assert sorted(icon.name.split("-")[0] for icon in chosen) == ["cook", "couple", "hand"]
    assert all("-" in icon.name for icon in chosen)


def test_the_skin_tone_does_not_decide_who_is_held_out(tmp_path):
    tones = ("light", "medium", "dark")
    for tone in tones:
        people = [f"person-{number}-{tone}-skin-tone" for number in range(50)]
        write_collection(tmp_path / tone, people=people)
    held = [[icon.held_out for icon in read_collections(tmp_path / tone) if "person" in icon.name] for tone in tones]
    assert held[0] == held[1] == held[2]
    assert 0 < sum(held[0]) < 25


TONES = {"light": "#f7dece", "medium": "#d4ab88", "dark": "#7c533e"}


def cook(number, tone):
    """A head in a skin tone that differs by a level from cook to cook, a body and a bun of another colour each."""
    skin = TONES[tone][:-1] + "ef"[number % 2] if tone == "light" else TONES[tone]
    bun = f"#{(number * 40) % 256:02x}2040"
    return (
        f'<rect x="2" y="16" width="28" height="14" fill="#2080e0"/><circle cx="16" cy="12" r="9" fill="{skin}"/>'
        f'<circle cx="16" cy="4" r="3" fill="{bun}"/>'
    )


def test_skin_is_what_people_of_a_tone_have_in_common(tmp_path, monkeypatch):
    bodies = {f"cook{number}-{tone}": cook(number, tone) for number in range(12) for tone in TONES}
    folder = write_collection(tmp_path, people=bodies, bodies=bodies)
    for icon in read_collections(folder):
        tone = icon.name.partition("-")[2]
        assert (icon.skin is not None) is (icon.name in bodies)
        if icon.skin:
            levels = [[int(color[at : at + 2], 16) for at in (1, 3, 5)] for color in (icon.skin, TONES[tone])]
            assert np.abs(np.subtract(*levels)).max() <= 3
    monkeypatch.setenv("NURIE_ICONS", str(folder))
    seen = Counter()
    for seed in range(40):
        drawing = draw_icons(seed, side=96)
        for label, part in enumerate(drawing.parts, 1):
            _, name = drawing.meta["items"][part.owner - 1]
            if part.kind == "background" or name not in bodies:
                assert part.kind != "skin"
                continue
            color = np.median(drawing.color[drawing.regions == label], 0)
            tone = [int(TONES[name.partition("-")[2]][at : at + 2], 16) for at in (1, 3, 5)]
            if np.abs(color - tone).max() <= 6:
                assert part.kind == "skin"
            elif np.abs(color - (0x20, 0x80, 0xE0)).max() <= 6:
                assert part.kind == "prop"
            seen[part.kind] += 1
    assert min(seen["skin"], seen["prop"]) >= 10


def test_a_name_is_either_held_out_or_not():
    known, held = ({icon.name for icon in icons(held_out=held)} for held in (False, True))
    assert held == {"bell", "egg"}
    assert "heart" in known
    assert not known & held


@pytest.mark.parametrize(("seed", "held"), [(3, False), (900_003, True)])
def test_held_out_seeds_draw_held_out_icons(seed, held):
    names = {name for _, name in draw_icons(seed, side=64).meta["items"]}
    assert all((name in {"bell", "egg"}) is held for name in names)


def test_ids_are_those_of_one_icon_alone(icon_folder):
    (twin,) = (icon for icon in read_collections(icon_folder) if icon.name == "twin")
    assert 'id="toys-twin-a"' in twin.body
    assert "url(#toys-twin-a)" in twin.body


def test_touching_colors_are_pieces_and_shade_is_none():
    picture, bare = painted(((20, 70), (10, 40), RED), ((20, 70), (40, 60), PINK), ((20, 70), (60, 90), GREEN))
    assert find_flats(picture, bare, alike=0.0).labels.max() == 4
    merged = find_flats(picture, bare, alike=20.0).labels
    assert merged.max() == 3
    assert merged[40, 20] == merged[40, 50] != merged[40, 80]
    assert (merged[bare] == merged[0, 0]).all()


def test_the_ground_stays_apart_from_a_thing_of_its_color():
    picture, bare = painted(((30, 60), (30, 60), WHITE))
    labels = find_flats(picture, bare, alike=40.0).labels
    assert labels[45, 45] != labels[5, 5]


def test_small_dark_things_are_ink_and_large_ones_are_not():
    side = 192
    picture, bare = painted(
        ((10, 180), (10, 180), GREEN), ((40, 44), (40, 44), BLACK), ((80, 160), (80, 160), BLACK), side=side
    )
    ink = find_flats(picture, bare, alike=0.0).ink
    assert ink[41, 41]
    assert not ink[120, 120]
    assert not ink[20, 20]


@pytest.mark.parametrize("width", [1.0, 3.0, 6.0])
def test_lines_are_as_wide_as_asked(width):
    labels = np.ones((40, 40), np.int32)
    labels[:, 20:] = 2
    assert abs(int(outlines(labels, width)[20].sum()) - width) <= 1


def test_lines_part_what_the_colors_part():
    drawing = draw_icons(11, side=128)
    names = [name for _, name in drawing.meta["items"]]
    assert drawing.meta["license"] == "CC0 1.0"
    assert len(drawing.parts) == drawing.regions.max()
    assert {part.owner for part in drawing.parts if part.kind == "prop"} <= set(range(1, len(names) + 1))
    assert any(part.kind == "background" for part in drawing.parts)


def test_an_icon_is_where_it_was_put_and_mirrored(icon_folder):
    (twin,) = (icon for icon in read_collections(icon_folder) if icon.name == "twin")
    for flipped in (False, True):
        color, cover = _render([twin], [Spot(64.0, 128.0, 96.0, 0.0, flipped)], 128, "#ffffff")
        assert cover[64, 32] == 1
        assert cover[64, 100] == 0
        assert (color[64, 12, 1] > color[64, 50, 1]) is np.bool_(flipped)


def test_without_collections_it_says_where_to_get_them(monkeypatch, tmp_path):
    monkeypatch.delenv("NURIE_ICONS")
    with pytest.raises(DataError, match=r"needs collections of icons; unpack .* NURIE_ICONS$"):
        draw_icons(0)
    monkeypatch.setenv("NURIE_ICONS", str(tmp_path))
    with pytest.raises(DataError, match="has no icons"):
        draw_icons(0)


def test_a_collection_under_another_license_is_refused(tmp_path):
    with pytest.raises(DataError, match="draw from collections under MIT"):
        read_collections(write_collection(tmp_path, license="GPL-3.0"))


@pytest.mark.parametrize(("name", "content"), [("icons", "{"), ("info", "[]"), ("metadata", '{"categories": 3}')])
def test_a_damaged_collection_is_one_sentence(tmp_path, name, content):
    write_collection(tmp_path)
    (tmp_path / "toys" / f"{name}.json").write_text(content)
    with pytest.raises(DataError, match="fetch it again"):
        read_collections(tmp_path)


def test_the_facts_of_an_icon_survive_json(icon_folder):
    assert json.loads(json.dumps(dict(draw_icons(5, side=64).meta)))["source"] == "icons"
