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


LATENT_DIM = 2


def make_weights(folder, *, paint=False, steps=4, learned=False, shade=-8.0):
    """Weights without a network: a region's colour is half its noise, moved by where it lies.

    Paint makes all colours `shade` levels lighter. What has `learned` more follows references, so that a colour is half
    its noise and half their mean; and it has a code, whose first number, times 4, is so many levels more of red.
    """
    folder.mkdir(parents=True, exist_ok=True)
    make_graph(
        folder / ENCODER,
        [
            helper.make_node("Slice", ["geometry", "zero", "three", "two"], ["tokens"]),
            helper.make_node("ReduceMean", ["sketch", "pixels"], ["context"], keepdims=0),
            helper.make_node("Transpose", ["tokens"], ["columns"], perm=[0, 2, 1]),
            helper.make_node("MatMul", ["tokens", "columns"], ["products"]),
            helper.make_node("Unsqueeze", ["products", "one"], ["heads"]),
            helper.make_node("Pad", ["heads", "rim"], ["bias"]),
        ],
        [
            ("sketch", FLOAT, ["n", 1, SIDE, SIDE]),
            ("geometry", FLOAT, ["n", "k", FEATURES]),
            ("present", FLOAT, ["n", "k"]),
            ("pair_region", INT64, ["p"]),
            ("pair_cell", INT64, ["p"]),
            ("pair_pixels", FLOAT, ["p"]),
        ],
        [("tokens", ["n", "k", 3]), ("context", ["n", 1]), ("bias", ["n", 1, "l", "l"])],
        [
            ("zero", np.array([0])),
            ("three", np.array([3])),
            ("two", np.array([2])),
            ("pixels", np.array([2, 3])),
            ("one", np.array([1])),
            ("rim", np.array([0, 0, 1, 1, 0, 0, 0, 0])),
        ],
    )
    make_graph(
        folder / STEP,
        [
            helper.make_node("Mul", ["noisy", "half"], ["halved"]),
            *(_follow() if learned else [helper.make_node("Add", ["halved", "tokens"], ["clean"])]),
        ],
        [
            ("tokens", FLOAT, ["n", "k", 3]),
            ("noisy", FLOAT, ["n", "k", 3]),
            ("time", FLOAT, ["n"]),
            ("known", FLOAT, ["n", "k"]),
        ],
        [("clean", ["n", "k", 3])],
        [
            ("half", np.float32(0.5)),
            ("one", np.float32(1)),
            ("rows", np.array([1])),
            ("last", np.array([2])),
        ],
    )
    if paint:
        nodes, code, constants = _light() if learned else ([], [], [])
        make_graph(
            folder / PAINT,
            [*nodes, helper.make_node("Add", ["lit" if learned else "flats", "shade"], ["image"])],
            [
                ("sketch", FLOAT, ["n", 1, "h", "w"]),
                ("regions", INT64, ["n", "h", "w"]),
                ("flats", FLOAT, ["n", 3, "h", "w"]),
                ("present", FLOAT, ["n", "k"]),
                *code,
            ],
            [("image", ["n", 3, "h", "w"])],
            [("shade", np.float32(shade / 127.5)), *constants],
        )
    write_manifest(
        folder,
        palette=PaletteSettings(side=SIDE, grid=GRID, steps=steps, references=learned),
        paint=PaintSettings(side=SIDE, latent_dim=LATENT_DIM * learned) if paint else None,
        record={"license": "none"},
    )
    return folder


def _follow():
    """Half the noise and half the mean colour of the references (`known` is 2); the tokens, where there are none."""
    return [
        helper.make_node("Greater", ["known", "one"], ["referred"]),
        helper.make_node("Cast", ["referred"], ["flags"], to=FLOAT),
        helper.make_node("Unsqueeze", ["flags", "last"], ["weights"]),
        helper.make_node("Mul", ["weights", "noisy"], ["weighted"]),
        helper.make_node("ReduceSum", ["weighted", "rows"], ["total"]),
        helper.make_node("ReduceSum", ["weights", "rows"], ["count"]),
        helper.make_node("Max", ["count", "one"], ["divisor"]),
        helper.make_node("Div", ["total", "divisor"], ["mean"]),
        helper.make_node("Mul", ["mean", "half"], ["pull"]),
        helper.make_node("Add", ["halved", "pull"], ["pulled"]),
        helper.make_node("Add", ["halved", "tokens"], ["alone"]),
        helper.make_node("Greater", ["count", "half"], ["any"]),
        helper.make_node("Where", ["any", "pulled", "alone"], ["clean"]),
    ]


def _light():
    """Flats with four times as many levels of red as the first number of the code says."""
    nodes = [
        helper.make_node("Mul", ["code", "first"], ["levels"]),
        helper.make_node("ReduceSum", ["levels", "axis"], ["sum"]),
        helper.make_node("Mul", ["sum", "channels"], ["tint"]),
        helper.make_node("Unsqueeze", ["tint", "ends"], ["light"]),
        helper.make_node("Add", ["flats", "light"], ["lit"]),
    ]
    constants = [
        ("first", np.array([4, 0], np.float32) / np.float32(127.5)),
        ("axis", np.array([1])),
        ("channels", np.array([[1, 0, 0]], np.float32)),
        ("ends", np.array([2, 3])),
    ]
    return nodes, [("code", FLOAT, ["n", LATENT_DIM])], constants


@pytest.fixture(scope="session")
def _weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_weights(tmp_path_factory.mktemp("weights") / "flat")


@pytest.fixture(scope="session")
def _paint_weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_weights(tmp_path_factory.mktemp("weights") / "painted", paint=True)


@pytest.fixture(scope="session")
def _learned_weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_weights(tmp_path_factory.mktemp("weights") / "following", paint=True, learned=True)


@pytest.fixture(scope="session")
def _glaring_weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_weights(tmp_path_factory.mktemp("weights") / "glaring", paint=True, shade=-120.0)


@pytest.fixture
def weights_folder(_weights: Path) -> Path:
    """Stand-in weights of the palette alone: to be read, not changed."""
    return _weights


@pytest.fixture
def paint_weights_folder(_paint_weights: Path) -> Path:
    """Stand-in weights whose paint stage darkens all colours by 8 levels: to be read, not changed."""
    return _paint_weights


@pytest.fixture
def learned_weights_folder(_learned_weights: Path) -> Path:
    """Stand-in weights that follow references, and paint with a code: to be read, not changed."""
    return _learned_weights


@pytest.fixture
def glaring_weights_folder(_glaring_weights: Path) -> Path:
    """Stand-in weights whose paint stage darkens all colours far too much: to be read, not changed."""
    return _glaring_weights
