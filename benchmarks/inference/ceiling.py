"""How fast the networks could be: their multiplications and additions, at the speed of a large matrix product."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import prod
from pathlib import Path
from time import perf_counter, process_time

import numpy as np
import onnx
import onnxruntime

from nurie.graphs import Arrays, Graph
from nurie.inference import Encoded
from nurie.inference.palette import draw_noise
from nurie.inference.weights import ENCODER, PAINT, STEP, load_weights
from nurie.regions.learned import WEIGHTS as BOUNDARY

SIDE, TRIES = 1024, 20
"""Of the matrices whose product is timed; the best of so many counts, since other work can only slow it down."""


@dataclass(frozen=True)
class Cost:
    """What one network costs for one picture."""

    name: str
    calls: int
    operations: float
    """Of all calls: multiplications and additions, counted apart."""
    seconds: float
    """Processor time of all calls on one thread, the best of `TRIES`."""


def measure_ceiling() -> float:
    """Operations a second of one thread, by a product of matrices in single precision."""
    node = onnx.helper.make_node("MatMul", ["a", "b"], ["c"])
    sides = [onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, [SIDE, SIDE]) for name in "abc"]
    graph = onnx.helper.make_graph([node], "product", sides[:2], sides[2:])
    model = onnx.helper.make_model(graph, opset_imports=[onnx.helper.make_opsetid("", 18)], ir_version=10)
    session = _open(model)
    rng = np.random.default_rng(0)
    inputs = {name: rng.standard_normal((SIDE, SIDE), np.float32) for name in "ab"}
    seconds = [_time(lambda: session.run(None, inputs)) for _ in range(TRIES)]
    return 2 * SIDE**3 / min(seconds)


def measure_networks(encoded: Encoded) -> list[Cost]:
    """Those that a drawing goes through, with their inputs for it."""
    weights = load_weights()
    edge = 256 / max(encoded.sketch.shape)
    rows, columns = (max(16, round(side * edge / 16) * 16) for side in encoded.sketch.shape)
    boundary = {"sketch": np.ones((1, 1, rows, columns), np.float32)}
    tokens = encoded.tokens
    noise = draw_noise(encoded.num_regions, 0, 0)
    step = {
        **tokens,
        "noisy": noise[None],
        "time": np.zeros(1, np.float32),
        "known": np.zeros((1, len(noise)), np.float32),
    }
    palette, paint = encoded.networks.palette, encoded.networks.paint
    read = _recorded(palette, "_encoder", lambda: palette.encode(palette.read(encoded.sketch, encoded.regions)))
    costs = [
        _cost("boundary", BOUNDARY, boundary, 1),
        _cost("palette, reading", weights.folder / ENCODER, read, 1),
        _cost("palette, all steps", weights.folder / STEP, step, weights.palette.steps),
    ]
    if paint is not None:
        painted = _recorded(paint, "_graph", lambda: encoded.sample(0))
        costs.append(_cost("paint", weights.folder / PAINT, painted, 1))
    return costs


def _recorded(network: object, name: str, use: Callable[[], object]) -> Arrays:
    """What the graph of this name in a network is given when the network is used."""
    kept: dict[str, np.ndarray] = {}
    graph = getattr(network, name)
    try:
        setattr(network, name, lambda inputs: kept.update(inputs) or graph(inputs))  # type: ignore[func-returns-value]
        use()
    finally:
        setattr(network, name, graph)
    return kept


def _cost(name: str, path: Path, inputs: Arrays, calls: int) -> Cost:
    graph = Graph(path, threads=1)
    used = {key: value for key, value in inputs.items() if key in graph.inputs}
    seconds = min(_time(lambda: graph(used)) for _ in range(TRIES))
    return Cost(name, calls, calls * count_operations(path, used), calls * seconds)


def count_operations(path: Path, inputs: Mapping[str, np.ndarray]) -> float:
    """Multiplications and additions of a graph's products and convolutions; all else is next to nothing.

    The graph is run once, with every intermediate result among its outputs, for their shapes.
    """
    model = onnx.load(path)
    graph = model.graph
    names = [name for node in graph.node for name in node.output if name]
    known = {value.name for value in graph.output}
    graph.output.extend(onnx.ValueInfoProto(name=name) for name in names if name not in known)
    session = _open(model, optimize=False)
    outputs = [value.name for value in session.get_outputs()]
    shapes = {weight.name: tuple(weight.dims) for weight in graph.initializer}
    shapes |= {name: value.shape for name, value in inputs.items()}
    shapes |= {name: np.shape(value) for name, value in zip(outputs, session.run(None, dict(inputs)), strict=True)}
    return float(sum(_operations(node, shapes) for node in graph.node))


def _operations(node: onnx.NodeProto, shapes: Mapping[str, tuple[int, ...]]) -> int:
    if node.op_type in ("MatMul", "Gemm"):
        first = shapes[node.input[0]]
        turned = any(a.name == "transA" and a.i for a in node.attribute)
        return 2 * prod(shapes[node.output[0]]) * first[0 if turned else -1]
    if node.op_type == "Conv":
        return 2 * prod(shapes[node.output[0]]) * prod(shapes[node.input[1]][1:])
    return 0


def _open(model: onnx.ModelProto, *, optimize: bool = True) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    if not optimize:
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    return onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])


def _time(work: object) -> float:
    assert callable(work)
    start, wall = process_time(), perf_counter()
    work()
    return min(process_time() - start, perf_counter() - wall)
