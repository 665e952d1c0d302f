import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from same_step import DRAWINGS, build, steady
from toy_stage import ToyDrawings, ToyStage, toy_config

from nurie.errors import InputError
from nurie.training.checkpoint import load_checkpoint
from nurie.training.distributed import Machine, choose_device, join
from nurie.training.loop import start_run, train

HERE = Path(__file__).parent


def start(processes, directory, *words, options=("--standalone",)):
    command = [sys.executable, "-m", "torch.distributed.run", *options, f"--nproc-per-node={processes}"]
    command += [str(HERE / "gloo_processes.py"), str(directory), *words]
    path = os.pathsep.join([str(HERE), os.environ.get("PYTHONPATH", "")])
    environment = os.environ | {"OMP_NUM_THREADS": "1", "PYTHONPATH": path}
    return subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)


def torchrun(processes, directory, *words):
    started = start(processes, directory, *words)
    _, said = started.communicate(timeout=300)
    assert started.returncode == 0, said
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


def assert_close(one, other):
    assert one.images_seen == other.images_seen
    for averaged in (True, False):
        a, b = one.networks(averaged=averaged), other.networks(averaged=averaged)
        for name, state in a.items():
            for key, value in state.items():
                torch.testing.assert_close(b[name][key], value, rtol=1e-4, atol=1e-6, msg=f"{name}.{key}")


@pytest.mark.slow
def test_two_processes_with_half_the_batch_equal_one_with_the_whole(tmp_path):
    config, machine = toy_config(), Machine(torch.device("cpu"))
    train(start_run(ToyStage(config, machine), config, machine, tmp_path / "one"), ToyDrawings())
    assert_close(load_checkpoint(tmp_path / "one"), torchrun(2, tmp_path / "two", "toy"))


@pytest.mark.slow
@pytest.mark.parametrize("stage", ["palette", "paint"])
def test_two_processes_equal_one_in_the_stages_that_color(tmp_path, stage):
    machine = Machine(torch.device("cpu"))
    made = steady(build(stage, machine))
    train(start_run(made, made.config, machine, tmp_path / "one"), DRAWINGS)
    assert_close(load_checkpoint(tmp_path / "one"), torchrun(2, tmp_path / "two", stage))


@pytest.mark.slow
def test_two_nodes_equal_one_process(tmp_path):
    config, machine = toy_config(), Machine(torch.device("cpu"))
    train(start_run(ToyStage(config, machine), config, machine, tmp_path / "one"), ToyDrawings())
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    nodes = [
        start(
            1, tmp_path / "two", "toy",
            options=("--nnodes=2", f"--node-rank={rank}", "--master-addr=127.0.0.1", f"--master-port={port}"),
        )
        for rank in range(2)
    ]  # fmt: skip
    said = [node.communicate(timeout=200)[1] for node in nodes]
    assert [node.returncode for node in nodes] == [0, 0], said
    assert_close(load_checkpoint(tmp_path / "one"), load_checkpoint(tmp_path / "two"))


@pytest.mark.slow
def test_a_signal_to_one_process_stops_both_at_the_same_step(tmp_path):
    assert torchrun(2, tmp_path / "run", "toy", "stop").images_seen == 12


@pytest.mark.slow
def test_torchrun_starts_a_run_again_that_has_lost_a_process(tmp_path):
    config, machine = toy_config(), Machine(torch.device("cpu"))
    train(start_run(ToyStage(config, machine), config, machine, tmp_path / "one"), ToyDrawings())
    started = start(2, tmp_path / "two", "toy", "die-once", options=("--standalone", "--max-restarts=1"))
    _, said = started.communicate(timeout=300)
    assert started.returncode == 0, said
    assert "another process of this run died" in said
    assert_close(load_checkpoint(tmp_path / "one"), load_checkpoint(tmp_path / "two"))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("event", "line"),
    [
        ("die", "another process of this run died, and training cannot go on without it"),
        ("differ", "the processes of this run differ in their settings or their checkpoint"),
    ],
)
def test_a_process_that_fails_ends_all_with_one_clear_line(tmp_path, event, line):
    started = start(2, tmp_path / "run", "toy", event)
    _, said = started.communicate(timeout=300)
    assert started.returncode != 0
    lines = [text for text in said.splitlines() if text.startswith("nurie: error:")]
    # Where both know what is wrong, torchrun may end the second before it has said so.
    assert len(lines) in ((1,) if event == "die" else (1, 2))
    assert all(line in text for text in lines)
