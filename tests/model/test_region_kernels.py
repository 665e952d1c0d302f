import os
import subprocess
import sys
from pathlib import Path

import pytest
import torch

from nurie.model import region_kernels

CASES = Path(__file__).with_name("kernel_cases.py")

needs_triton = pytest.mark.skipif(
    region_kernels.kernels is None, reason="Triton is not installed: pip install nurie[dev] has it for Linux on x86-64"
)


def run_cases(task, **variables):
    """In a process of its own: Triton looks at its variables when it is imported, and wants functions as written."""
    env = {**os.environ, **variables}
    done = subprocess.run([sys.executable, str(CASES), task], env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]


@needs_triton
def test_kernels_give_what_torch_gives_interpreted():
    run_cases("cpu", TRITON_INTERPRET="1")


@needs_triton
def test_kernels_compile_for_a_gpu_that_is_not_here(tmp_path):
    run_cases("compile", TRITON_CACHE_DIR=str(tmp_path))


@pytest.mark.gpu
def test_kernels_give_what_torch_gives_on_a_gpu():
    run_cases("cuda")


def test_a_cpu_is_served_by_torch_itself():
    assert not region_kernels.serve(torch.zeros(2, 64, 512, 512))


def test_torch_may_be_asked_to_compute_alone(monkeypatch):
    monkeypatch.setattr(region_kernels, "INTERPRETED", True)
    monkeypatch.setattr(region_kernels, "kernels", object())
    monkeypatch.setattr(region_kernels, "WORTHWHILE", 8)
    assert region_kernels.serve(torch.zeros(1, 1, 2, 4))
    assert not region_kernels.serve(torch.zeros(1, 1, 2, 2))
    assert not region_kernels.serve(torch.zeros(1, 1, 2, 4, dtype=torch.float64))
    with region_kernels.without_kernels():
        assert not region_kernels.serve(torch.zeros(1, 1, 2, 4))
    assert region_kernels.serve(torch.zeros(1, 1, 2, 4))
