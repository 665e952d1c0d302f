"""Small networks and drawings for the tests of the paint stage."""

from dataclasses import replace

import pytest
import torch

from nurie.model.config import PRESETS, VARIANTS, ModelConfig, vary

PLAIN = replace(PRESETS["tiny"], flats=False)  # the paper's own form, small
CONFIGS = {"flats": PRESETS["tiny"], "plain": PLAIN} | {
    # Patches are another map, not another network.
    name: vary(PLAIN, name)
    for name in VARIANTS
    if "patches" not in VARIANTS[name]
}


@pytest.fixture(params=sorted(CONFIGS))
def config(request) -> ModelConfig:
    """Every variant of the network in turn."""
    return CONFIGS[request.param]


@pytest.fixture
def make_inputs():
    """A function that draws a generator's inputs; float64: laws hold to the last digits."""

    def make(config, n=2, height=32, width=40, k=6, seed=0):
        rng = torch.Generator().manual_seed(seed)
        coarse = torch.randint(1, k + 1, (n, -(-height // 4), -(-width // 4)), generator=rng)
        regions = coarse.repeat_interleave(4, 1).repeat_interleave(4, 2)[:, :height, :width]
        sketch = torch.rand(n, 1, height, width, generator=rng, dtype=torch.float64).round()
        color = torch.rand(n, 3, height, width, generator=rng, dtype=torch.float64) * 2 - 1
        inputs = {"sketch": sketch, "regions": regions, "present": sketch.new_ones(n, k)}
        return inputs | ({"flats": color} if config.flats else {})

    return make


@pytest.fixture(autouse=True)
def _fixed_weights():
    torch.manual_seed(0)
