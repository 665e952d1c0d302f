"""The whole way, as a user goes it: draw, train, export, colour."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.mark.slow
def test_the_smoke_recipe_ends_with_a_coloured_picture(tmp_path):
    commands = Path(sys.executable).parent
    assert shutil.which("nurie", path=commands), "nurie is not installed beside this Python"
    environment = os.environ | {"PATH": f"{commands}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(
        ["sh", str(ROOT / "runs/smoke.sh"), str(tmp_path)], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "colored.png").stat().st_size > 1000
