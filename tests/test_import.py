"""Starting up is a feature: what is not needed is not imported."""

import subprocess
import sys

import pytest

import nurie


def run(code):
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize(
    ("code", "absent"),
    [
        ("import nurie", ["torch", "numpy", "cv2", "PIL"]),
        ("import nurie.images, nurie.sketch, nurie.regions, nurie.pictures", ["torch", "skimage", "scipy"]),
        ("import nurie.cli.regions, nurie.cli.sketch, nurie.cli.paths", ["torch", "onnxruntime"]),
        ("import nurie.training.report, nurie.training.restarts", ["torch", "tensorboard"]),
        (
            "import nurie.cli\ntry: nurie.cli.main(['--help'])\nexcept SystemExit: pass",
            ["torch", "numpy", "cv2", "PIL"],
        ),
    ],
)
def test_modules_that_are_not_imported(code, absent):
    out = run(f"{code}\nimport sys\nprint('IMPORTED', *[m for m in {absent} if m in sys.modules])")
    assert out.splitlines()[-1].split() == ["IMPORTED"]


def test_public_names_are_listed():
    assert set(nurie.__all__) <= set(dir(nurie))


def test_public_functions_come_when_asked_for():
    assert callable(nurie.extract_sketch)
    assert callable(nurie.segment_regions)


def test_other_names_are_refused():
    with pytest.raises(AttributeError, match="no attribute 'colour'"):
        nurie.colour  # noqa: B018
