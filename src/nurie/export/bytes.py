"""Weights stored as whole numbers of 8 bits with a scale for each channel, and computed with in single precision.

Half the bytes of half precision. Unlike arithmetic in 8 bits it is as fast, with the same pictures on every processor.
"""

from pathlib import Path

import numpy as np
import onnx
import torch
from jaxtyping import Float32
from onnx import numpy_helper
from torch import nn

LEVELS = 127
"""The largest weight of a channel."""

FEWEST = 1024
"""Weights of a matrix below which it stays as it is."""

Weight = Float32[np.ndarray, "..."]


@torch.no_grad()
def round_to_bytes(net: nn.Module) -> None:
    """Round the matrices and kernels of `net` to what bytes hold; `net` stays in single precision."""
    for part in net.modules():
        if isinstance(part, nn.Linear | nn.Conv2d | nn.MultiheadAttention):
            for weight in part.parameters(recurse=False):
                if weight.dim() >= 2 and weight.numel() >= FEWEST:
                    _round(weight)


def _round(weight: torch.Tensor) -> None:
    largest = weight.abs().amax(tuple(range(1, weight.dim())), keepdim=True)
    scale = (largest / LEVELS).half().float()  # a product of both then has no more bits than single precision
    levels = (weight / scale.where(scale > 0, 1)).round().clamp(-LEVELS, LEVELS)
    weight.copy_(levels * scale)


def store_in_bytes(path: Path) -> None:
    """Store the weights of a graph that bytes hold exactly (`round_to_bytes`) in bytes, in place.

    A multiplication follows each; onnxruntime computes it once, when it loads the graph, so results do not change.
    """
    model = onnx.load(path)
    graph = model.graph
    nodes = []
    for weight in [weight for weight in graph.initializer if weight.data_type == onnx.TensorProto.FLOAT]:
        found = _split(numpy_helper.to_array(weight))
        if found is None:
            continue
        name, (levels, scale) = weight.name, found
        byte, single, scales = f"{name}.byte", f"{name}.single", f"{name}.scale"
        weight.CopyFrom(numpy_helper.from_array(levels, byte))
        graph.initializer.append(numpy_helper.from_array(scale, scales))
        nodes.append(onnx.helper.make_node("Cast", [byte], [single], to=onnx.TensorProto.FLOAT))
        nodes.append(onnx.helper.make_node("Mul", [single, scales], [name]))
    for index, node in enumerate(nodes):
        graph.node.insert(index, node)
    path.write_bytes(model.SerializeToString())


def _split(weight: Weight) -> tuple[np.ndarray, Weight] | None:
    """Levels and scales; the channels are the first axis, or the last one of a matrix that was transposed."""
    if weight.ndim < 2 or weight.size < FEWEST:
        return None
    for channels in (0, weight.ndim - 1):
        others = tuple(axis for axis in range(weight.ndim) if axis != channels)
        scale = np.abs(weight).max(axis=others, keepdims=True) / np.float32(LEVELS)
        levels = np.rint(weight / np.where(scale > 0, scale, 1))
        if np.array_equal(levels * scale, weight) and np.array_equal(scale.astype(np.float16), scale):
            return levels.astype(np.int8), scale
    return None
