"""The generator as an ONNX graph: free batch, size and number of regions, equal to PyTorch."""

from dataclasses import replace

import jaxtyping
import numpy as np
import onnxruntime
import pytest
import torch
from torch.export import Dim

from nurie.model.config import PRESETS, vary
from nurie.model.generator import build_generator

TINY = PRESETS["tiny"]
CASES = {
    "flats": TINY,
    "paper": replace(TINY, flats=False),
    "map_input": vary(TINY, "map_input"),
    "skip_sga": vary(TINY, "skip_sga"),
    "coarse_formulation": replace(TINY, max_formulation_side=16),
    "unit": vary(TINY, "unit"),
}
BOUND = 1e-4  # largest difference of two runs of float32 sums in another order, with room


class Painter(torch.nn.Module):
    """The generator with its picture as the only result and w given, as inference uses it."""

    def __init__(self, generator):
        super().__init__()
        self.generator = generator

    def forward(self, sketch, regions, present, w, flats=None):
        return self.generator(sketch, regions, flats, w, present).image


def make_arguments(config, n, height, width, k):
    arguments = {
        "sketch": torch.rand(n, 1, height, width).round(),
        "regions": torch.randint(0, k + 1, (n, height, width)),
        "present": torch.ones(n, k),
        "w": torch.randn(n, config.latent_dim),
    }
    return arguments | ({"flats": torch.rand(n, 3, height, width) * 2 - 1} if config.flats else {})


def export(painter, config, path):
    n, height, width, k = (Dim(name) for name in ("n", "height", "width", "k"))
    axes = {
        "sketch": {0: n, 2: height, 3: width},
        "regions": {0: n, 1: height, 2: width},
        "present": {0: n, 1: k},
        "w": {0: n},
        "flats": {0: n, 2: height, 3: width},
    }
    arguments = make_arguments(config, 2, 48, 56, 5)
    # Shape checks would pin the free axes to the example's sizes.
    jaxtyping.config.update("jaxtyping_disable", True)
    try:
        torch.onnx.export(
            painter.eval(),
            kwargs=arguments,
            f=path,
            input_names=list(arguments),
            output_names=["image"],
            dynamic_shapes={name: axes[name] for name in arguments},
            opset_version=18,
            dynamo=True,
            external_data=False,
            verbose=False,
        )
    finally:
        jaxtyping.config.update("jaxtyping_disable", False)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", CASES)
def test_onnx_equals_pytorch_for_every_size_batch_and_number_of_regions(name, tmp_path):
    config = CASES[name]
    painter = Painter(build_generator(config)).eval()
    export(painter, config, tmp_path / "paint.onnx")
    session = onnxruntime.InferenceSession(tmp_path / "paint.onnx")
    for n, height, width, k in [(1, 32, 32, 1), (3, 64, 96, 40), (2, 50, 77, 12), (1, 1, 9, 3)]:
        arguments = make_arguments(config, n, height, width, k)
        (result,) = session.run(None, {name: x.numpy() for name, x in arguments.items()})
        with torch.inference_mode():
            wanted = painter(**arguments).numpy()
        assert np.abs(result - wanted).max() < BOUND
