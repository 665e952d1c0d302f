"""Weights stored in half precision and computed with in single: half the bytes, same results."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import nn
from torch.nn.utils.fusion import fuse_conv_bn_eval


@torch.no_grad()
def round_to_half(net: nn.Module) -> None:
    """Round every weight of `net` to what half precision holds; `net` stays in single precision."""
    for tensor in net.state_dict().values():
        if tensor.is_floating_point():
            tensor.copy_(tensor.half())


@torch.no_grad()
def fold_norms(net: nn.Module) -> None:
    """Put every batch norm that follows a convolution in an `nn.Sequential` into it; results stay, to rounding.

    The exporter would do so after the weights were rounded to half precision, and they would be so no more.
    """
    for part in net.modules():
        if not isinstance(part, nn.Sequential):
            continue
        for index, (conv, norm) in enumerate(pairwise(part)):
            if isinstance(conv, nn.Conv2d) and isinstance(norm, nn.BatchNorm2d):
                part[index], part[index + 1] = fuse_conv_bn_eval(conv.eval(), norm.eval()), nn.Identity()


def strip_traces(model: onnx.ModelProto) -> None:
    """Remove what the exporter noted of the source (folders and lines of the machine it ran on)."""
    graph = model.graph
    noted = [model, graph, *graph.node, *graph.initializer, *graph.input, *graph.output, *graph.value_info]
    for part in [*noted, *model.functions, *(node for function in model.functions for node in function.node)]:
        del part.metadata_props[:]
        part.doc_string = ""


def store_in_half(path: Path) -> None:
    """Store the weights of a graph that half precision holds exactly in half precision, in place.

    A Cast follows each; onnxruntime computes it once, when it loads the graph. Other weights stay
    as they are, so the graph's results do not change. The exporter's notes are removed (`strip_traces`).
    """
    model = onnx.load(path)
    strip_traces(model)
    graph = model.graph
    casts = []
    for weight in graph.initializer:
        if weight.data_type != onnx.TensorProto.FLOAT:
            continue
        values = numpy_helper.to_array(weight)
        with np.errstate(over="ignore"):
            half = values.astype(np.float16)
        if values.size < 2 or not np.array_equal(half.astype(np.float32), values):
            continue
        name = weight.name
        weight.CopyFrom(numpy_helper.from_array(half, f"{name}.half"))
        casts.append(onnx.helper.make_node("Cast", [f"{name}.half"], [name], to=onnx.TensorProto.FLOAT))
    for index, cast in enumerate(casts):
        graph.node.insert(index, cast)
    onnx.checker.check_model(model)
    path.write_bytes(model.SerializeToString())
