from dataclasses import replace

import numpy as np
import pytest

from nurie.inference.palette import PaletteNetwork, draw_noise
from nurie.inference.weights import load_weights


def test_noise_of_a_region_is_a_function_of_seed_index_and_label():
    noise = draw_noise(5, 1, 2)
    assert noise.dtype == np.float32
    assert np.array_equal(noise, draw_noise(9, 1, 2)[:5])
    assert not np.array_equal(noise, draw_noise(5, 2, 1))
    # Numbers that must never change, or the same seed would give another picture.
    assert np.allclose(draw_noise(1, 0, 0), [[1.117622, -1.3871249, -0.4265716]], atol=1e-6)


def test_sampling_follows_eulers_steps(weights_folder):
    network = PaletteNetwork(load_weights(weights_folder), threads=1)
    regions = np.ones((10, 20), np.int32)
    regions[:, 10:] = 2
    tokens = network.encode(network.read(np.full((10, 20), 255, np.uint8), regions))
    noise = draw_noise(2, 0, 0)
    expected = noise
    for time in (0, 0.25, 0.5, 0.75):  # clean = noisy / 2 + tokens
        expected = expected + (expected / 2 + tokens["tokens"][0] - expected) / (1 - time) / 4
    assert np.allclose(network.sample(tokens, noise), expected, atol=1e-5)


def test_known_regions_do_not_move(weights_folder):
    network = PaletteNetwork(load_weights(weights_folder), threads=1)
    regions = np.arange(1, 4, dtype=np.int32).repeat(4)[None].repeat(5, 0)
    tokens = network.encode(network.read(np.full((5, 12), 255, np.uint8), regions))
    noise, given = draw_noise(3, 0, 0), np.full((3, 3), 9, np.float32)
    known = np.array([False, True, False])
    palette = network.sample(tokens, noise, given, known)
    assert np.all(palette[1] == 9)
    assert np.array_equal(palette[::2], network.sample(tokens, noise)[::2])


def test_a_landscape_lies_in_the_middle_of_its_square(weights_folder):
    network = PaletteNetwork(load_weights(weights_folder), threads=1)
    blank = np.full((10, 40), 255, np.uint8)
    row, column, deviation = network.encode(network.read(blank, np.ones((10, 40), np.int32)))["tokens"][0, 0]
    assert abs(row) < 1e-6
    assert abs(column) < 1e-6
    assert 0 < deviation < 0.25  # of the rows: a quarter of the square is filled


def planned(weights_folder, **settings):
    weights = load_weights(weights_folder)
    return PaletteNetwork(replace(weights, palette=replace(weights.palette, **settings)), threads=1)


def encode_halves(network):
    regions = np.ones((10, 20), np.int32)
    regions[:, 10:] = 2
    return network.encode(network.read(np.full((10, 20), 255, np.uint8), regions))


def test_sampling_follows_a_plan(weights_folder):
    times, memory = (0.0, 0.5, 0.6), ((), (0.25,), (-0.5, 0.75))
    network = planned(weights_folder, steps=3, times=times, memory=memory)
    tokens, x = encode_halves(network), draw_noise(2, 0, 0)
    expected, seen = x, []
    for time, end, shares in zip(times, (*times[1:], 1), memory, strict=True):
        clean = expected / 2 + tokens["tokens"][0]
        expected = expected + (clean - expected) * (end - time) / (1 - time)
        expected = expected + sum(share * (clean - before) for share, before in zip(shares, seen, strict=True))
        seen.append(clean)
    assert np.allclose(network.sample(tokens, x), expected, atol=1e-5)


def test_equal_steps_without_memory_are_eulers_bit_for_bit(weights_folder):
    """Pictures of weights that have no plan come out as before there were plans."""
    for steps in (4, 24):
        euler = planned(weights_folder, steps=steps)
        plan = planned(weights_folder, steps=steps, times=tuple(i / steps for i in range(steps)))
        tokens, noise = encode_halves(euler), draw_noise(2, 1, 0)
        assert np.array_equal(euler.sample(tokens, noise), plan.sample(tokens, noise))


@pytest.mark.parametrize("guidance", [0.0, 0.5, 2.0])
def test_a_plan_keeps_what_is_known_and_guides(weights_folder, guidance):
    network = planned(weights_folder, steps=2, times=(0.0, 0.4), memory=((), (0.5,)))
    tokens, noise, given = encode_halves(network), draw_noise(2, 0, 0), np.full((2, 3), 9, np.float32)
    known = np.array([True, False])
    free, guided = (network.sample(tokens, noise, given, known, guidance=scale) for scale in (1.0, guidance))
    assert np.all(guided[0] == 9)
    assert np.allclose(guided[1], free[1], atol=1e-5)  # this network's regions do not look at each other
