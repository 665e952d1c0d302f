import os
import subprocess
import sys

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


QUIET = """
import os, pathlib, sys
import nurie.graphs
nurie.graphs.Graph(sys.argv[1], threads=1)
threads = pathlib.Path("/proc/self/task")
print(len(list(threads.iterdir())) if threads.is_dir() else 1)
"""


def test_onnxruntime_tells_nobody_what_is_loaded(weights_folder, tmp_path):
    """Its telemetry keeps a file in the home folder and a thread: there shall be neither."""
    environment = {key: value for key, value in os.environ.items() if key not in ("ORT_DISABLE_TELEMETRY", "CI")}
    environment |= {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path), "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run(
        [sys.executable, "-c", QUIET, str(weights_folder / STEP)],
        env=environment, capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    assert done.stdout == "1\n"
    assert not list(tmp_path.rglob("*onnxruntime*"))
