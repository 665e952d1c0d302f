import numpy as np
import onnx
import onnxruntime
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import nn

from nurie.export.bytes import LEVELS, round_to_bytes, store_in_bytes
from nurie.export.half import store_in_half


def product(weight):
    """A graph that multiplies with a matrix."""
    graph = helper.make_graph(
        [helper.make_node("MatMul", ["x", "w"], ["y"])],
        "product",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["n", weight.shape[0]])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["n", weight.shape[1]])],
        [numpy_helper.from_array(weight, "w")],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=10)


def rounded_layer():
    torch.manual_seed(0)
    layer = nn.Linear(40, 30)
    before = layer.weight.detach().clone()
    round_to_bytes(layer)
    return layer, before


def test_weights_move_by_half_a_level_of_their_channel_at_most():
    layer, before = rounded_layer()
    level = before.abs().amax(1, keepdim=True) / LEVELS
    assert ((layer.weight - before).abs() <= 0.51 * level).all()
    assert all(len(row.unique()) <= 2 * LEVELS + 1 for row in layer.weight)


def test_rounding_twice_is_rounding_once():
    layer, _ = rounded_layer()
    once = layer.weight.detach().clone()
    round_to_bytes(layer)
    assert torch.equal(layer.weight, once)


def test_small_layers_and_empty_channels():
    small, empty = nn.Linear(4, 4), nn.Linear(64, 64)
    before = small.weight.detach().clone()
    with torch.no_grad():
        empty.weight[3] = 0
    round_to_bytes(nn.Sequential(small, empty))
    assert torch.equal(small.weight, before)
    assert not empty.weight[3].any()
    assert empty.weight.isfinite().all()


def test_a_rounded_graph_is_stored_in_bytes_and_its_results_stay(tmp_path):
    layer, _ = rounded_layer()
    path, x = tmp_path / "a.onnx", np.random.default_rng(0).normal(size=(5, 40)).astype(np.float32)
    onnx.save(product(layer.weight.detach().numpy().T.copy()), path)
    (before,) = onnxruntime.InferenceSession(path).run(None, {"x": x})
    size = path.stat().st_size
    store_in_bytes(path)
    store_in_half(path)
    assert np.array_equal(onnxruntime.InferenceSession(path).run(None, {"x": x})[0], before)
    assert {w.data_type for w in onnx.load(path).graph.initializer} == {TensorProto.INT8, TensorProto.FLOAT16}
    assert path.stat().st_size < 0.4 * size


def test_other_weights_stay(tmp_path):
    weight = np.random.default_rng(0).normal(size=(40, 30)).astype(np.float32)
    path = tmp_path / "a.onnx"
    onnx.save(product(weight), path)
    store_in_bytes(path)
    assert np.array_equal(numpy_helper.to_array(onnx.load(path).graph.initializer[0]), weight)
