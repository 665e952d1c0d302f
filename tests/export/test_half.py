import numpy as np
import onnx
import onnxruntime
import torch
from onnx import TensorProto, helper, numpy_helper

from nurie.export.half import round_to_half, store_in_half


def graph_of(*weights):
    """A graph that adds up its input and weights of one shape."""
    names = [f"w{i}" for i in range(len(weights))]
    graph = helper.make_graph(
        [helper.make_node("Sum", ["x", *names], ["y"])],
        "sum",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, [3])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, [3])],
        [numpy_helper.from_array(np.asarray(w, np.float32), n) for w, n in zip(weights, names, strict=True)],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=10)


def run(path):
    session = onnxruntime.InferenceSession(path)
    return session.run(None, {"x": np.array([1, 2, 3], np.float32)})[0]


def test_only_what_half_precision_holds_is_stored_in_it_and_results_stay(tmp_path):
    path = tmp_path / "a.onnx"
    onnx.save(graph_of([0.5, 1.25, -3], [0.1, 0.2, 0.3], [1e6, 0, 0]), path)
    before = run(path)
    store_in_half(path)
    types = {w.name: w.data_type for w in onnx.load(path).graph.initializer}
    assert types == {
        "w0.half": TensorProto.FLOAT16,
        "w1": TensorProto.FLOAT,
        "w2": TensorProto.FLOAT,
    }
    assert np.array_equal(run(path), before)


def test_rounded_networks_fit_into_half_precision():
    net = torch.nn.Sequential(torch.nn.Linear(7, 5), torch.nn.BatchNorm1d(5))
    before = net[0].weight.clone()
    round_to_half(net)
    assert net[0].weight.dtype == torch.float32
    assert torch.equal(net[0].weight, before.half().float())
    assert net[1].num_batches_tracked.dtype == torch.int64


def test_nothing_of_the_machine_stays_in_a_graph(tmp_path):
    model = graph_of([0.5, 1, 2])
    for part in (model, model.graph, *model.graph.node):
        part.metadata_props.add(key="stack_trace", value="File /home/somebody/secret.py, line 1")
        part.doc_string = "/home/somebody"
    path = tmp_path / "a.onnx"
    onnx.save(model, path)
    before = run(path)
    store_in_half(path)
    assert b"somebody" not in path.read_bytes()
    assert np.array_equal(run(path), before)
