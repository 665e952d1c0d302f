import dataclasses
import io
import zipfile
from xml.etree import ElementTree

import numpy as np
import pytest
from drawings_of_all_kinds import DRAWINGS
from painting_programs import difference, needs_krita
from PIL import Image
from test_layers_build import HINTS, SIX, shade

from nurie.images import read_image
from nurie.images.profiles import is_srgb
from nurie.inference import Colorizer
from nurie.inference.layers import build_layers, encode_layers, write_layers


@pytest.fixture
def make_stack(weights_folder):
    colorizer = Colorizer(weights_folder, threads=1)
    return lambda kind: build_layers(shade(colorizer(DRAWINGS[kind](), regions=SIX, hints=HINTS)[0]))


def opened(stack):
    return zipfile.ZipFile(io.BytesIO(encode_layers(stack, ".ora")))


def test_it_is_what_programs_look_for(make_stack):
    data = encode_layers(make_stack("black"), ".ora")
    assert data[30:54] == b"mimetypeimage/openraster"  # stored, and without anything before it
    names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    assert names[0] == "mimetype"
    assert {"stack.xml", "mergedimage.png", "Thumbnails/thumbnail.png"} <= set(names)


def test_the_list_begins_at_the_top(make_stack):
    image = ElementTree.fromstring(opened(make_stack("black")).read("stack.xml"))
    assert (image.get("w"), image.get("h")) == ("84", "60")
    (root,) = image
    assert [(e.tag, e.get("name")) for e in root] == [
        ("layer", "regions"), ("layer", "lines"), ("layer", "shading light"), ("layer", "shading"),
        ("stack", "flats"), ("layer", "background"),
    ]  # fmt: skip
    assert [e.get("composite-op") for e in root[:4]] == ["svg:src-over", "svg:multiply", "svg:screen", "svg:multiply"]
    assert [e.get("visibility") for e in root] == ["hidden", *5 * ["visible"]]
    assert root[4][0].get("name") == "1 #ff8800"


@pytest.mark.parametrize("kind", ["black", "cut-out", "deep colored", "deep cut-out"])
def test_every_layer_is_there_as_it_was(make_stack, kind):
    stack = make_stack(kind)
    archive = opened(stack)
    entries = list(ElementTree.fromstring(archive.read("stack.xml")).iter("layer"))
    for entry, layer in zip(reversed(entries), stack.walk(), strict=True):
        assert entry.get("name") == layer.name
        assert (int(entry.get("y")), int(entry.get("x"))) == (layer.top, layer.left)
        picture = read_image(archive.read(entry.get("src")))
        pixels = picture.color if picture.own is None else picture.own
        seen = layer.alpha > 0
        assert pixels.dtype == layer.color.dtype
        assert np.array_equal(pixels[..., :3][seen], layer.color[seen])
    merged = read_image(archive.read("mergedimage.png"))
    assert np.array_equal(merged.color if merged.own is None else merged.own, stack.merged)


def test_the_thumbnail_is_small_and_whole(make_stack):
    stack = make_stack("deep cut-out")
    wide = dataclasses.replace(stack, merged=stack.merged.repeat(7, 1))
    with Image.open(io.BytesIO(opened(wide).read("Thumbnails/thumbnail.png"))) as thumbnail:
        assert thumbnail.size == (256, 26)
        assert thumbnail.mode == "RGBA"


def test_resolution_and_profile_are_kept(make_stack):
    stack = dataclasses.replace(make_stack("black"), dpi=(300.0, 299.6), icc=b"a profile")
    archive = opened(stack)
    image = ElementTree.fromstring(archive.read("stack.xml"))
    assert (image.get("xres"), image.get("yres")) == ("300", "300")
    for name in ("mergedimage.png", "data/layer0000.png"):
        with Image.open(io.BytesIO(archive.read(name))) as picture:
            assert picture.info["dpi"] == pytest.approx((300, 299.6), abs=0.1)
            assert picture.info["icc_profile"] == b"a profile"


def test_sixteen_bits_say_what_they_mean(make_stack):
    with Image.open(io.BytesIO(opened(make_stack("deep black")).read("data/layer0000.png"))) as picture:
        assert is_srgb(picture.info["icc_profile"])


def test_the_same_layers_give_the_same_bytes(make_stack):
    assert encode_layers(make_stack("black"), ".ora") == encode_layers(make_stack("black"), ".ora")


@pytest.mark.slow
@needs_krita
@pytest.mark.parametrize("kind", ["black", "orange in alpha", "cut-out", "deep colored"])
def test_krita_shows_the_picture(make_stack, krita, tmp_path, kind):
    stack = make_stack(kind)
    # The merged picture is black here, so that only the layers can make the right one.
    write_layers(tmp_path / "a.ora", dataclasses.replace(stack, merged=np.zeros_like(stack.merged)))
    krita(tmp_path / "a.ora", tmp_path / "a.png")
    assert difference(tmp_path / "a.png", stack) <= 2
