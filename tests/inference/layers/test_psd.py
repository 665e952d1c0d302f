import dataclasses
import sys

import numpy as np
import psd_tools
import pytest
from painting_programs import difference, needs, needs_krita, run
from PIL import ImageCms
from psd_tools.constants import Compression, Resource
from test_layers_build import HINTS, SIX, flatten, shade

from nurie.errors import MissingExtraError, OutputError
from nurie.images import encode_image
from nurie.images.profiles import is_srgb
from nurie.inference import Colorizer
from nurie.inference.layers import Group, Layer, LayerStack, build_layers, encode_layers, write_layers
from nurie.inference.layers.psd import encode_psd

KINDS = ["black", "colored", "orange in alpha", "cut-out", "deep colored", "deep cut-out"]


@pytest.fixture
def stack(weights_folder, request):
    from drawings_of_all_kinds import DRAWINGS

    colorizer = Colorizer(weights_folder, threads=1)
    return build_layers(shade(colorizer(DRAWINGS[request.param](), regions=SIX, hints=HINTS)[0]))


def limit(stack):
    """Levels: one, and half a one for the reader's rounding; one more at a cut-out's rim, which is in two layers."""
    return 2.5 if stack.merged.shape[2] == 4 else 1.5


@pytest.mark.parametrize("stack", KINDS, indirect=True)
def test_psd_tools_finds_every_layer_as_it_was(stack, tmp_path):
    write_layers(tmp_path / "a.psd", stack)
    document = psd_tools.PSDImage.open(tmp_path / "a.psd")
    assert document.depth == stack.bits
    found = [layer for layer in document.descendants() if not layer.is_group()]
    for layer, expected in zip(found, stack.walk(), strict=True):
        assert layer.name == expected.name
        assert layer.visible == expected.visible
        assert (layer.top, layer.left) == (expected.top, expected.left)
        assert layer.blend_mode.name.lower() == expected.blend
        top = np.iinfo(expected.alpha.dtype).max
        pixels = np.rint(layer.numpy() * top)
        assert np.array_equal(pixels[..., 3], expected.alpha)
        assert np.array_equal(pixels[..., :3], expected.color)


@pytest.mark.parametrize("stack", KINDS, indirect=True)
def test_psd_tools_shows_the_picture(stack, tmp_path):
    write_layers(tmp_path / "a.psd", stack)
    document = psd_tools.PSDImage.open(tmp_path / "a.psd")
    for name, picture in (("merged", document.topil()), ("layers", document.composite(force=True))):
        (tmp_path / name).write_bytes(encode_image(np.asarray(picture)))
        assert difference(tmp_path / name, stack) <= limit(stack)


@needs("convert", package="imagemagick")
@pytest.mark.parametrize("stack", KINDS, indirect=True)
def test_imagemagick_shows_the_picture(stack, tmp_path):
    write_layers(tmp_path / "a.psd", stack)
    run("convert", f"{tmp_path}/a.psd[0]", f"{tmp_path}/merged.png")
    assert difference(tmp_path / "merged.png", stack) <= 1.5  # the file and its reader round, each to half a level
    run("convert", f"{tmp_path}/a.psd[1--1]", "-background", "none", "-layers", "merge", f"{tmp_path}/layers.png")
    assert difference(tmp_path / "layers.png", stack) <= limit(stack)


@pytest.mark.slow
@needs_krita
@pytest.mark.parametrize("stack", KINDS, indirect=True)
def test_krita_shows_the_picture(stack, krita, tmp_path):
    # The merged picture is black here, so that only the layers can make the right one.
    write_layers(tmp_path / "a.psd", dataclasses.replace(stack, merged=np.zeros_like(stack.merged)))
    krita(tmp_path / "a.psd", tmp_path / "a.png")
    assert difference(tmp_path / "a.png", stack) <= limit(stack)


def one_layer(side=4, **options):
    pixels = np.full((side, side, 3), 200, np.uint8)
    layer = Layer("a", pixels, np.full((side, side), 255, np.uint8))
    return LayerStack((layer,), pixels, **options)


def test_groups_stay_groups(tmp_path):
    stack = one_layer()
    inner = Group("inner", stack.layers, visible=False)
    stack = dataclasses.replace(stack, layers=(Group("outer", (inner, *stack.layers)), *stack.layers))
    write_layers(tmp_path / "a.psd", stack)
    outer, last = psd_tools.PSDImage.open(tmp_path / "a.psd")
    assert (outer.name, last.name) == ("outer", "a")
    assert [(entry.name, entry.visible) for entry in outer] == [("inner", False), ("a", True)]
    assert [entry.name for entry in outer[0]] == ["a"]


def test_resolution_and_profile_are_kept(tmp_path):
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    write_layers(tmp_path / "a.psd", one_layer(dpi=(300.0, 150.0), icc=profile))
    document = psd_tools.PSDImage.open(tmp_path / "a.psd")
    resolution = document.image_resources.get_data(Resource.RESOLUTION_INFO)
    assert (resolution.horizontal / 65536, resolution.vertical / 65536) == (300, 150)
    assert document.image_resources.get_data(Resource.ICC_PROFILE) == profile


def test_sixteen_bits_say_what_they_mean(tmp_path):
    pixels = np.full((4, 4, 3), 999, np.uint16)
    write_layers(tmp_path / "a.psd", LayerStack((Layer("a", pixels, pixels[..., 0]),), pixels))
    resources = psd_tools.PSDImage.open(tmp_path / "a.psd").image_resources
    assert is_srgb(resources.get_data(Resource.ICC_PROFILE))


def test_layers_are_run_length_encoded_and_small(tmp_path):
    regions = 300
    masks = np.zeros((regions, 1500, 1500), bool)
    layers = tuple(
        Layer(str(i), np.broadcast_to(np.uint8([i % 256, 7, 9]), (500, 500, 3)), np.full((500, 500), 255, np.uint8))
        for i in range(len(masks))
    )
    data = encode_psd(LayerStack(layers, np.zeros((1500, 1500, 3), np.uint8)))
    assert len(data) < 20 * regions * 500 * 4  # 16 bytes a row and channel, instead of 500
    (tmp_path / "a.psd").write_bytes(data)
    channels = psd_tools.PSDImage.open(tmp_path / "a.psd")[0]._channels
    assert {channel.compression for channel in channels} == {Compression.RLE}


def test_the_same_layers_give_the_same_bytes():
    assert encode_layers(one_layer(), ".psd") == encode_layers(one_layer(), ".psd")


def test_a_canvas_that_is_too_large_is_refused():
    wide = np.broadcast_to(np.uint8(0), (1, 30_001, 3))
    with pytest.raises(OutputError, match=r"PSD holds 30000 pixels a side, not 30001x1; write \.ora"):
        encode_psd(LayerStack((), wide))


def test_without_psd_tools_one_sentence_says_what_to_do(tmp_path, monkeypatch):
    for name in [name for name in sys.modules if name.split(".")[0] == "psd_tools"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "psd_tools", None)
    with pytest.raises(MissingExtraError, match=r"needs psd-tools; run `pip install nurie\[layers\]`, or write \.ora"):
        write_layers(tmp_path / "a.psd", one_layer())
    write_layers(tmp_path / "a.ora", one_layer())
    assert [path.name for path in tmp_path.iterdir()] == ["a.ora"]


def test_layers_of_a_stack_are_seen_as_it_says():
    color, _ = flatten(one_layer())
    assert np.allclose(color, 200)
