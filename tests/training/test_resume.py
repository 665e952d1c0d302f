"""A run that was stopped at any image and resumed is the run that was never stopped: bit for bit, for every stage."""

import os
import signal
from dataclasses import replace

import pytest
import torch
from boxes import NAMED, Boxes

from nurie.training.checkpoint import load_checkpoint
from nurie.training.distributed import Machine
from nurie.training.loop import resume_run, start_run, train
from nurie.training.run_log import read_log
from nurie.training.stages import STAGES, find_preset, find_stage

CPU = Machine(torch.device("cpu"))
DRAWINGS = Boxes(side=64, parts=NAMED)
SMALL = {"images": 24, "batch_size": 4, "workers": 0, "sheet_drawings": 2}
EVERY = {"report_every": 12, "save_every": 20, "sheet_every": 20}
NETWORKS = {
    "paint": {"base_channels": 4, "max_channels": 8},
    "boundary": {"channels": [4, 8, 8, 8]},
    "simplify": {"channels": [4, 8, 8, 8]},
}


def make_run(stage, folder, *, stop_at=None, **changes):
    config = replace(find_preset(stage, "tiny"), **SMALL, **EVERY, network=NETWORKS.get(stage, {}), **changes)
    made = find_stage(stage).build(config, CPU)
    if stop_at is not None:
        step = made.step

        def interrupted(parts, images_seen):
            if images_seen == stop_at:
                os.kill(os.getpid(), signal.SIGTERM)
            return step(parts, images_seen)

        made.step = interrupted
    return start_run(made, config, CPU, folder)


def tensors(run):
    """Every number that moves, by name."""
    networks = {f"{k}.{n}": t for k, net in run.stage.networks.items() for n, t in net.state_dict().items()}
    averages = {f"ema.{k}.{n}": t for k, net in run.average.networks.items() for n, t in net.state_dict().items()}
    moments = {
        f"{name}.{i}.{field}": value
        for name, optimizer in run.stage.optimizers.items()
        for i, fields in optimizer.state_dict()["state"].items()
        for field, value in fields.items()
    }
    return networks | averages | moments


def curves(folder):
    return [{k: v for k, v in r.items() if k != "time"} for r in read_log(folder) if "start" not in r]


@pytest.mark.parametrize(("stage", "accumulate"), [*((stage, 1) for stage in STAGES), ("palette", 2), ("paint", 2)])
def test_stopped_at_any_image_and_resumed_equals_never_stopped(tmp_path, stage, accumulate):
    whole = make_run(stage, tmp_path / "whole", accumulate=accumulate)
    train(whole, DRAWINGS)
    for stop_at in (4, 12):
        run = make_run(stage, tmp_path / "parts", stop_at=stop_at, accumulate=accumulate)
        if stop_at > 4:
            resume_run(run, load_checkpoint(tmp_path / "parts"))
        train(run, DRAWINGS)
        assert run.images_seen == stop_at + 4
    rest = make_run(stage, tmp_path / "parts", accumulate=accumulate)
    resume_run(rest, load_checkpoint(tmp_path / "parts"))
    train(rest, DRAWINGS)
    a, b = tensors(whole), tensors(rest)
    assert a.keys() == b.keys()
    assert [key for key in a if not torch.equal(a[key], b[key])] == []
    assert curves(tmp_path / "whole") == curves(tmp_path / "parts")
    assert len(curves(tmp_path / "whole")) == 3
