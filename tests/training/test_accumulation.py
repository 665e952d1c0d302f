"""A batch in parts is the batch: the same pictures, the same noise, the same step."""

import pytest
import torch
from same_step import DRAWINGS, build, steady

from nurie.errors import InputError
from nurie.training.distributed import Machine
from nurie.training.loop import start_run, train

CPU = Machine(torch.device("cpu"))


def trained(stage, folder, **changes):
    made = steady(build(stage, CPU, **changes))
    run = start_run(made, made.config, CPU, folder)
    train(run, DRAWINGS)
    return run


def assert_same(a, b):
    for name, network in a.stage.networks.items():
        other = b.stage.networks[name].state_dict()
        for key, value in network.state_dict().items():
            torch.testing.assert_close(other[key], value, rtol=1e-4, atol=1e-6, msg=f"{name}.{key}")


@pytest.mark.parametrize("stage", ["palette", "paint"])
def test_a_batch_of_8_in_2_parts_equals_8_at_once(tmp_path, stage):
    whole = trained(stage, tmp_path / "whole")
    parts = trained(stage, tmp_path / "parts", accumulate=2)
    fresh = build(stage, CPU)
    moved = [
        not torch.equal(a, b)
        for name, network in fresh.networks.items()
        for a, b in zip(network.parameters(), whole.stage.networks[name].parameters(), strict=True)
    ]
    assert sum(moved) > len(moved) / 2
    assert_same(whole, parts)


def test_the_picture_encoder_draws_the_same_codes_in_parts(tmp_path):
    network = {"base_channels": 4, "max_channels": 16, "latent": "picture"}
    runs = []
    for accumulate in (1, 2):
        made = steady(build_with(network, accumulate))
        runs.append(start_run(made, made.config, CPU, tmp_path / str(accumulate)))
        train(runs[-1], DRAWINGS)
    assert_same(*runs)


def build_with(network, accumulate):
    import same_step

    old = same_step.NETWORKS["paint"]
    try:
        same_step.NETWORKS["paint"] = network
        return build("paint", CPU, accumulate=accumulate)
    finally:
        same_step.NETWORKS["paint"] = old


def test_scalars_are_means_over_the_parts(tmp_path):
    whole, parts = (
        trained("palette", tmp_path / str(accumulate), accumulate=accumulate, report_every=1000).pending
        for accumulate in (1, 2)
    )
    assert whole.keys() == parts.keys()
    assert parts["flow"] == pytest.approx(whole["flow"], rel=1e-4)
    assert parts["gradient"] == pytest.approx(whole["gradient"], rel=1e-3)


def test_parts_must_divide_the_share_of_a_process(tmp_path):
    with pytest.raises(InputError, match="cannot be divided into accumulate=3 parts"):
        build("palette", CPU, accumulate=3)
    halves = Machine(torch.device("cpu"), 0, 2)
    made = build("palette", halves, accumulate=8)
    from nurie.training.batches import places

    with pytest.raises(InputError, match="a share of 4 images cannot be divided into accumulate=8 parts"):
        next(places(made.config, halves, 0))
