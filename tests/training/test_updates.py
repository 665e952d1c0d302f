from dataclasses import dataclass
from typing import NamedTuple

import pytest
import torch
from toy_stage import toy_config

from nurie.errors import NurieError
from nurie.training.distributed import Machine
from nurie.training.updates import autocast, descend, learning_rate_scale, to_device

CPU = Machine(torch.device("cpu"))


def sgd(value=1.0, lr=0.5):
    parameter = torch.nn.Parameter(torch.tensor([value]))
    return parameter, torch.optim.SGD([parameter], lr=lr)


def test_one_step_of_gradient_descent_by_hand():
    parameter, optimizer = sgd()
    norm = descend([3 * parameter.sum()], optimizer, toy_config(), CPU, 0)
    assert norm == 3
    assert parameter.item() == pytest.approx(1 - 0.5 * 3)


def test_old_gradients_are_dropped():
    parameter, optimizer = sgd()
    (100 * parameter).sum().backward()
    descend([3 * parameter.sum()], optimizer, toy_config(), CPU, 0)
    assert parameter.item() == pytest.approx(1 - 0.5 * 3)


def test_clipping_keeps_the_direction_and_reports_the_norm_before():
    parameter, optimizer = sgd()
    norm = descend([3 * parameter.sum()], optimizer, toy_config(gradient_clip=0.1), CPU, 0)
    assert norm == 3
    assert parameter.item() == pytest.approx(1 - 0.5 * 0.1, abs=1e-5)


def test_the_learning_rate_follows_the_clock():
    parameter, optimizer = sgd()
    config = toy_config(batch_size=4, warmup_images=16)
    for seen in (0, 4):
        descend([1 * parameter.sum()], optimizer, config, CPU, seen)
    assert parameter.item() == pytest.approx(1 - 0.5 * (0.25 + 0.5))


def test_warm_up_and_cool_down_are_lines():
    config = toy_config(images=100, batch_size=10, warmup_images=20, cooldown_images=40)
    scales = [learning_rate_scale(config, seen) for seen in range(0, 100, 10)]
    assert scales == [0.5, 1, 1, 1, 1, 1, 1, 0.75, 0.5, 0.25]
    assert learning_rate_scale(toy_config(), 0) == 1


def test_a_gradient_that_is_not_finite_stops_and_changes_nothing():
    parameter, optimizer = sgd()
    with pytest.raises(NurieError, match=r"diverged after 40 images.*resume from the last checkpoint"):
        descend([parameter.sum() * float("nan")], optimizer, toy_config(), CPU, 40)
    assert parameter.item() == 1


def test_parameters_that_the_loss_does_not_reach_stay():
    used, unused = (torch.nn.Parameter(torch.ones(1)) for _ in range(2))
    optimizer = torch.optim.SGD([used, unused], lr=1, weight_decay=0.1)
    descend([used.sum()], optimizer, toy_config(), CPU, 0)
    assert unused.item() == 1


def test_bf16_computes_in_bfloat16_on_this_device():
    with autocast(toy_config(precision="bf16"), CPU):
        assert (torch.ones(2, 2) @ torch.ones(2, 2)).dtype == torch.bfloat16
    with autocast(toy_config(), CPU):
        assert (torch.ones(2, 2) @ torch.ones(2, 2)).dtype == torch.float32


@dataclass(frozen=True)
class Pair:
    left: torch.Tensor
    right: list[torch.Tensor]


class Named(NamedTuple):
    inner: torch.Tensor
    outer: tuple[torch.Tensor, str]


def test_all_tensors_inside_a_batch_move():
    batch = {
        "a": Pair(torch.ones(1), [torch.ones(2)]),
        "b": (torch.ones(3), "name"),
        "c": Named(torch.ones(4), (torch.ones(5), "name")),
    }
    moved = to_device(batch, torch.device("meta"))
    assert moved["a"].left.is_meta
    assert moved["a"].right[0].is_meta
    assert moved["b"][0].is_meta
    assert moved["c"].inner.is_meta
    assert moved["c"].outer[0].is_meta
    assert moved["b"][1] == "name"
