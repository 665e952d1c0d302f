"""The three copies of a figure, and what becomes of them on a board."""

import numpy as np
import pytest

pytest.importorskip("skia", exc_type=ImportError, reason="skia does not load; on Debian: apt install libegl1 libgl1")
pytest.importorskip("dicebear", reason="needs pip install nurie[corpus]")

from nurie.data.sources.dicebear.board import PIECES_FROM, Board, Sheets
from nurie.data.sources.dicebear.finish import open_blacks
from nurie.data.sources.dicebear.layers import LabelBook, Pen, label_code, make_layers, outline_color
from nurie.data.sources.dicebear.scene import dye_hair
from nurie.data.sources.dicebear.shading import reduce_light, shade_regions
from nurie.data.sources.dicebear.svg import (
    children_text,
    inline_components,
    luminance,
    parse_svg,
    render_svg,
)
from nurie.data.sources.drawing import Part

FLAT = Pen(inked=False, width=2.0)
INKED = Pen(inked=True, width=2.0)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" fill="none">{}</svg>'


def layers_of(shapes: str, pen: Pen = FLAT, book: LabelBook | None = None):
    root = parse_svg(SVG.format(shapes))
    return make_layers(root, pen, book or LabelBook(), kind_of=lambda component, fill: component or "prop", owner=1)


def shape(tree):
    return next(element for element in tree.iter() if element.tag in ("path", "rect", "circle")).attrib


def test_a_flat_fill_is_paper_with_an_outline_and_a_label():
    layers = layers_of('<path fill="#aabbcc" d="M0 0"/>')
    assert shape(layers.color) == {"fill": "#aabbcc", "d": "M0 0"}
    assert shape(layers.lines)["fill"] == "#ffffff"
    assert shape(layers.lines)["stroke"] == "#000000"
    assert shape(layers.lines)["stroke-width"] == "2"
    assert shape(layers.regions)["fill"] == label_code(2)


def test_ink_draws_the_outline_in_color_too():
    black = layers_of('<path fill="#aabbcc"/>', Pen(inked=False, width=2.0, ink="black"))
    dark = layers_of('<path fill="#aabbcc"/>', Pen(inked=False, width=2.0, ink="dark"))
    assert shape(black.color)["stroke"] == "#111111"
    assert shape(dark.color)["stroke"] == "#474f56"
    assert outline_color("dark", "white") == "#111111"


def test_dark_fills_of_inked_figures_are_lines():
    book = LabelBook()
    layers = layers_of('<path fill="#111111"/><rect fill="#ffffff"/>', INKED, book)
    assert shape(layers.lines)["fill"] == "#000000"
    assert shape(layers.lines)["stroke"] == "none"
    text = children_text(layers.regions)
    assert label_code(2) in text
    assert book.last_label == 2
    assert "#000000" not in text
    assert "#000000" in book.without_ink(text)


def test_some_fills_of_inked_figures_get_an_outline():
    pen = Pen(inked=True, width=2.0, outlined=frozenset({"#ff0000"}))
    assert shape(layers_of('<path fill="#ff0000"/>', pen).lines)["stroke"] == "#000000"
    assert shape(layers_of('<path fill="#00ff00"/>', pen).lines)["stroke"] == "none"


@pytest.mark.parametrize(
    "paint",
    [
        'fill="#aabbcc" opacity=".2"',
        'fill="#aabbcc" fill-opacity=".2"',
        'fill="#aabbcc33"',
        'fill="#aabbcc" style="mix-blend-mode:multiply"',
    ],
)
def test_shading_is_in_the_color_only(paint):
    layers = layers_of(f"<path {paint}/>")
    assert shape(layers.lines)["fill"] == "none"
    assert shape(layers.regions)["fill"] == "none"
    assert shape(layers.color)["fill"] == "#aabbcc"


def test_alpha_in_a_color_becomes_opacity():
    color = shape(layers_of('<path fill="#aabbcc80" stroke="#00000040"/>').color)
    assert color["fill"] == "#aabbcc"
    assert color["fill-opacity"] == "0.502"
    assert color["stroke-opacity"] == "0.251"


def test_paint_is_inherited():
    layers = layers_of('<g fill="#aabbcc" opacity=".9"><g stroke="#112233" stroke-width="3px"><path/></g></g>')
    assert shape(layers.lines)["fill"] == "#ffffff"
    assert shape(layers.lines)["stroke-width"] == "3"


def test_fat_strokes_are_thinned_in_the_lines_and_thinner_in_the_regions():
    layers = layers_of('<path stroke="#ff0000" stroke-width="10"/>')
    assert shape(layers.color)["stroke-width"] == "10"
    assert shape(layers.lines)["stroke-width"] == "5"
    assert shape(layers.regions)["stroke-width"] == "2"


def test_masks_and_clip_paths_stay_as_they_are():
    layers = layers_of('<mask><path fill="#fff"/></mask>')
    assert shape(layers.lines) == shape(layers.color) == {"fill": "#fff"}


def test_the_tree_itself_stays_as_it_is():
    root = parse_svg(SVG.format('<path fill="#aabbcc80"/>'))
    make_layers(root, FLAT, LabelBook(), kind_of=lambda *_: "prop", owner=1)
    assert shape(root)["fill"] == "#aabbcc80"


def test_components_take_the_place_of_their_uses():
    root = parse_svg(
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"><metadata/><defs>'
        '<g id="hair-long1-ab"><path fill="#112233"/><use xlink:href="#eyes-big-ab"/></g>'
        '<g id="eyes-big-ab"><path fill="#445566"/></g><clipPath id="c"/></defs>'
        '<use href="#hair-long1-ab" transform="translate(1 2)"/><use href="#gone"/></svg>'
    )
    inline_components(root)
    assert [element.tag for element in root] == ["defs", "g", "use"]
    assert [element.tag for element in root[0]] == ["clipPath"]
    assert root[1].attrib == {"transform": "translate(1 2)", "data-component": "hair"}
    book = LabelBook()
    layers = make_layers(root, FLAT, book, kind_of=lambda component, fill: component, owner=3)
    assert book.parts == {1: Part("background"), 2: Part("hair", 3), 3: Part("eyes", 3)}
    assert "data-component" not in children_text(layers.color) + children_text(layers.lines)


@pytest.mark.parametrize(
    ("color", "expected"),
    [("black", 0), ("#fff", 1), ("White", 1), ("#ff0000", 0.3), ("#0f08", 0.59), ("url(#a)", 0.5)],
)
def test_luminance(color, expected):
    assert luminance(color) == pytest.approx(expected)


def test_rendering_is_on_white_at_any_size():
    picture = render_svg('<rect width="4" height="2" fill="#ff0000"/>', view=4, side=8)
    assert picture.shape == (8, 8, 3)
    assert (picture[:4] == [255, 0, 0]).all()
    assert (picture[4:] == 255).all()


def test_a_board_draws_color_lines_and_labels_alike():
    board = Board("#00ff00")
    root = parse_svg(SVG.format('<rect width="100" height="100" fill="#ff0000"/>'))
    board.place(root, "translate(50 50)", FLAT, kind_of=lambda *_: "prop", owner=1)
    sheets = board.draw(128)
    assert sheets.color.shape == (256, 256, 3)
    assert sheets.color[100, 100].tolist() == [255, 0, 0]
    assert sheets.color[10, 10].tolist() == [0, 255, 0]
    assert sheets.lines[100, 50] < 100 < sheets.lines[100, 100]
    assert (sheets.labels[10, 10], sheets.labels[100, 100], sheets.labels[100, 50]) == (1, 2, 0)
    regions, parts = board.true_parts(sheets.labels)
    assert regions.shape == (128, 128)
    assert parts == (Part("background"), Part("prop", 1))


def test_large_blacks_are_opened_and_know_what_they_are():
    board = Board("#ffffff")
    root = parse_svg(SVG.format('<rect width="100" height="100" fill="#000000"/>'))
    board.place(root, "translate(50 50)", INKED, kind_of=lambda *_: "hair", owner=2)
    sheets = board.draw(256)
    pieces = open_blacks(sheets, np.random.default_rng(0))
    assert pieces.max() == 1
    assert sheets.labels[200, 200] == PIECES_FROM + 1
    assert sheets.lines[200, 200] == 255
    assert sheets.labels[200, 101] == 0
    regions, parts = board.true_parts(sheets.labels)
    assert parts[regions[100, 100] - 1] == Part("hair", 2)


def test_large_blacks_are_dyed_and_small_or_colored_ones_are_not():
    color = np.zeros((256, 256, 3), np.uint8)
    color[200:] = (200, 0, 0)
    pieces = np.zeros((256, 256), np.int32)
    pieces[20:60, 20:60], pieces[100:104, 100:104], pieces[200:] = 1, 2, 3
    sheets = Sheets(color.copy(), np.full((256, 256), 255, np.uint8), np.ones((256, 256), np.int32))
    dye_hair(sheets, pieces, np.random.default_rng(0))
    assert sheets.color[40, 40].max() > 40
    assert (sheets.color[90:120] == color[90:120]).all()
    assert (sheets.color[200:] == color[200:]).all()


def test_thin_lines_stay_black():
    lines = np.full((512, 512), 255, np.uint8)
    lines[100:104] = 0
    sheets = Sheets(np.zeros((512, 512, 3), np.uint8), lines.copy(), np.ones((512, 512), np.int32))
    assert not open_blacks(sheets, np.random.default_rng(0)).any()
    np.testing.assert_array_equal(sheets.lines, lines)
    assert set(np.unique(sheets.labels)) == {0, 1}


@pytest.mark.parametrize("seed", range(8))
def test_shading_keeps_colors_within_bounds_and_means_near(seed):
    color = np.full((64, 64, 3), 128, np.uint8)
    labels = np.ones((64, 64), np.int32)
    labels[20:40, 20:40] = 2
    light = shade_regions(color, labels, last_background=1, rng=np.random.default_rng(seed))
    assert 0 <= light.min() <= light.max() <= 1
    assert light.mean() == pytest.approx(128 / 255, abs=0.1)
    assert reduce_light(light, 32).shape == (32, 32, 3)
