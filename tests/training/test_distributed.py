import os
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from toy_stage import ToyDrawings, ToyStage, toy_config

from nurie.errors import InputError
from nurie.training.checkpoint import load_checkpoint
from nurie.training.distributed import Machine, choose_device, join
from nurie.training.loop import start_run, train

HERE = Path(__file__).parent


def torchrun(processes, directory, *words):
    command = [sys.executable, "-m", "torch.distributed.run", "--standalone"]
    command += [f"--nproc-per-node={processes}", str(HERE / "gloo_processes.py"), str(directory), *words]
    environment = os.environ | {"OMP_NUM_THREADS": "1", "PYTHONPATH": str(HERE)}
    result = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120)
    assert result.returncode == 0, result.stderr
    return load_checkpoint(directory)


def test_one_process_is_a_machine_of_its_own():
    with join("cpu") as machine:
        assert (machine.device.type, machine.rank, machine.world) == ("cpu", 0, 1)
        ones = [torch.ones(2)]
        machine.average(ones)
        machine.wait()
        assert ones[0].tolist() == [1, 1]
        assert machine.any(True)
        assert not machine.any(False)


def test_a_gpu_that_is_not_there_is_one_sentence(monkeypatch):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    assert choose_device("auto").type == "cpu"
    with pytest.raises(InputError, match="no CUDA device was found; use --device cpu"):
        choose_device("cuda")


def test_each_process_takes_its_own_gpu(monkeypatch):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    assert choose_device("auto", 3) == torch.device("cuda", 3)


def test_batches_must_be_shared_evenly():
    assert Machine(torch.device("cpu"), 0, 4).share(8) == 2
    with pytest.raises(InputError, match="choose a multiple"):
        Machine(torch.device("cpu"), 0, 3).share(8)


@pytest.mark.slow
def test_two_processes_with_half_the_batch_equal_one_with_the_whole(tmp_path):
    config, machine = toy_config(), Machine(torch.device("cpu"))
    one = start_run(ToyStage(config, machine), config, machine, tmp_path / "one")
    train(one, ToyDrawings())
    two = torchrun(2, tmp_path / "two")
    assert two.images_seen == one.images_seen == config.images
    for averaged in (True, False):
        a = load_checkpoint(tmp_path / "one").networks(averaged=averaged)["net"]
        b = two.networks(averaged=averaged)["net"]
        for key, value in a.items():
            torch.testing.assert_close(value, b[key], rtol=1e-4, atol=1e-6, msg=key)


@pytest.mark.slow
def test_a_signal_to_one_process_stops_both_at_the_same_step(tmp_path):
    assert torchrun(2, tmp_path / "run", "stop").images_seen == 12
