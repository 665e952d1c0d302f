"""Regions made elsewhere: label pictures, flat colors, PSD and ORA."""

import io
import sys
import zipfile

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from pictures_as_text import as_text, block, region_map
from PIL import Image

import nurie
from nurie.errors import ImageError, InputError, MissingExtraError
from nurie.images import encode_image, write_image
from nurie.regions import segment_regions
from nurie.regions.flats import compose, paint_flats
from nurie.regions.from_file import read_regions
from nurie.regions.region_map import connect_regions

shapes = st.tuples(st.integers(1, 16), st.integers(1, 16))
maps = hnp.arrays(np.int32, shapes, elements=st.integers(1, 4)).map(connect_regions)
RED, GREEN, BLUE, SKIN = (200, 40, 40), (60, 180, 75), (70, 80, 200), (250, 220, 190)


def scene(side=128):
    """Background 1, a disk 2, a box 3 within it, and a bar 4."""
    regions = np.ones((side, side), np.int32)
    cv2.circle(regions, (side // 2, side // 2), side // 3, 2, -1)
    regions[side * 3 // 8 : side * 5 // 8, side * 3 // 8 : side // 2] = 3
    regions[side * 7 // 8 :, side // 4 : side * 3 // 4] = 4
    return connect_regions(regions)


def colors(count=4):
    return np.array([SKIN, RED, GREEN, BLUE][:count], np.uint8)


def outlines(regions, width=3):
    sketch = np.full(regions.shape, 255, np.uint8)
    for label in range(2, regions.max() + 1):
        edges = cv2.findContours((regions == label).astype(np.uint8), cv2.RETR_LIST, cv2.CHAIN_APPROX_NONE)[0]
        cv2.drawContours(sketch, edges, -1, 0, width, cv2.LINE_AA)
    return sketch


def smooth(picture, side):
    """Four times as large and averaged down: edges are anti-aliased."""
    large = cv2.resize(picture, None, fx=4, fy=4, interpolation=cv2.INTER_NEAREST)
    return cv2.resize(large, (side, side), interpolation=cv2.INTER_AREA)


def agreement(one, other):
    return (one == other).mean()


def as_png(array):
    return encode_image(array)


@settings(max_examples=20)
@given(regions=maps)
def test_our_own_label_picture_gives_the_map_back(regions):
    assert np.array_equal(read_regions(as_png(regions.astype(np.uint16))), regions)
    assert np.array_equal(read_regions(encode_image(regions, "TIFF")), regions)


@settings(max_examples=20)
@given(regions=maps)
def test_labels_of_8_and_32_bits_and_arrays(regions):
    buffer = io.BytesIO()
    Image.fromarray(regions * 70_001).save(buffer, "TIFF")
    for source in (as_png(regions.astype(np.uint8)), buffer.getvalue(), regions, Image.fromarray(regions)):
        assert np.array_equal(read_regions(source), regions)


def test_lines_go_to_the_nearest_and_pieces_become_regions():
    assert as_text(read_regions(region_map("11#22 11#22 11#11"))) == block("11122 11122 11133")


def test_labels_may_have_gaps_from_16_bits_on():
    assert as_text(read_regions(np.array([[7, 7, 900]], np.uint16))) == "112"


@settings(max_examples=40)
@given(hnp.arrays(np.uint8, st.tuples(st.integers(1, 12), st.integers(1, 12), st.just(3))))
def test_any_picture_gives_a_partition_or_one_sentence(picture):
    try:
        regions = read_regions(picture)
    except InputError:  # not of flat colors
        regions = np.ones((1, 1), np.int32)
    assert regions.min() == 1
    assert np.array_equal(connect_regions(regions), regions)


def test_flat_colors():
    regions = scene()
    assert np.array_equal(read_regions(paint_flats(colors(), regions)), regions)


def test_one_color_in_two_places_is_two_regions():
    regions = np.kron(region_map("123 123"), np.ones((4, 4), np.int32)).astype(np.int32)
    assert np.array_equal(read_regions(paint_flats(np.array([SKIN, RED, SKIN], np.uint8), regions)), regions)


def test_blends_at_smooth_edges_go_to_the_nearest():
    regions = scene()
    found = read_regions(smooth(paint_flats(colors(), regions), 96))
    assert found.max() == regions.max()
    assert agreement(found, scene(96)) > 0.98


@pytest.mark.parametrize("width", [1, 2])
def test_lines_on_top_go_to_the_nearest(width):
    regions = scene(256)
    found = read_regions(compose(paint_flats(colors(), regions), outlines(regions, width)))
    assert found.max() == regions.max()
    assert agreement(found, regions) > 0.97


def test_lines_and_smooth_edges():
    regions = scene(256)
    found = read_regions(smooth(compose(paint_flats(colors(), regions), outlines(regions, 3)), 160))
    assert found.max() == regions.max()
    assert agreement(found, scene(160)) > 0.96


def test_black_areas_stay_and_black_lines_do_not():
    flats = np.full((256, 256, 3), 255, np.uint8)
    cv2.circle(flats, (128, 128), 60, (10, 10, 10), -1)
    flats[:, 20:24] = 0
    regions = read_regions(flats)
    assert regions.max() == 3
    assert regions[128, 128] not in (regions[128, 5], regions[128, 250])


def test_a_thin_stripe_of_a_color_of_its_own_stays():
    flats = np.full((40, 40, 3), SKIN, np.uint8)
    flats[:, 20:22] = (255, 255, 90)
    assert read_regions(flats).max() == 3


def test_what_is_transparent_is_a_region_but_no_seam():
    flats = np.zeros((60, 60, 4), np.uint8)
    flats[10:50, 10:30] = (*RED, 255)
    flats[10:50, 31:50] = (*GREEN, 255)
    regions = read_regions(as_png(flats))
    assert regions.max() == 3
    assert regions[30, 30] != regions[0, 0]


def test_a_map_of_the_same_shape_is_resized():
    regions = scene(64)
    large = read_regions(as_png(regions.astype(np.uint16)), (128, 128))
    assert np.array_equal(large, np.kron(regions, np.ones((2, 2), np.int32)))
    assert read_regions(as_png(regions.astype(np.uint16)), (33, 32)).shape == (33, 32)


def test_a_map_of_another_shape_is_refused(tmp_path):
    write_image(tmp_path / "map.png", scene(64).astype(np.uint16))
    with pytest.raises(InputError, match=r"map\.png is 64x64 and the drawing 128x64"):
        read_regions(tmp_path / "map.png", (64, 128))


@pytest.mark.parametrize("kind", ["noise", "shaded", "jpeg"])
def test_what_is_not_flat_is_refused(kind):
    rng = np.random.default_rng(0)
    flats = paint_flats(colors(), scene(160))
    if kind == "noise":
        source = np.clip(flats + rng.normal(0, 3, flats.shape), 0, 255).astype(np.uint8)
    elif kind == "shaded":
        source = (flats * np.linspace(1, 0.5, 160)[:, None]).astype(np.uint8)
    else:
        noisy = cv2.GaussianBlur(flats, (0, 0), 1.5)
        source = encode_image(noisy, "JPEG")
    with pytest.raises(InputError, match="not of flat colors; save it as PNG"):
        read_regions(source)


def test_negative_labels():
    with pytest.raises(InputError, match="negative labels"):
        read_regions(np.array([[-1, 2]], np.int32))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b"hello", "not a picture"),
        (b"PK\x03\x04 not really", "damaged"),
        (b"8BPS" + bytes(30), "damaged"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
    ],
)
def test_files_that_cannot_be_read(tmp_path, data, words):
    path = tmp_path / "regions.psd"
    path.write_bytes(data)
    with pytest.raises(ImageError, match=words):
        read_regions(path)
    with pytest.raises(ImageError, match=r"missing\.png does not exist"):
        read_regions(tmp_path / "missing.png")


def test_too_many_pixels():
    with pytest.raises(ImageError, match="more than the limit of 100"):
        read_regions(as_png(scene(64).astype(np.uint16)), max_pixels=100)


def rgba(color, mask):
    return np.dstack([np.full((*mask.shape, 3), color, np.uint8), mask.astype(np.uint8) * np.uint8(255)])


def make_ora(layers, side=64):
    """`layers`, from top to bottom: attributes and pixels, or a list of such for a group."""
    files, number = {}, iter(range(100))

    def write(some):
        text = ""
        for attributes, pixels in some:
            words = " ".join(f'{name.replace("_", "-")}="{value}"' for name, value in attributes.items())
            if isinstance(pixels, list):
                text += f"<stack {words}>{write(pixels)}</stack>"
            else:
                name = f"data/{next(number)}.png"
                files[name] = encode_image(pixels)
                text += f'<layer {words} src="{name}"/>'
        return text

    body = write(layers)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        file.writestr("mimetype", "image/openraster")
        file.writestr("stack.xml", f'<?xml version="1.0"?><image w="{side}" h="{side}"><stack>{body}</stack></image>')
        for name, data in files.items():
            file.writestr(name, data)
    return buffer.getvalue()


def disk(side=64, radius=20):
    return cv2.circle(np.zeros((side, side), np.uint8), (side // 2, side // 2), radius, 1, -1) > 0


def full(side=64):
    return np.ones((side, side), bool)


def test_ora_the_topmost_layer_wins_groups_and_places_count():
    data = make_ora(
        [
            ({"composite_op": "svg:multiply"}, rgba((0, 0, 0), full())),
            ({"visibility": "hidden"}, rgba(BLUE, full())),
            ({"x": 4, "y": 2}, [({"x": 20, "y": 22}, rgba(GREEN, np.ones((16, 16), bool)))]),
            ({}, rgba(RED, disk())),
            ({}, rgba(SKIN, full())),
        ]
    )
    regions = read_regions(data)
    assert regions.max() == 3
    expected = np.ones((64, 64), np.int32)
    expected[disk()] = 2
    expected[24:40, 24:40] = 3
    assert np.array_equal(regions, expected)


def test_ora_a_painted_layer_is_one_region_and_a_flat_one_is_split():
    painted = rgba(RED, disk())
    painted[..., 0] = np.arange(64)[:, None] * 2 + np.arange(64)
    flat = np.dstack([paint_flats(colors(2), region_map("12")), np.full((1, 2), 255, np.uint8)])
    regions = read_regions(make_ora([({}, painted), ({}, np.kron(flat, np.ones((64, 32, 1), np.uint8)))]))
    assert regions.max() == 3
    assert (regions[disk()] == regions[32, 32]).all()


def test_ora_half_transparent_pixels():
    faint = rgba(RED, disk())
    faint[..., 3] = np.where(disk(), 127, 0)
    assert read_regions(make_ora([({}, faint), ({}, rgba(SKIN, full()))])).max() == 1
    faint[..., 3] = np.where(disk(), 128, 0)
    assert read_regions(make_ora([({}, faint), ({}, rgba(SKIN, full()))])).max() == 2


def test_ora_without_visible_layers():
    with pytest.raises(ImageError, match="no visible layer"):
        read_regions(make_ora([({"visibility": "hidden"}, rgba(RED, full()))]))


def test_another_zip(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.kra", "w") as file:
        file.writestr("maindoc.xml", "<DOC/>")
    with pytest.raises(ImageError, match=r"no ORA: a ZIP without stack\.xml"):
        read_regions(tmp_path / "a.kra")


@pytest.fixture
def psd_tools():
    return pytest.importorskip("psd_tools", reason="needs pip install nurie[layers]")


def make_psd(psd_tools, layers, side=64):
    """`layers` from bottom to top: name, RGBA pixels, and what is to be set."""
    psd = psd_tools.PSDImage.new("RGB", (side, side))
    for name, pixels, attributes in layers:
        layer = psd.create_pixel_layer(Image.fromarray(pixels), name=name)
        for attribute, value in attributes.items():
            setattr(layer, attribute, value)
    buffer = io.BytesIO()
    psd.save(buffer)
    return buffer.getvalue()


def test_psd(psd_tools):
    multiply = psd_tools.constants.BlendMode.MULTIPLY
    data = make_psd(
        psd_tools,
        [
            ("paper", rgba(SKIN, full()), {}),
            ("disk", rgba(RED, disk()), {}),
            ("hidden", rgba(BLUE, full()), {"visible": False}),
            ("lines", rgba((0, 0, 0), full()), {"blend_mode": multiply}),
        ],
    )
    assert np.array_equal(read_regions(data), np.where(disk(), 2, 1))


def test_psd_lines_in_normal_mode_are_lines(psd_tools):
    lines = np.zeros((64, 64), bool)
    lines[:, 31:33] = True
    data = make_psd(psd_tools, [("disk", rgba(RED, disk()), {}), ("lines", rgba((0, 0, 0), lines), {})])
    regions = read_regions(data)
    assert regions.max() == 4  # a line parts what it crosses
    assert (regions[32, 16:31] == regions[32, 20]).all()
    assert (regions[32, 33:48] == regions[32, 44]).all()


def test_psd_without_psd_tools(monkeypatch, psd_tools):
    data = make_psd(psd_tools, [("paper", rgba(SKIN, full()), {})])
    monkeypatch.setitem(sys.modules, "psd_tools", None)
    with pytest.raises(MissingExtraError, match=r"nurie\[layers\]"):
        read_regions(data)


def test_it_is_a_public_name():
    assert nurie.read_regions is read_regions


def test_what_is_cut_can_be_read_again():
    regions = scene()
    cut = segment_regions(outlines(regions, 2))
    assert np.array_equal(read_regions(as_png(cut.astype(np.uint16)), cut.shape), cut)
