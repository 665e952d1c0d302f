"""ONNX graphs as functions from arrays to arrays."""

import os
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from jaxtyping import Shaped

from nurie.errors import InputError, WeightsError

# From 1.29 on onnxruntime tells Microsoft about each graph that is loaded, unless this is there before it is imported.
# Without it there is a thread less, too: see `nurie.machines.processes.can_fork`.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
import onnxruntime

RUNTIME_VERSION: str = onnxruntime.__version__

Arrays = Mapping[str, Shaped[np.ndarray, "..."]]

_ERRORS_ONLY = 3  # onnxruntime's severities: 0 verbose, 1 info, 2 warning, 3 error


class Graph:
    """One ONNX graph, loaded; computes on the CPU."""

    def __init__(self, path: Path, *, threads: int | None = None) -> None:
        """Load; `threads` at most are used, None is one for each core.

        Raises:
            InputError: `threads` is below 1.
            WeightsError: the file is no graph that onnxruntime can run.
        """
        if threads is not None and threads < 1:
            raise InputError(f"threads must be at least 1, got {threads}")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads or 0
        options.log_severity_level = _ERRORS_ONLY
        try:
            self._session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
        except Exception as error:  # onnxruntime's own errors share no other base
            raise WeightsError(f"{path} cannot be loaded ({str(error).splitlines()[0]}); export it again") from error
        self.inputs = frozenset(x.name for x in self._session.get_inputs())
        self.outputs = tuple(x.name for x in self._session.get_outputs())

    def __call__(self, inputs: Arrays) -> dict[str, Shaped[np.ndarray, "..."]]:
        """All outputs by name. Inputs that the graph does not have are left out."""
        used = {name: value for name, value in inputs.items() if name in self.inputs}
        return dict(zip(self.outputs, self._session.run(None, used), strict=True))
