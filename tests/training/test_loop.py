import os
import signal

import numpy as np
import pytest
import torch
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from toy_stage import ToyDrawings, ToyStage, toy_config

from nurie.errors import DataError, NurieError
from nurie.training.checkpoint import load_checkpoint
from nurie.training.distributed import Machine
from nurie.training.loop import init_run, resume_run, start_run, train
from nurie.training.run_log import read_log

CPU = Machine(torch.device("cpu"))


def make_run(directory, *, config=None, **stage):
    config = config or toy_config()
    return start_run(ToyStage(config, CPU, **stage), config, CPU, directory)


def tensors(run):
    """Every number of a run that may move, by name."""
    averages = {f"ema.{k}": v for k, v in run.average.networks["net"].state_dict().items()}
    moments = run.stage.optimizers["net"].state_dict()["state"]
    state = {f"adam.{i}.{k}": v for i, fields in moments.items() for k, v in fields.items()}
    return run.stage.net.state_dict() | averages | state


def assert_same_bits(a, b):
    assert a.keys() == b.keys()
    assert [key for key in a if not torch.equal(a[key], b[key])] == []


def test_training_learns_and_saves(tmp_path):
    run = make_run(tmp_path)
    before = run.stage.net.linear.weight.clone()
    assert train(run, ToyDrawings()) == 96
    assert not torch.equal(before, run.stage.net.linear.weight)
    assert sorted(path.name for path in tmp_path.glob("checkpoint-*")) == [
        "checkpoint-000000032",
        "checkpoint-000000064",
        "checkpoint-000000096",
    ]
    assert [path.name for path in (tmp_path / "sheets").iterdir()] == ["000000064.png"]
    assert list((tmp_path / "tensorboard").iterdir())


def test_tensorboard_and_the_log_say_the_same(tmp_path):
    train(make_run(tmp_path), ToyDrawings())
    curves = EventAccumulator(str(tmp_path / "tensorboard"))
    curves.Reload()
    assert set(curves.Tags()["scalars"]) == {"loss", "gradient", "diversity/toy"}
    assert curves.Tags()["images"] == ["sheet"]
    log = read_log(tmp_path)
    for name in ("loss", "gradient"):
        seen = [(event.step, event.value) for event in curves.Scalars(name)]
        assert seen == [(r["images"], pytest.approx(r["scalars"][name])) for r in log if "scalars" in r]
    assert [(r["images"], r["measures"], r["sheet"]) for r in log if "sheet" in r] == [
        (64, {"diversity/toy": 2.0}, "000000064.png")
    ]
    assert log[0]["start"]["parameters"] == {"net": 21}


@pytest.mark.parametrize("workers", [0, pytest.param(2, marks=pytest.mark.slow)])
def test_stopped_and_resumed_equals_never_stopped_bit_for_bit(tmp_path, workers):
    whole = make_run(tmp_path / "whole", noise=0.1)
    train(whole, ToyDrawings())
    train(make_run(tmp_path / "parts", config=toy_config(images=40), noise=0.1), ToyDrawings())
    rest = make_run(tmp_path / "parts", config=toy_config(workers=workers), noise=0.1)
    resume_run(rest, load_checkpoint(tmp_path / "parts"))
    assert rest.images_seen == 40
    train(rest, ToyDrawings())
    assert_same_bits(tensors(whole), tensors(rest))


def test_another_seed_is_another_run(tmp_path):
    a, b = (make_run(tmp_path / str(seed), config=toy_config(seed=seed)) for seed in (0, 1))
    train(a, ToyDrawings())
    train(b, ToyDrawings())
    assert not torch.equal(a.stage.net.linear.weight, b.stage.net.linear.weight)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_finishes_the_step_saves_and_ends(tmp_path, number):
    def interrupt(images_seen):
        if images_seen == 8:
            os.kill(os.getpid(), number)

    old = signal.getsignal(number)
    assert train(make_run(tmp_path, on_step=interrupt), ToyDrawings()) == 12
    assert load_checkpoint(tmp_path).images_seen == 12
    assert signal.getsignal(number) is old


def test_divergence_stops_and_keeps_the_last_checkpoint(tmp_path):
    run = make_run(tmp_path, poison_after=40)
    with pytest.raises(NurieError, match="diverged after 40 images"):
        train(run, ToyDrawings())
    checkpoint = load_checkpoint(tmp_path)
    assert checkpoint.images_seen == 32
    assert all(np.isfinite(t.numpy()).all() for t in checkpoint.networks(averaged=False)["net"].values())


def test_a_finished_run_does_nothing_more(tmp_path):
    run = make_run(tmp_path)
    run.images_seen = 96
    assert train(run, ToyDrawings()) == 96
    assert not list(tmp_path.glob("checkpoint-*"))


def test_a_new_run_may_start_from_the_averages_of_another(tmp_path):
    first = make_run(tmp_path / "first")
    train(first, ToyDrawings())
    second = make_run(tmp_path / "second", config=toy_config(seed=3))
    init_run(second, load_checkpoint(tmp_path / "first"))
    assert second.images_seen == 0
    weights = first.average.networks["net"].linear.weight
    assert torch.equal(second.stage.net.linear.weight, weights)
    assert torch.equal(second.average.networks["net"].linear.weight, weights)


def test_a_helper_of_another_shape_begins_afresh_and_one_that_fits_goes_on(tmp_path):
    first = make_run(tmp_path / "first")
    first.stage.networks["judge"] = torch.nn.Linear(3, 1)
    train(first, ToyDrawings())
    judge = first.stage.networks["judge"].weight.detach().clone()
    for inputs, goes_on in ((3, True), (7, False)):
        second = make_run(tmp_path / f"second-{inputs}", config=toy_config(seed=3))
        fresh = second.stage.networks["judge"] = torch.nn.Linear(inputs, 1)
        before = fresh.weight.detach().clone()
        init_run(second, load_checkpoint(tmp_path / "first"))
        assert torch.equal(fresh.weight, judge if goes_on else before)
        assert torch.equal(second.stage.net.linear.weight, first.average.networks["net"].linear.weight)


def test_no_drawings_is_one_sentence(tmp_path):
    with pytest.raises(DataError, match="no drawings"):
        train(make_run(tmp_path), ToyDrawings(count=0))


def test_training_in_bf16_works_on_this_device(tmp_path):
    run = make_run(tmp_path, config=toy_config(precision="bf16"))
    train(run, ToyDrawings())
    assert run.stage.net.linear.weight.dtype == torch.float32
