"""What tests of several parts share."""

from pathlib import Path

import numpy as np
import onnx
import pytest
from hypothesis import settings
from onnx import TensorProto, helper

from nurie.inference.weights import (
    ENCODER,
    PAINT,
    STEP,
    PaintSettings,
    PaletteSettings,
    write_manifest,
)

# No deadline: how long one example takes says more about the machine than about the code.
settings.register_profile("nurie", deadline=None)
settings.load_profile("nurie")

FLOAT, INT64 = TensorProto.FLOAT, TensorProto.INT64
SIDE, GRID = 64, 16
FEATURES = 15


def make_graph(path, nodes, inputs, outputs, constants=()):
    graph = helper.make_graph(
        nodes,
        path.stem,
        [helper.make_tensor_value_info(name, kind, shape) for name, kind, shape in inputs],
        [helper.make_tensor_value_info(name, FLOAT, shape) for name, shape in outputs],
        [onnx.numpy_helper.from_array(np.array(value), name) for name, value in constants],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=10)
    onnx.checker.check_model(model)
    path.write_bytes(model.SerializeToString())


def make_weights(folder, *, paint=False, steps=4):
    """Weights without a network: a region's colour is half its noise, moved by where it lies."""
    folder.mkdir(parents=True, exist_ok=True)
    make_graph(
        folder / ENCODER,
        [
            helper.make_node("Slice", ["geometry", "zero", "three", "two"], ["tokens"]),
            helper.make_node("ReduceMean", ["sketch", "pixels"], ["context"], keepdims=0),
        ],
        [
            ("sketch", FLOAT, ["n", 1, SIDE, SIDE]),
            ("geometry", FLOAT, ["n", "k", FEATURES]),
            ("present", FLOAT, ["n", "k"]),
            ("pair_region", INT64, ["p"]),
            ("pair_cell", INT64, ["p"]),
            ("pair_pixels", FLOAT, ["p"]),
        ],
        [("tokens", ["n", "k", 3]), ("context", ["n", 1])],
        [
            ("zero", np.array([0])),
            ("three", np.array([3])),
            ("two", np.array([2])),
            ("pixels", np.array([2, 3])),
        ],
    )
    make_graph(
        folder / STEP,
        [
            helper.make_node("Mul", ["noisy", "half"], ["halved"]),
            helper.make_node("Add", ["halved", "tokens"], ["clean"]),
        ],
        [
            ("tokens", FLOAT, ["n", "k", 3]),
            ("noisy", FLOAT, ["n", "k", 3]),
            ("time", FLOAT, ["n"]),
            ("known", FLOAT, ["n", "k"]),
        ],
        [("clean", ["n", "k", 3])],
        [("half", np.float32(0.5))],
    )
    if paint:
        make_graph(
            folder / PAINT,
            [helper.make_node("Add", ["flats", "shade"], ["image"])],
            [
                ("sketch", FLOAT, ["n", 1, "h", "w"]),
                ("regions", INT64, ["n", "h", "w"]),
                ("flats", FLOAT, ["n", 3, "h", "w"]),
                ("present", FLOAT, ["n", "k"]),
            ],
            [("image", ["n", 3, "h", "w"])],
            [("shade", np.float32(-20 / 127.5))],
        )
    write_manifest(
        folder,
        palette=PaletteSettings(side=SIDE, grid=GRID, steps=steps),
        paint=PaintSettings(side=SIDE) if paint else None,
        record={"license": "none"},
    )
    return folder


@pytest.fixture(scope="session")
def _weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_weights(tmp_path_factory.mktemp("weights") / "flat")


@pytest.fixture(scope="session")
def _paint_weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_weights(tmp_path_factory.mktemp("weights") / "painted", paint=True)


@pytest.fixture
def weights_folder(_weights: Path) -> Path:
    """Stand-in weights of the palette alone: to be read, not changed."""
    return _weights


@pytest.fixture
def paint_weights_folder(_paint_weights: Path) -> Path:
    """Stand-in weights whose paint stage darkens all colours by 20 levels: to be read, not changed."""
    return _paint_weights
