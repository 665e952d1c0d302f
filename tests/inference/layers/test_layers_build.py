import dataclasses

import numpy as np
import pytest
from drawings_of_all_kinds import DRAWINGS, SHAPE, lines
from flattened import flatten, merged

from nurie.errors import InputError, OutputError
from nurie.inference import Colorizer
from nurie.inference.layers import Group, Layer, build_layers, encode_layers, write_layers
from nurie.inference.layers.build import LABEL_FACTOR

SIX = (np.indices(SHAPE)[0] // 30 * 3 + np.indices(SHAPE)[1] // 28 + 1).astype(np.int32)
HINTS = {1: "#ff8800", 2: "#102030", 5: "#ff8800"}


@pytest.fixture
def color(weights_folder):
    colorizer = Colorizer(weights_folder, threads=1)
    return lambda kind, **options: colorizer(DRAWINGS[kind](), regions=SIX, hints=HINTS, **options)[0]


def shade(result, seed=0):
    """The same result with light and shade everywhere."""
    added = np.random.default_rng(seed).integers(-90, 91, result.flats.shape)
    shaded = result.ink.keep_edges_flat(result.flats, np.clip(result.flats + added, 0, 255).astype(np.uint8))
    return dataclasses.replace(result, shaded=shaded, image=result.ink.lay_on_screen(shaded))


def top_level(stack):
    return {entry.name: entry for entry in stack.layers}


def assert_same(stack):
    (color, alpha), (expected, expected_alpha) = flatten(stack), merged(stack)
    whole = np.isin(expected_alpha[..., 0], (0, 255))
    assert np.abs(color - expected)[whole].max() <= 1.01
    # A translucent rim is rounded in each of its two layers.
    assert np.abs(color - expected).max() <= 2
    assert np.abs(alpha - expected_alpha).max() <= 1


@pytest.mark.parametrize("by", ["color", "region"])
@pytest.mark.parametrize("kind", DRAWINGS)
def test_the_layers_together_are_the_picture(color, kind, by):
    result = color(kind)
    stack = build_layers(result, by=by)
    assert np.array_equal(stack.merged, result.pixels)
    assert_same(stack)


@pytest.mark.parametrize("kind", DRAWINGS)
def test_with_light_and_shade_too(color, kind):
    stack = build_layers(shade(color(kind)))
    assert {"shading", "shading light"} <= set(top_level(stack))
    assert_same(stack)


def test_a_painted_result_has_its_shade_as_a_layer(paint_weights_folder):
    (result,) = Colorizer(paint_weights_folder, threads=1)(DRAWINGS["black"](), regions=SIX, hints={1: "#808080"})
    stack = build_layers(result)
    assert [entry.name for entry in stack.layers] == ["background", "flats", "shading", "lines", "regions"]
    assert top_level(stack)["shading"].blend == "multiply"
    assert_same(stack)


def test_the_order_and_what_is_seen(color):
    stack = build_layers(color("black"))
    assert [(e.name, e.visible) for e in stack.layers] == [
        ("background", True), ("flats", True), ("lines", True), ("regions", False),
    ]  # fmt: skip
    assert not top_level(build_layers(color("cut-out")))["background"].visible


def test_each_color_has_a_layer_and_each_region_if_asked(color):
    result = color("black")
    by_color, by_region = (top_level(build_layers(result, by=by))["flats"].layers for by in ("color", "region"))
    assert len(by_region) == 6
    assert len(by_color) == 5  # regions 1 and 5 have one color
    assert by_color[-1].name == "1 #ff8800"
    assert by_region[-2].name == "2 #102030"
    assert [int(layer.name.split()[0]) for layer in by_region] == [6, 5, 4, 3, 2, 1]
    both = by_color[-1]
    assert np.array_equal(both.alpha == 255, ((SIX == 1) | (SIX == 5))[: len(both.alpha), : both.alpha.shape[1]])


def test_flat_layers_are_no_larger_than_what_is_on_them(color):
    for layer in top_level(build_layers(color("black"), by="region"))["flats"].layers:
        assert layer.alpha.shape == (30, 28)
        assert layer.alpha.min() == 255


def test_black_lines_are_the_drawing_itself_multiplied(color):
    layer = top_level(build_layers(color("black")))["lines"]
    assert layer.blend == "multiply"
    height, width = layer.alpha.shape
    assert np.array_equal(layer.color[..., 1], lines()[layer.top : layer.top + height, layer.left : layer.left + width])


@pytest.mark.parametrize(
    ("kind", "blend"),
    [
        ("deep black", "multiply"), ("tinted", "normal"), ("black in alpha", "multiply"), ("cut-out", "multiply"),
        ("colored", "normal"), ("white on black", "normal"), ("orange in alpha", "normal"),
        ("white in alpha", "normal"),
    ],
)  # fmt: skip
def test_lines_are_multiplied_where_that_keeps_their_color(color, kind, blend):
    assert top_level(build_layers(color(kind)))["lines"].blend == blend


def test_lines_that_a_drawing_has_in_its_alpha_keep_it(color):
    drawing = DRAWINGS["orange in alpha"]()
    layer = top_level(build_layers(color("orange in alpha")))["lines"]
    height, width = layer.alpha.shape
    own = drawing[layer.top : layer.top + height, layer.left : layer.left + width]
    assert np.array_equal(layer.alpha, own[..., 3])
    full = layer.alpha == 255
    assert np.array_equal(layer.color[full], own[full][:, :3])


def test_regions_can_be_selected_by_their_color(color):
    levels = top_level(build_layers(color("deep colored")))["regions"].color // 257
    numbers = (levels.astype(np.int64) << [16, 8, 0]).sum(2)
    assert np.array_equal(numbers * pow(LABEL_FACTOR, -1, 1 << 24) % (1 << 24), SIX)


def test_a_blank_page_has_layers_too(weights_folder):
    (result,) = Colorizer(weights_folder, threads=1)(np.full((9, 7), 255, np.uint8))
    assert_same(build_layers(result))


def test_bits_resolution_and_profile_are_the_drawings(color):
    stack = build_layers(color("deep cut-out"))
    assert stack.bits == 16
    assert {layer.color.dtype for layer in stack.walk()} == {np.dtype(np.uint16)}
    assert {layer.alpha.dtype for layer in stack.walk()} == {np.dtype(np.uint16)}


def test_what_is_no_grouping_and_no_file_of_layers_is_refused(color, tmp_path):
    result = color("black")
    with pytest.raises(InputError, match="by color or region, not by 'hue'"):
        build_layers(result, by="hue")
    stack = build_layers(result)
    with pytest.raises(OutputError, match=r"\.png holds no layers; use \.psd or \.ora"):
        write_layers(tmp_path / "a.png", stack)
    with pytest.raises(OutputError, match="a file without suffix holds no layers"):
        encode_layers(stack, "")
    assert list(tmp_path.iterdir()) == []


def test_many_regions_take_little_memory(weights_folder):
    regions = (np.indices((400, 400))[0] // 20 * 20 + np.indices((400, 400))[1] // 20 + 1).astype(np.int32)
    (result,) = Colorizer(weights_folder, threads=1)(np.full((400, 400), 255, np.uint8), regions=regions)
    stack = build_layers(result, by="region")
    flats = top_level(stack)["flats"]
    assert isinstance(flats, Group)
    assert len(flats.layers) == 400
    assert sum(layer.alpha.nbytes for layer in flats.layers) == regions.size
    assert all(layer.color.strides[:2] == (0, 0) for layer in flats.layers if isinstance(layer, Layer))
