from dataclasses import replace

import numpy as np
import pytest
import torch

from nurie.model.palette import (
    PALETTE_PRESETS,
    REFERENCE,
    RegionBatch,
    Tokens,
    build_palette,
    refer,
    sample_palette,
)
from nurie.model.palette.tokens import pool_regions
from nurie.regions.descriptors import describe_regions

SIDE, GRID = 64, 16


@pytest.fixture(scope="module")
def net():
    torch.manual_seed(1)
    return build_palette("tiny").eval()


def make_map(seed, regions=6):
    rng = np.random.default_rng(seed)
    seeds = rng.uniform(0, SIDE, (regions, 2))
    pixels = np.stack(np.mgrid[:SIDE, :SIDE], -1)[:, :, None]
    return (((pixels - seeds) ** 2).sum(-1).argmin(-1) + 1).astype(np.int32)


def make_sketch(seed):
    return np.random.default_rng(seed).choice(np.array([0, 255], np.uint8), (SIDE, SIDE), p=[0.1, 0.9])


def make_batch(maps, sketches, pad_to=0):
    tables = [describe_regions(m, s, grid=GRID) for m, s in zip(maps, sketches, strict=True)]
    most = max(pad_to, *(t.num_regions for t in tables))
    geometry = np.zeros((len(maps), most, tables[0].geometry.shape[1]), np.float32)
    present = np.zeros((len(maps), most), np.float32)
    for i, t in enumerate(tables):
        geometry[i, : t.num_regions], present[i, : t.num_regions] = t.geometry, 1
    batch = RegionBatch(
        torch.from_numpy(geometry),
        torch.from_numpy(present),
        torch.from_numpy(np.concatenate([t.pair_region + i * most for i, t in enumerate(tables)])),
        torch.from_numpy(np.concatenate([t.pair_cell + i * GRID**2 for i, t in enumerate(tables)])),
        torch.from_numpy(np.concatenate([t.pair_pixels for t in tables])),
    )
    return torch.from_numpy(1 - np.stack(sketches)[:, None].astype(np.float32) / 255), batch


def paint(net, maps, sketches, noise, pad_to=0, hints=None):
    sketch, batch = make_batch(maps, sketches, pad_to)
    with torch.no_grad():
        tokens = net.encode(sketch, batch)
    return sample_palette(net, tokens, noise, steps=3, hints=hints)


def test_the_order_of_labels_does_not_matter(net):
    regions, sketch, noise = make_map(0), make_sketch(0), torch.randn(1, 6, 3)
    order = np.random.default_rng(0).permutation(6)
    renamed = (np.argsort(order) + 1)[regions - 1].astype(np.int32)
    here, there = paint(net, [regions], [sketch], noise), paint(net, [renamed], [sketch], noise[:, order])
    torch.testing.assert_close(there, here[:, order], atol=1e-5, rtol=1e-4)


def test_padding_does_not_matter(net):
    regions, sketch, noise = make_map(1), make_sketch(1), torch.randn(1, 9, 3)
    here = paint(net, [regions], [sketch], noise[:, :6])
    there = paint(net, [regions], [sketch], noise, pad_to=9)
    torch.testing.assert_close(there[:, :6], here, atol=1e-5, rtol=1e-4)


def test_a_batch_of_two_is_two_batches_of_one(net):
    maps, sketches, noise = [make_map(2), make_map(3, 4)], [make_sketch(2), make_sketch(3)], torch.randn(2, 6, 3)
    both = paint(net, maps, sketches, noise)
    for i, count in ((0, 6), (1, 4)):
        alone = paint(net, maps[i : i + 1], sketches[i : i + 1], noise[i : i + 1, :count])
        torch.testing.assert_close(both[i : i + 1, :count], alone, atol=1e-5, rtol=1e-4)


def test_a_label_without_pixels_changes_nothing_if_it_is_absent(net):
    regions, sketch, noise = make_map(4), make_sketch(4), torch.randn(1, 7, 3)
    here = paint(net, [regions], [sketch], noise[:, :6])
    loud = noise.clone()
    loud[:, 6] = 100
    there = paint(net, [regions], [sketch], loud, pad_to=7)
    torch.testing.assert_close(there[:, :6], here, atol=1e-5, rtol=1e-4)


def test_hints_are_kept_exactly_and_others_follow(net):
    regions, sketch, noise = make_map(5), make_sketch(5), torch.randn(1, 6, 3)
    palette, known = torch.full((1, 6, 3), 2.0), torch.tensor([[0.0, 1, 0, 0, 0, 0]])
    hinted = paint(net, [regions], [sketch], noise, hints=(palette, known))
    free = paint(net, [regions], [sketch], noise)
    assert (hinted[0, 1] == 2).all()
    assert not torch.equal(hinted[0, 0], free[0, 0])


def test_equal_noise_gives_equal_colors_and_other_noise_others(net):
    regions, sketch, noise = make_map(6), make_sketch(6), torch.randn(1, 6, 3)
    assert torch.equal(paint(net, [regions], [sketch], noise), paint(net, [regions], [sketch], noise))
    assert not torch.equal(paint(net, [regions], [sketch], noise), paint(net, [regions], [sketch], -noise))


def test_gradient_reaches_every_parameter():
    net = build_palette("tiny")
    sketch, batch = make_batch([make_map(7)], [make_sketch(7)])
    tokens = net.encode(sketch, batch)
    clean = net.denoise(tokens, torch.randn(1, 6, 3), torch.tensor([0.3]), torch.zeros(1, 6))
    helpers = net.reader.kind(tokens.tokens), net.reader.affinity(tokens.tokens)
    (clean.square().sum() + sum(found.square().sum() for found in helpers)).backward()
    without = [name for name, p in net.named_parameters() if p.grad is None or not p.grad.any()]
    assert not without


def read(net, maps, sketches, pad_to=0):
    sketch, batch = make_batch(maps, sketches, pad_to)
    with torch.no_grad():
        tokens = net.encode(sketch, batch)
        return tokens, net.reader.affinity(tokens.tokens)


def test_affinity_is_mutual_and_blind_to_padding_and_order(net):
    regions, sketch = make_map(12), make_sketch(12)
    _, alike = read(net, [regions], [sketch])
    torch.testing.assert_close(alike, alike.mT)
    _, padded = read(net, [regions], [sketch], pad_to=9)
    torch.testing.assert_close(padded[:, :6, :6], alike, atol=1e-5, rtol=1e-5)
    order = np.random.default_rng(0).permutation(6)
    _, renamed = read(net, [(np.argsort(order) + 1)[regions - 1].astype(np.int32)], [sketch])
    torch.testing.assert_close(renamed, alike[:, order][:, :, order], atol=1e-5, rtol=1e-5)


def test_what_has_one_colour_is_attended_more_where_a_head_has_learned_to():
    torch.manual_seed(5)
    net = build_palette("tiny").eval()
    before, alike = read(net, [make_map(13)], [make_sketch(13)])
    with torch.no_grad():
        net.reader.together[1] = 3.0
    after, _ = read(net, [make_map(13)], [make_sketch(13)])
    assert torch.equal(after.tokens, before.tokens)
    assert torch.equal(after.bias[:, 0], before.bias[:, 0])
    assert torch.equal(after.bias[:, 1, 0], before.bias[:, 1, 0])  # the drawing as a whole has no colour
    more = (after.bias - before.bias)[:, 1, 1:, 1:]
    torch.testing.assert_close(more, 3 * alike.sigmoid(), atol=1e-5, rtol=1e-5)


def test_a_network_without_affinity_colors_too():
    net = build_palette(replace(PALETTE_PRESETS["tiny"], affinity=0)).eval()
    assert net.reader.affinity is None
    assert not [name for name, _ in net.named_parameters() if "affinity" in name or "together" in name]
    assert paint(net, [make_map(14)], [make_sketch(14)], torch.randn(1, 6, 3)).shape == (1, 6, 3)


def test_pooling_equals_one_mask_at_a_time():
    regions = make_map(8)
    sketch = make_sketch(8)
    _, batch = make_batch([regions], [sketch])
    features = torch.randn(1, 5, GRID, GRID, dtype=torch.float64).float()
    fine = features.repeat_interleave(SIDE // GRID, 2).repeat_interleave(SIDE // GRID, 3)[0]
    pooled = pool_regions(features, batch)[0]
    for k in range(6):
        inside = fine[:, torch.from_numpy(regions == k + 1)]
        expected = torch.cat([inside.mean(1), inside.amax(1).clamp(min=0)])
        torch.testing.assert_close(pooled[k], expected, atol=1e-5, rtol=1e-4)


def test_one_step_from_pure_noise_lands_on_the_first_estimate(net):
    sketch, batch = make_batch([make_map(9)], [make_sketch(9)])
    noise = torch.randn(1, 6, 3)
    with torch.no_grad():
        tokens = net.encode(sketch, batch)
        first = net.denoise(tokens, noise, torch.zeros(1), torch.zeros(1, 6))
    torch.testing.assert_close(sample_palette(net, Tokens(*tokens), noise, steps=1), first)


def test_an_unknown_preset_is_refused():
    with pytest.raises(ValueError, match="choose from"):
        build_palette("huge")


def test_presets_agree_about_side_and_grid():
    for config in PALETTE_PRESETS.values():
        assert config.side == 4 * config.grid
        assert config.width % config.heads == 0


@pytest.fixture(scope="module")
def pair(net):
    """Tokens of two drawings of 6 regions, and of a coloured one of 4."""
    with torch.no_grad():
        drawings = net.encode(*make_batch([make_map(0), make_map(1)], [make_sketch(0), make_sketch(1)]))
        reference = net.encode(*make_batch([make_map(2, 4)], [make_sketch(2)]))
    return drawings, reference


def denoise(net, tokens, references=0, colors=None):
    n, k = len(tokens.tokens), tokens.tokens.shape[1]
    noisy = torch.randn(n, k - references, 3, generator=torch.Generator().manual_seed(0))
    known = torch.zeros(n, k - references)
    if references:
        noisy = torch.cat([noisy, colors.expand(n, -1, -1)], 1)
        known = torch.cat([known, torch.full((n, references), REFERENCE)], 1)
    with torch.no_grad():
        return net.denoise(tokens, noisy, torch.full((n,), 0.5), known)[:, : k - references]


def test_a_reference_is_seen_by_its_own_drawing_alone(net, pair):
    drawings, reference = pair
    alone = denoise(net, drawings)
    colors = torch.randn(1, 4, 3)
    joined = denoise(net, refer(drawings, reference, torch.tensor([1])), 4, colors)
    torch.testing.assert_close(joined[0], alone[0], atol=1e-5, rtol=1e-4)
    assert (joined[1] - alone[1]).abs().max() > 1e-3


def test_the_colours_of_a_reference_matter_and_their_order_does_not(net, pair):
    drawings, reference = pair
    colors, order = torch.randn(1, 4, 3), torch.tensor([2, 0, 3, 1])
    rows = torch.tensor([1])
    first = denoise(net, refer(drawings, reference, rows), 4, colors)
    other = denoise(net, refer(drawings, reference, rows), 4, colors + 1)
    assert (first[1] - other[1]).abs().max() > 1e-3
    places = torch.cat([torch.zeros(1, dtype=torch.long), order + 1])
    renamed = Tokens(reference.tokens[:, order], reference.context, reference.bias[:, :, places][:, :, :, places])
    again = denoise(net, refer(drawings, renamed, rows), 4, colors[:, order])
    torch.testing.assert_close(again, first, atol=1e-5, rtol=1e-4)
