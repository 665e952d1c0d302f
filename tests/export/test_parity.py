import numpy as np
import onnx
import pytest
import torch
from onnx import TensorProto, helper, numpy_helper

from nurie.errors import WeightsError
from nurie.export.parity import BOUND, measure_parity


class Scale(torch.nn.Module):
    def forward(self, x):
        return 2 * x


@pytest.fixture
def graph(tmp_path):
    """y = factor * x, and where it lies."""

    def write(factor):
        body = helper.make_graph(
            [helper.make_node("Mul", ["x", "factor"], ["y"])],
            "scale",
            [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["n"])],
            [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["n"])],
            [numpy_helper.from_array(np.float32(factor), "factor")],
        )
        model = helper.make_model(body, opset_imports=[helper.make_opsetid("", 18)], ir_version=10)
        onnx.save(model, tmp_path / "scale.onnx")
        return tmp_path / "scale.onnx"

    return write


CASES = [{"x": torch.ones(1)}, {"x": torch.linspace(-1, 1, 5)}]


def test_equal_graphs(graph):
    parity = measure_parity(graph(2), Scale(), CASES)
    assert (parity.largest, parity.cases) == (0, 2)


def test_the_largest_difference_counts(graph):
    parity = measure_parity(graph(2 + BOUND / 2), Scale(), CASES)
    assert parity.largest == pytest.approx(BOUND / 2, rel=1e-2)


@pytest.mark.parametrize("factor", [2 + 2 * BOUND, float("nan")])
def test_graphs_that_differ_are_refused(graph, factor):
    with pytest.raises(WeightsError, match=r"scale\.onnx differs from PyTorch by .* for x \[1\]; use the versions"):
        measure_parity(graph(factor), Scale(), CASES)
