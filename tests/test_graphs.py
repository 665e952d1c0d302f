import numpy as np
import pytest

from nurie.errors import InputError, WeightsError
from nurie.graphs import Graph
from nurie.inference.weights import STEP


def test_inputs_that_a_graph_does_not_have_are_left_out(weights_folder):
    graph = Graph(weights_folder / STEP, threads=1)
    inputs = {
        "tokens": np.ones((1, 2, 3), np.float32),
        "noisy": np.full((1, 2, 3), 4, np.float32),
        "time": np.zeros(1, np.float32),
        "known": np.zeros((1, 2), np.float32),
        "bias": np.zeros(5, np.float32),
    }
    assert np.all(graph(inputs)["clean"] == 3)


def test_what_is_no_graph(tmp_path):
    path = tmp_path / "a.onnx"
    path.write_bytes(b"no graph")
    with pytest.raises(WeightsError, match=r"a\.onnx cannot be loaded .*; export it again"):
        Graph(path)


def test_no_threads(weights_folder):
    with pytest.raises(InputError, match="threads must be at least 1, got 0"):
        Graph(weights_folder / STEP, threads=0)
