"""One method, once, in a fresh process: `python -m benchmarks.regions.probe METHOD DRAWING RECORD [LINEFILLER]`."""

import resource
import sys
from pathlib import Path

from benchmarks.regions.stopwatch import Stopwatch


def main(name: str, drawing: str, record: str, linefiller: str | None = None) -> None:
    """Time the import and the first call, and write how much memory the call took at its peak."""
    with Stopwatch() as importing:
        import nurie.regions  # noqa: F401 - what a program of a user imports
    import cv2
    import numpy as np

    from benchmarks.regions.methods import choose_methods
    from benchmarks.regions.results import Results

    cv2.setNumThreads(1)
    sketch = np.load(drawing)
    methods, _ = choose_methods([name], None if linefiller is None else Path(linefiller))
    baseline = _reset_peak()
    with Stopwatch() as first:
        methods[0].segment(sketch)
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024 / 1e6
    megabytes = max(_memory("VmHWM") - baseline, children)
    measured = {
        "method": name,
        "seconds": round(first.seconds, 6),
        "cpu_seconds": round(first.cpu_seconds, 6),
        "import_seconds": round(importing.seconds, 6),
        "megabytes": round(megabytes, 1),
    }
    Results({}, {}, [], [measured]).save(Path(record))


def _reset_peak() -> float:
    """Make the peak what is held now, and give that; `ru_maxrss` would begin with the peak of the parent process."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    return _memory("VmRSS")


def _memory(field: str) -> float:
    """A line of the process's status, in megabytes."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) * 1024 / 1e6 for line in lines if line.startswith(f"{field}:"))


if __name__ == "__main__":
    main(*sys.argv[1:])
