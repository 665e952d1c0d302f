"""What may befall a run: each ends with one clear line, or goes on from the last good checkpoint."""

import multiprocessing
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
import torch
from toy_stage import ToyDrawings, ToyStage, toy_config

from nurie.errors import DivergedError, OutputError, TrainingError, WeightsError
from nurie.training import checkpoint as checkpoints
from nurie.training.checkpoint import load_checkpoint, newest_whole
from nurie.training.distributed import Machine
from nurie.training.loop import start_run, train
from nurie.training.restarts import RESTART_COUNT, child_command, keep_going

HERE = Path(__file__).parent
CPU = Machine(torch.device("cpu"))


def make_run(directory, config=None, **stage):
    config = config or toy_config()
    return start_run(ToyStage(config, CPU, **stage), config, CPU, directory)


@dataclass(frozen=True)
class Deadly(ToyDrawings):
    """Kills the process that loads number 5, as a kernel without memory does."""

    def load(self, name):
        if name.endswith("5") and multiprocessing.parent_process():
            os.kill(os.getpid(), signal.SIGKILL)
        return super().load(name)


@pytest.mark.slow
def test_a_worker_that_is_killed_is_one_sentence(tmp_path):
    run = make_run(tmp_path, toy_config(workers=1, save_every=4))
    with pytest.raises(TrainingError, match=r"a process that prepares drawings died \(.*\); if memory ran out"):
        train(run, Deadly())
    assert run.images_seen == 0 or load_checkpoint(tmp_path).images_seen == run.images_seen


def test_other_runtime_errors_are_bugs_and_keep_their_name(tmp_path):
    def break_(images_seen):
        raise RuntimeError("a bug")

    with pytest.raises(RuntimeError, match="a bug"):
        train(make_run(tmp_path, on_step=break_), ToyDrawings())


def test_what_is_killed_while_it_saves_leaves_the_last_checkpoint(tmp_path, monkeypatch):
    run = make_run(tmp_path)
    run.images_seen = 32
    run.save()

    def power_cut(path):
        raise KeyboardInterrupt

    monkeypatch.setattr(checkpoints, "_to_disk", power_cut)
    run.images_seen = 64
    with pytest.raises(KeyboardInterrupt):
        run.save()
    monkeypatch.undo()
    assert load_checkpoint(tmp_path).images_seen == 32
    assert list(tmp_path.glob(".checkpoint-*.part"))
    run.images_seen = 96
    run.save()
    assert not list(tmp_path.glob(".checkpoint-*.part"))


def test_all_of_a_checkpoint_is_on_the_disk_before_it_has_its_name(tmp_path, monkeypatch):
    flushed = []
    monkeypatch.setattr(checkpoints, "_to_disk", lambda path: flushed.append((path, (tmp_path / NAME).exists())))
    run = make_run(tmp_path)
    run.images_seen = 32
    run.save()
    files = {path.name for path in (tmp_path / NAME).iterdir()}
    assert files < {path.name for path, named in flushed if not named}
    assert [path for path, named in flushed if named] == [tmp_path]


NAME = "checkpoint-000000032"


def test_a_full_disk_while_it_saves_is_one_sentence(tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(checkpoints, "save_file", full)
    with pytest.raises(OutputError, match=r"No space left on device; free some space .*--resume"):
        train(make_run(tmp_path), ToyDrawings())
    assert not list(tmp_path.glob(".checkpoint*"))


def test_a_damaged_checkpoint_is_passed_over_and_replaced(tmp_path):
    run = make_run(tmp_path)
    train(run, ToyDrawings())
    newest = tmp_path / "checkpoint-000000096" / "optimizer.safetensors"
    newest.write_bytes(newest.read_bytes()[:-7])
    assert newest_whole(tmp_path).images_seen == 64
    run.save()
    assert newest_whole(tmp_path).images_seen == 96
    for file in tmp_path.glob("checkpoint-*/ema.safetensors"):
        file.write_bytes(b"")
    with pytest.raises(WeightsError, match=r"all 3 checkpoints .* are damaged"):
        newest_whole(tmp_path)


def test_divergence_has_an_error_of_its_own(tmp_path):
    with pytest.raises(DivergedError, match="lower learning_rate or another reshuffle"):
        train(make_run(tmp_path, poison_after=40), ToyDrawings())


def test_the_child_gets_the_same_words_without_restarts():
    words = ["train", "data", "--restarts", "3", "-o", "run", "--restarts=2", "--set", "seed=1"]
    assert child_command(words) == [sys.executable, "-m", "nurie", "train", "data", "-o", "run", "--set", "seed=1"]


def script(text):
    return [sys.executable, "-c", f"import os, sys; count = int(os.environ['{RESTART_COUNT}']); {text}"]


@pytest.mark.parametrize(
    ("text", "restarts", "code", "lines"),
    [
        ("sys.exit(0)", 3, 0, 0),
        ("sys.exit(2)", 3, 2, 0),
        ("sys.exit(0 if count == 2 else 3)", 3, 0, 2),
        ("sys.exit(3)", 1, 3, 1),
        ("sys.exit(0 if sys.argv[-2:] == ['--set', 'reshuffle=1'] else 4)", 1, 0, 1),
        ("os.kill(os.getpid(), 9)", 1, 137, 1),
    ],
)
def test_restarts(text, restarts, code, lines):
    said = []
    assert keep_going(script(text), restarts, said.append) == code
    assert len(said) == lines


def test_a_signal_is_handed_on_to_the_child():
    waits = "import signal, time; signal.signal(15, lambda *_: sys.exit(0)); os.kill(os.getppid(), 15); time.sleep(60)"
    assert keep_going(script(waits), 3, print) == 0


def train_toy(folder, *, fault="", restarts=None):
    command = [sys.executable, str(HERE / "toy_cli.py"), "train", "data", "--stage", "gaps", "--preset", "tiny"]
    command += ["--device", "cpu", "-o", str(folder)]
    path = os.pathsep.join([str(HERE), os.environ.get("PYTHONPATH", "")])
    environment = os.environ | {"TOY_FAULT": fault, "OMP_NUM_THREADS": "1", "PYTHONPATH": path}
    if restarts is None:
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300, check=False)
        return done.returncode, [line for line in done.stderr.splitlines() if "nurie" in line or "Error" in line]
    said = []
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment.items():
            patch.setenv(name, value)
        return keep_going(command, restarts, said.append), said


@pytest.mark.slow
def test_a_nan_ends_with_one_line_and_its_own_exit_code(tmp_path):
    code, lines = train_toy(tmp_path, fault="poison")
    assert code == 4
    assert len(lines) == 1
    assert lines[0].startswith("nurie: error: training diverged after 40 images")


@pytest.mark.slow
def test_a_full_disk_ends_with_one_line(tmp_path):
    code, lines = train_toy(tmp_path, fault="full")
    assert code == 2
    assert len(lines) == 1, lines
    assert "File too large" in lines[0]
    assert load_checkpoint(tmp_path).images_seen == 32


@pytest.mark.slow
def test_a_run_that_was_killed_goes_on_to_the_same_bits(tmp_path):
    assert train_toy(tmp_path / "whole")[0] == 0
    code, said = train_toy(tmp_path / "killed", fault="kill", restarts=2)
    assert code == 0
    assert said == ["training stopped (killed by SIGKILL); restart 1 of 2 from the last good checkpoint"]
    whole, killed = (load_checkpoint(tmp_path / name) for name in ("whole", "killed"))
    assert whole.images_seen == killed.images_seen == 96
    for averaged in (True, False):
        a, b = (run.networks(averaged=averaged)["net"] for run in (whole, killed))
        assert all(torch.equal(a[key], b[key]) for key in a)


@pytest.mark.slow
def test_a_run_that_diverged_goes_on_with_other_batches(tmp_path):
    code, said = train_toy(tmp_path, fault="poison", restarts=2)
    assert code == 0
    assert len(said) == 1
    done = load_checkpoint(tmp_path)
    assert (done.images_seen, done.config["reshuffle"]) == (96, 1)
