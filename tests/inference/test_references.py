"""Same character, same colours: drawings that follow coloured ones."""

import pickle
from dataclasses import replace

import numpy as np
import pytest
from face_drawing import face, face_regions

from nurie.errors import InputError
from nurie.inference import Colorizer, Style, references
from nurie.inference.palette import draw_noise, refer
from nurie.inference.references import reference_from_json, reference_to_json
from nurie.inference.style import style_from_json, style_to_json

COLORS = np.array([[200, 230, 255], [250, 210, 180], [40, 90, 200], [40, 160, 60]], np.uint8)


@pytest.fixture
def colorizer(learned_weights_folder):
    return Colorizer(learned_weights_folder, threads=1)


@pytest.fixture
def encoded(colorizer):
    return colorizer.encode(face(), regions=face_regions())


@pytest.fixture(autouse=True)
def _nothing_is_sure(request, monkeypatch):
    """The stand-in network takes all regions for alike; what it does by itself is to be seen."""
    if "sure" not in request.node.name:
        monkeypatch.setattr("nurie.inference.encoded.SURE", -1.0)


def test_what_is_surely_alike_is_copied_and_the_rest_follows(encoded):
    style = Style(references=[encoded.refer(COLORS)])
    result = encoded.sample(3, style=style)  # of the drawing itself
    assert np.array_equal(result.colors[result.known], COLORS[result.known])
    assert result.known.any()
    assert result.style.references


def test_colours_follow_the_reference(encoded):
    style = Style(references=[encoded.refer(COLORS)], guidance=1.0)
    free, following = (np.stack([encoded.sample(seed, style=s).colors for seed in range(8)]) for s in (None, style))
    mean = COLORS.mean(0)
    assert np.abs(following.mean((0, 1)) - mean).max() < np.abs(free.mean((0, 1)) - mean).max()
    assert following.std(0).mean() > 0  # seeds still differ


def test_hints_are_kept_beside_a_reference(encoded):
    style = Style(references=[encoded.refer(COLORS)])
    result = encoded.sample(3, hints={2: "#ff8800"}, style=style)
    assert tuple(result.colors[1]) == (0xFF, 0x88, 0)
    assert result.known.tolist() == [False, True, False, False]
    assert result.style.references[0].colors is style.references[0].colors


def test_joined_tokens_see_each_drawing_apart():
    rng = np.random.default_rng(0)

    def tokens(count):
        return {
            "tokens": rng.normal(size=(1, count, 5)).astype(np.float32),
            "bias": rng.normal(size=(1, 2, count + 1, count + 1)).astype(np.float32),
            "context": rng.normal(size=(1, 5)).astype(np.float32),
        }

    own, first, second = tokens(3), tokens(2), tokens(4)
    joined = refer(own, [first, second])
    assert joined["tokens"].shape == (1, 9, 5)
    assert joined["bias"].shape == (1, 2, 10, 10)
    assert np.array_equal(joined["bias"][..., :4, :4], own["bias"])
    assert np.array_equal(joined["bias"][..., 4:6, 4:6], first["bias"][..., 1:, 1:])
    assert np.array_equal(joined["bias"][..., 6:, 6:], second["bias"][..., 1:, 1:])
    assert not joined["bias"][..., :4, 4:].any()
    assert not joined["bias"][..., 4:, :4].any()
    assert joined["context"] is own["context"]
    assert refer(own, []) is own


def test_several_references_are_followed_together(encoded):
    black, white = (encoded.refer(np.full((4, 3), level, np.uint8)) for level in (0, 255))
    black_gray_white = [
        encoded.sample(3, style=Style(references=together)).drawn.mean()
        for together in ([black], [black, white], [white])
    ]
    assert black_gray_white == sorted(black_gray_white)
    assert black_gray_white[0] < black_gray_white[2]


def test_of_many_regions_the_largest_are_followed(encoded, monkeypatch):
    network, reference = encoded.networks.palette, encoded.refer(COLORS)
    whole, largest = reference.refer(network, 4), reference.refer(network, 2)
    kept = np.sort(np.argsort(-np.bincount(encoded.regions.ravel())[1:])[:2])
    assert np.array_equal(largest.palette, whole.palette[kept])
    assert np.array_equal(largest.tokens["tokens"], whole.tokens["tokens"][:, kept])
    place = [0, *(kept + 1)]
    assert np.array_equal(largest.tokens["bias"], whole.tokens["bias"][..., place, :][..., place])
    assert whole.tokens["bias"].shape == (1, 1, 5, 5)
    monkeypatch.setattr(references, "MOST_REGIONS", 4)
    assert [len(referred.palette) for referred in references.refer_all([reference] * 2, network)] == [2, 2]


def test_a_result_a_picture_and_its_parts_are_references(colorizer, encoded):
    result = encoded.sample(2)
    known = [colorizer.read_reference(result), encoded.refer(result.colors)]
    for reference in known:
        assert np.array_equal(reference.colors, result.colors)
        assert np.array_equal(reference.reading.table.geometry, known[0].reading.table.geometry)
    seen = colorizer.read_reference(result.flats)
    assert seen.reading.square.shape == (64, 64)


def test_a_reference_survives_json_and_pickle_bit_for_bit(colorizer, encoded):
    reference = encoded.refer(COLORS)
    text = reference_to_json(reference)
    assert text == reference_to_json(reference_from_json(text))
    expected = encoded.sample(5, style=Style(references=[reference])).image
    for read in (reference_from_json(text), pickle.loads(pickle.dumps(reference))):
        assert np.array_equal(encoded.sample(5, style=Style(references=[read])).image, expected)


@pytest.mark.parametrize("text", ["???", "AAAA", ""])
def test_damaged_references(text):
    with pytest.raises(ValueError):  # noqa: PT011 - whatever the file format says
        reference_from_json(text)


def test_a_reference_is_read_once_for_each_weights(colorizer, encoded, monkeypatch):
    calls = []
    network = encoded.networks.palette
    encode = type(network).encode
    monkeypatch.setattr(type(network), "encode", lambda *given: calls.append(1) or encode(*given))
    style = Style(references=[encoded.refer(COLORS)])
    for seed in range(3):
        encoded.sample(seed, style=style)
    assert len(calls) == 2  # the drawing and the reference


def test_a_reference_of_weights_that_read_otherwise(encoded):
    reference = encoded.refer(COLORS)
    small = replace(reference.reading, square=np.full((32, 32), 255, np.uint8))
    other = replace(reference, reading=small, _tokens={})
    with pytest.raises(InputError, match="was read at 32 pixels, and these weights read 64"):
        encoded.sample(style=Style(references=[other]))


def test_guidance_of_one_is_none_at_all(encoded):
    style = Style(references=[encoded.refer(COLORS)])
    for hints in ({}, {2: "#ff8800"}):
        plain = encoded.sample(4, hints=hints, style=style)
        assert np.array_equal(plain.image, encoded.sample(4, hints=hints, style=replace(style, guidance=1.0)).image)


def test_guidance_needs_something_to_follow(encoded, monkeypatch):
    calls = []
    network = encoded.networks.palette
    clean = type(network)._clean
    monkeypatch.setattr(type(network), "_clean", lambda *given: calls.append(1) or clean(*given))
    free = encoded.sample(4, style=Style(guidance=3.0))
    assert len(calls) == network.settings.steps
    assert np.array_equal(free.image, encoded.sample(4).image)
    calls.clear()
    encoded.sample(4, hints={1: "#ff8800"}, style=Style(guidance=3.0))
    assert len(calls) == 2 * network.settings.steps


def test_guidance_of_none_draws_what_would_be_drawn_without(encoded):
    style = Style(references=[encoded.refer(COLORS)], guidance=0.0)
    free, blind = encoded.sample(4), encoded.sample(4, hints={2: "#ff8800"}, style=style)
    others = [0, 2, 3]
    assert np.array_equal(blind.colors[others], free.colors[others])
    assert tuple(blind.colors[1]) == (0xFF, 0x88, 0)


def test_guidance_goes_that_many_times_the_way(encoded):
    network = encoded.networks.palette
    noise = draw_noise(4, 1, 0)
    reference = encoded.refer(np.full((4, 3), 255, np.uint8)).refer(network, 9)
    palettes = [
        network.sample(encoded.tokens, noise, None, None, [reference], guidance) for guidance in (0.0, 1.0, 2.0, 3.0)
    ]
    steps = np.diff(np.stack(palettes), axis=0)
    assert np.abs(steps[0]).min() > 0.1  # the stand-in is linear, so each step is as large as the first
    assert np.allclose(steps[1], steps[0], atol=1e-5)
    assert np.allclose(steps[2], steps[0], atol=1e-5)


@pytest.mark.parametrize(
    ("numbers", "message"),
    [
        ({"guidance": -0.1}, "guidance must lie between 0 and 10, got -0.1"),
        ({"guidance": float("nan")}, "guidance must lie between 0 and 10, got nan"),
        ({"shading": 1.1}, r"shading must lie between 0 \(flat\) and 1, got 1.1"),
    ],
)
def test_numbers_out_of_range(numbers, message):
    with pytest.raises(InputError, match=message):
        Style(**numbers)


def test_a_style_survives_json(encoded):
    style = Style(references=[encoded.refer(COLORS)], guidance=2.5, shading=0.25)
    read = style_from_json(style_to_json(style))
    assert style_to_json(read) == style_to_json(style)
    assert style_to_json(style_from_json(None)) == style_to_json(Style())
    with pytest.raises(ValueError, match="guidance must lie"):
        style_from_json({"references": [], "guidance": -1, "shading": 1})
