"""The three pretrained networks against plain sequences of layers, and with their real weights."""

import os
import re
from pathlib import Path

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from torch import nn

from nurie.evaluation.features import (
    PRETRAINED,
    STLPIPS,
    InceptionFeatures,
    VGG19Features,
    load_pretrained,
)
from nurie.evaluation.inception import InceptionNetwork


def needs(name):
    folder = os.environ.get("NURIE_WEIGHTS_DIR")
    there = folder is not None and (Path(folder) / PRETRAINED[name].file).is_file()
    return pytest.mark.skipif(not there, reason=f"set NURIE_WEIGHTS_DIR to the folder with {PRETRAINED[name].file}")


def vgg_tensors(seed=0):
    generator = torch.Generator().manual_seed(seed)
    shapes = [(1, 1, 3, 64), (1, 2, 64, 64), (2, 1, 64, 128), (2, 2, 128, 128), (3, 1, 128, 256)]
    shapes += [(3, i, 256, 256) for i in (2, 3, 4)] + [(4, 1, 256, 512)]
    shapes += [(4, i, 512, 512) for i in (2, 3, 4)] + [(5, 1, 512, 512)]
    tensors = {}
    for block, number, channels_in, channels_out in shapes:
        weight = torch.randn(channels_out, channels_in, 3, 3, generator=generator)
        tensors[f"conv{block}_{number}.weight"] = weight / (3 * channels_in**0.5)
        tensors[f"conv{block}_{number}.bias"] = torch.randn(channels_out, generator=generator)
    return tensors


@pytest.fixture(scope="module")
def vgg():
    return VGG19Features(vgg_tensors())


def test_vgg_gives_five_maps_that_halve(vgg):
    maps = vgg(torch.rand(2, 3, 37, 48))
    shapes = [(2, 64, 37, 48), (2, 128, 18, 24), (2, 256, 9, 12), (2, 512, 4, 6), (2, 512, 2, 3)]
    assert [tuple(m.shape) for m in maps] == shapes
    assert all((m >= 0).all() for m in maps)


def test_vgg_equals_a_plain_sequence_of_layers(vgg):
    tensors, rgb = vgg_tensors(), torch.rand(1, 3, 32, 32)
    x = rgb * 255 - torch.tensor([123.68, 116.779, 103.939]).view(1, 3, 1, 1)
    expected = []
    for block, count in ((1, 2), (2, 2), (3, 4), (4, 4), (5, 1)):
        for number in range(1, count + 1):
            name = f"conv{block}_{number}"
            x = nn.functional.relu(F.conv2d(x, tensors[f"{name}.weight"], tensors[f"{name}.bias"], padding=1))
            if number == 1:
                expected.append(x)
        x = nn.MaxPool2d(2)(x)
    for found, wanted in zip(vgg(rgb), expected, strict=True):
        torch.testing.assert_close(found, wanted)


def test_vgg_is_differentiable_in_the_picture_and_has_nothing_to_train_or_save(vgg):
    rgb = torch.rand(1, 3, 16, 16, requires_grad=True)
    sum(m.mean() for m in vgg(rgb)).backward()
    assert rgb.grad is not None
    assert rgb.grad.abs().sum() > 0
    assert list(vgg.parameters()) == []
    assert vgg.state_dict() == {}


def test_vgg_refuses_pictures_that_vanish(vgg):
    with pytest.raises(ValueError, match=r"sides of 16 pixels or more, got \(15, 99\)"):
        vgg(torch.rand(1, 3, 15, 99))


def stlpips_tensors():
    generator = torch.Generator().manual_seed(1)
    layers = {"slice1.0": (64, 3, 11), "slice2.5": (192, 64, 5), "slice3.9": (384, 192, 3)}
    layers |= {"slice4.11": (256, 384, 3), "slice5.13": (256, 256, 3)}
    tensors = {
        "scaling_layer.shift": torch.zeros(1, 3, 1, 1),
        "scaling_layer.scale": torch.ones(1, 3, 1, 1),
    }
    for stage, (name, (channels_out, channels_in, side)) in enumerate(layers.items()):
        weight = torch.randn(channels_out, channels_in, side, side, generator=generator)
        tensors[f"net.{name}.weight"] = weight / (side * channels_in**0.5)
        tensors[f"net.{name}.bias"] = torch.zeros(channels_out)
        tensors[f"lin{stage}.model.1.weight"] = torch.rand(1, channels_out, 1, 1, generator=generator)
    return tensors


def test_stlpips_is_a_symmetric_distance_and_does_not_mix_the_batch():
    network, pictures = STLPIPS(stlpips_tensors()), torch.rand(3, 3, 40, 35) * 2 - 1
    a, b = pictures, pictures.flip(0)
    distances = network(a, b)
    assert distances.shape == (3,)
    assert (distances[[0, 2]] > 0).all()
    assert distances[1] == 0
    torch.testing.assert_close(distances, network(b, a))
    torch.testing.assert_close(distances[:1], network(a[:1], b[:1]))


def test_stlpips_compares_arrays():
    network, rng = STLPIPS(stlpips_tensors()), np.random.default_rng(0)
    a, b = rng.integers(0, 256, (2, 32, 48, 3), np.uint8)
    assert network.compare(a, a) == 0
    assert network.compare(a, b) > 0


def test_stlpips_refuses_tiny_pictures():
    with pytest.raises(ValueError, match=r"sides of 32 pixels or more, got \(31, 64\)"):
        STLPIPS(stlpips_tensors())(torch.rand(1, 3, 31, 64), torch.rand(1, 3, 31, 64))


def test_inception_refuses_an_unknown_resize_rule():
    with pytest.raises(ValueError, match=r"unknown resize rule 'nearest'; choose from \['bilinear', 'clean'\]"):
        InceptionFeatures("nearest", tensors={})


@needs("inception")
def test_inception_features_do_not_depend_on_the_batch():
    rng = np.random.default_rng(0)
    pictures = [rng.integers(0, 256, (side, 64, 3), np.uint8) for side in (48, 64, 80)]
    together, alone = (
        InceptionFeatures(batch_size=2)(pictures),
        InceptionFeatures(batch_size=1)(pictures),
    )
    assert together.shape == (3, 2048)
    np.testing.assert_allclose(together, alone, atol=1e-4)
    assert InceptionFeatures()([]).shape == (0, 2048)


@needs("inception")
def test_inception_equals_a_plain_forward_pass():
    """The published graph once more, layer by layer, with batch normalisation left unfolded."""
    tensors, x = load_pretrained("inception"), torch.rand(2, 3, 299, 299) * 2 - 1
    found = InceptionNetwork(tensors)(x)
    assert found.shape == (2, 2048)
    torch.testing.assert_close(found, plain_inception(tensors, x), rtol=1e-3, atol=1e-4)


def test_a_tiny_inception_equals_a_plain_forward_pass():
    tensors, x = TinyTensors(), torch.rand(2, 3, 299, 299) * 2 - 1
    expected = plain_inception(tensors, x)
    assert expected.abs().sum() > 0
    torch.testing.assert_close(InceptionNetwork(dict(tensors))(x), expected)


class TinyTensors(dict):
    """Random layers of two channels with the published kernels, made when first asked for."""

    KERNELS = (
        (r"mixed(_[12])?\.tower\.conv_1", (5, 5)),
        (r"conv(_[124])?|mixed(_[12])?\.tower_1\.conv_[12]", (3, 3)),
        (r"mixed_3\.(conv|tower\.conv_[12])|mixed_8\.(tower\.conv_1|tower_1\.conv_3)", (3, 3)),
        (r"mixed_[4-7]\.(tower\.conv_1|tower_1\.conv_[24])|mixed_8\.tower_1\.conv_1", (1, 7)),
        (r"mixed_[4-7]\.(tower\.conv_2|tower_1\.conv_[13])|mixed_8\.tower_1\.conv_2", (7, 1)),
        (r"mixed_(9|10)\.tower_1_conv_1", (3, 3)),
        (r"mixed_(9|10)\.tower(_1)?_mixed_conv", (1, 3)),
        (r"mixed_(9|10)\.tower(_1)?_mixed_conv_1", (3, 1)),
    )

    def __init__(self):
        self.generator = torch.Generator().manual_seed(0)

    def make(self, name, channels):
        side = next((side for rule, side in self.KERNELS if re.fullmatch(rule, name)), (1, 1))
        self[f"{name}.weight"] = torch.randn(2, channels, *side, generator=self.generator)
        for kind in ("mean", "beta"):
            self[f"{name}.{kind}"] = torch.rand(2, generator=self.generator)
        self[f"{name}.var"] = torch.rand(2, generator=self.generator) + 20


def plain_inception(tensors, x):
    def conv(x, name, stride=1, valid=False):
        if f"{name}.weight" not in tensors:
            tensors.make(name, x.shape[1])
        weight = tensors[f"{name}.weight"]
        y = F.conv2d(x, weight, None, stride, 0 if valid else [side // 2 for side in weight.shape[2:]])
        y = F.batch_norm(
            y,
            tensors[f"{name}.mean"],
            tensors[f"{name}.var"],
            None,
            tensors[f"{name}.beta"],
            eps=1e-3,
        )
        return y.relu()

    def run(x, prefix, names, **last):
        for name in names.split()[:-1]:
            x = conv(x, prefix + name)
        return conv(x, prefix + names.split()[-1], **last)

    half, shrink = {"stride": 2, "valid": True}, nn.MaxPool2d(3, 2)
    mean = nn.AvgPool2d(3, 1, 1, count_include_pad=False)
    x = conv(conv(conv(x, "conv", 2, True), "conv_1", valid=True), "conv_2")
    x = shrink(conv(conv(shrink(x), "conv_3", valid=True), "conv_4", valid=True))
    for p in ("mixed.", "mixed_1.", "mixed_2."):
        x = torch.cat([
            run(x, p, "conv"), run(x, p, "tower.conv tower.conv_1"),
            run(x, p, "tower_1.conv tower_1.conv_1 tower_1.conv_2"),
            run(mean(x), p, "tower_2.conv"),
        ], 1)  # fmt: skip
    p = "mixed_3."
    x = torch.cat(
        [
            run(x, p, "conv", **half),
            run(x, p, "tower.conv tower.conv_1 tower.conv_2", **half),
            shrink(x),
        ],
        1,
    )
    for p in ("mixed_4.", "mixed_5.", "mixed_6.", "mixed_7."):
        long = "tower_1.conv tower_1.conv_1 tower_1.conv_2 tower_1.conv_3 tower_1.conv_4"
        x = torch.cat([
            run(x, p, "conv"), run(x, p, "tower.conv tower.conv_1 tower.conv_2"),
            run(x, p, long), run(mean(x), p, "tower_2.conv"),
        ], 1)  # fmt: skip
    p = "mixed_8."
    long = "tower_1.conv tower_1.conv_1 tower_1.conv_2 tower_1.conv_3"
    x = torch.cat([run(x, p, "tower.conv tower.conv_1", **half), run(x, p, long, **half), shrink(x)], 1)
    for p, pool in (("mixed_9.", mean), ("mixed_10.", nn.MaxPool2d(3, 1, 1))):
        short, long = run(x, p, "tower_conv"), run(x, p, "tower_1_conv tower_1_conv_1")
        x = torch.cat([
            run(x, p, "conv"),
            run(short, p, "tower_mixed_conv"), run(short, p, "tower_mixed_conv_1"),
            run(long, p, "tower_1_mixed_conv"), run(long, p, "tower_1_mixed_conv_1"),
            run(pool(x), p, "tower_2_conv"),
        ], 1)  # fmt: skip
    return x.mean((2, 3))


@needs("vgg19")
def test_vgg_weights_have_the_keys_and_the_scale_of_the_original():
    maps = VGG19Features()(torch.rand(1, 3, 64, 64))
    assert 1 < maps[0].mean() < 1000
    assert [m.shape[1] for m in maps] == [64, 128, 256, 512, 512]


@needs("stlpips")
def test_stlpips_rises_with_noise():
    rng, network = np.random.default_rng(0), STLPIPS()
    picture = np.full((64, 64, 3), 128, np.uint8)
    noise = rng.normal(size=picture.shape)
    distances = [network.compare(picture, (picture + s * noise).clip(0, 255).astype(np.uint8)) for s in (0, 10, 40)]
    assert distances[0] == 0
    assert distances[0] < distances[1] < distances[2]
