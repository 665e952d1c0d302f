"""Programs that open layers, run without a screen; with CI set they must be there."""

import os
import shutil
import subprocess

import numpy as np
import pytest

from nurie.images import read_image


def needs(*programs, package):
    missing = [program for program in programs if shutil.which(program) is None]
    wanted = bool(missing) and not os.environ.get("CI")
    return pytest.mark.skipif(wanted, reason=f"{' and '.join(missing)} not installed: apt install {package}")


needs_krita = needs("krita", "xvfb-run", package="krita xvfb")


def run(*command, **environment):
    command = [str(part) for part in command]
    for _ in range(3):
        done = subprocess.run(command, capture_output=True, text=True, timeout=300, env={**os.environ, **environment})
        if "could not connect to display" not in done.stderr:
            break  # on a busy computer the screen comes too late
    assert done.returncode == 0, done.stderr


def difference(path, stack):
    """Levels of 8 bits by which a picture differs from `stack.merged`, on white where it is transparent."""
    levels = stack.merged / (np.iinfo(stack.merged.dtype).max / 255)
    alpha = levels[..., 3:] / 255 if levels.shape[2] == 4 else 1
    expected = levels[..., :3] * alpha + 255 * (1 - alpha)
    return np.abs(read_image(path).color - expected).max()
