import pytest
import torch
from torch import nn

from nurie.training.ema import Average, ema_decay


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.tensor([1.0, 2.0]))
        self.register_buffer("mean", torch.tensor(3.0))
        self.register_buffer("count", torch.tensor(4))


def test_after_zero_steps_the_average_equals_the_weights():
    net = Net()
    average = Average({"net": net}, ["net"], 100)
    states = average.networks["net"].state_dict(), net.state_dict()
    assert all(torch.equal(states[0][key], states[1][key]) for key in states[1])


def test_half_is_forgotten_after_a_halflife():
    assert ema_decay(10, 100.0) ** 10 == pytest.approx(0.5)
    net = Net()
    average = Average({"net": net}, ["net"], 100)
    with torch.no_grad():
        net.weight.fill_(0.0)
    for step in range(10):
        average.update({"net": net}, 10, images_seen=100_000 + 10 * step)
    torch.testing.assert_close(average.networks["net"].weight, torch.tensor([0.5, 1.0]))


def test_the_first_weights_are_forgotten_early():
    net = Net()
    average = Average({"net": net}, ["net"], 1_000_000)
    with torch.no_grad():
        net.weight.fill_(0.0)
    for seen in range(10, 1010, 10):
        average.update({"net": net}, 10, images_seen=seen)
    assert average.networks["net"].weight.max() < 1e-3


def test_buffers_follow_the_network():
    net = Net()
    average = Average({"net": net}, ["net"], 100)
    net.mean.fill_(7.0)
    net.count.fill_(8)
    average.update({"net": net}, 1, images_seen=1)
    assert average.networks["net"].mean == 7
    assert average.networks["net"].count == 8


def test_the_average_is_not_trained_and_in_eval_mode():
    average = Average({"net": Net()}, ["net"], 100).networks["net"]
    assert not average.training
    assert not any(parameter.requires_grad for parameter in average.parameters())
