"""The boundary network with its middle layers in integers of 8 bits: a third less time, for views cut in training.

The layers at half the drawing's size stay as they are: edges that are laid down as ink depend on them most. Weights
get 7 bits, so that no processor's sums of products overflow: all of them compute the same integers.
"""

import logging
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import onnx
from jaxtyping import Shaped
from onnx import numpy_helper
from onnxruntime.quantization import QuantFormat, QuantType, quantize_static

from nurie.arrays import Sketch
from nurie.data.augment import XDOG_SIGMAS
from nurie.data.sources import SOURCES
from nurie.export.half import store_in_half
from nurie.sketch import extract_sketch

INTEGER_OPERATIONS = ("Conv", "Relu", "Resize", "Add")

CALIBRATION = {"anime": 12, "world": 12, "dicebear": 6}
"""Drawings of each generator whose largest values the integers span, with their own lines and with those of XDoG."""

FIRST_SEED = 700_000


class _Drawings:
    """What onnxruntime calls a calibration data reader."""

    def __init__(self) -> None:
        self._sketches = _sketches()

    def get_next(self) -> dict[str, Shaped[np.ndarray, "..."]] | None:
        """The next drawing, as the network sees it; None after the last."""
        sketch = next(self._sketches, None)
        return None if sketch is None else {"sketch": 1 - sketch[None, None].astype(np.float32) / 255}


def compute_in_bytes(path: Path) -> None:
    """Let the middle layers of a graph of `export_boundary` compute in integers of 8 bits, in place."""
    model = onnx.load(path)
    _unpack_weights(model)
    with tempfile.TemporaryDirectory() as temporary:
        plain, whole = Path(temporary) / "plain.onnx", Path(temporary) / "bytes.onnx"
        onnx.save(model, plain)
        level = logging.root.level
        logging.root.setLevel(logging.ERROR)  # it recommends other tools
        try:
            quantize_static(
                plain,
                whole,
                _Drawings(),
                quant_format=QuantFormat.QDQ,
                op_types_to_quantize=list(INTEGER_OPERATIONS),
                nodes_to_exclude=_large_layers(model),
                activation_type=QuantType.QUInt8,
                weight_type=QuantType.QInt8,
                per_channel=True,
                reduce_range=True,
            )
        finally:
            logging.root.setLevel(level)
        path.write_bytes(whole.read_bytes())
    store_in_half(path)


def _sketches() -> Iterator[Sketch]:
    for source, count in CALIBRATION.items():
        for number in range(count):
            drawing = SOURCES[source](FIRST_SEED + number)
            yield drawing.sketch
            yield extract_sketch(drawing.color, "xdog", sigma=XDOG_SIGMAS[number % len(XDOG_SIGMAS)])


def _unpack_weights(model: onnx.ModelProto) -> None:
    """Undo `store_in_half`: weights of single precision, without Casts."""
    graph = model.graph
    stored = {weight.name: weight for weight in graph.initializer}
    for cast in [node for node in graph.node if node.op_type == "Cast" and node.input[0] in stored]:
        weight = stored[cast.input[0]]
        weight.CopyFrom(numpy_helper.from_array(numpy_helper.to_array(weight).astype(np.float32), cast.output[0]))
        graph.node.remove(cast)


def _large_layers(model: onnx.ModelProto) -> list[str]:
    """Names of the nodes at half the drawing's size: the first two layers and the last two, with what joins them."""
    nodes = model.graph.node
    users = {name: node for node in nodes for name in node.input}
    convolutions = [node for node in nodes if node.op_type == "Conv"]
    large = [*convolutions[:2], *convolutions[-2:]]
    large += [users[node.output[0]] for node in large if node.output[0] in users]
    large += [[node for node in nodes if node.op_type == kind][-1] for kind in ("Resize", "Add")]
    return [node.name for node in large if node.op_type in INTEGER_OPERATIONS]
