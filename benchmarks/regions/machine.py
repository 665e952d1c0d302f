"""What results were made with."""

import os
import platform
import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benchmarks.regions.gmic import find_gmic

PACKAGES = ("nurie", "numpy", "opencv-python-headless", "onnxruntime", "skia-python", "numba", "scipy")


def describe_machine() -> dict[str, object]:
    """Versions, processors and how busy they are."""
    return {
        "python": platform.python_version(),
        "machine": f"{platform.system()} {platform.machine()}",
        "processor": _processor(),
        "cpus": len(os.sched_getaffinity(0)),
        "load": round(os.getloadavg()[0], 2),
        "gmic": _gmic_version(),
        "packages": {name: found for name in PACKAGES if (found := _package_version(name))},
    }


def _processor() -> str:
    with Path("/proc/cpuinfo").open(encoding="utf-8") as lines:
        return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), "unknown")


def _package_version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _gmic_version() -> str | None:
    program = find_gmic()
    if program is None:
        return None
    shown = subprocess.run([program, "-version"], capture_output=True, text=True, check=False)
    words = (shown.stdout + shown.stderr).replace("\x1b", " ").split()
    return next((words[i + 1].rstrip(".") for i, word in enumerate(words[:-1]) if word.endswith("Version")), "unknown")
