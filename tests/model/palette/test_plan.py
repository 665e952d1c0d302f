import math

import pytest
import torch
from torch.testing import assert_close

from nurie.model.palette import LearnedPlan, Plan, Tokens, build_palette, curved, sample_palette, straight, walk

TOKENS = Tokens(torch.zeros(2, 5, 4), torch.zeros(2, 4), torch.zeros(2, 1, 6, 6))
NOISE = torch.randn(2, 5, 3, generator=torch.Generator().manual_seed(0))
NOTHING = torch.zeros(2, 5)
START, SLOPE = torch.randn(2, 2, 5, 3, generator=torch.Generator().manual_seed(1))


def make_flow(clean):
    """A network that says of where and when what `clean` says, and keeps when it was asked."""
    net = build_palette("tiny")
    net.times = []

    def denoise(tokens, noisy, time, known):
        net.times.append(float(time[0].detach()))
        return clean(noisy, time[0])

    net.denoise = denoise
    return net


def land(clean, plan, known=NOTHING, start=NOISE):
    return walk(make_flow(clean), TOKENS, start, known, plan)[-1]


@pytest.fixture
def learned():
    plan = LearnedPlan(4)
    torch.manual_seed(0)
    for parameter in plan.parameters():
        torch.nn.init.normal_(parameter)
    return plan()


@pytest.mark.parametrize("plan", [straight(1), straight(7), curved(1), curved(2), curved(24), LearnedPlan(4)()])
def test_a_straight_flow_is_walked_exactly_in_one_step_as_in_many(plan):
    assert_close(land(lambda x, t: START, plan), START, atol=1e-5, rtol=1e-5)


def test_so_it_is_by_whatever_is_learned(learned):
    assert_close(land(lambda x, t: START, learned), START, atol=1e-5, rtol=1e-5)


def test_euler_is_behind_a_clean_palette_that_changes_and_curved_steps_are_not():
    def clean(x, t):
        return START + t * SLOPE

    for steps in (2, 3, 10):
        assert_close(land(clean, straight(steps)), clean(0, 1 - 1 / steps), atol=1e-5, rtol=1e-5)
        assert_close(land(clean, curved(steps)), clean(0, 1), atol=1e-5, rtol=1e-5)


def test_a_curved_step_is_exact_where_the_clean_palette_changes_in_a_line():
    first, second, _ = walk(make_flow(lambda x, t: START + t * SLOPE), TOKENS, NOISE, NOTHING, curved(3))
    time, end = 1 / 3, 2 / 3
    # dx/dt = (a + b t - x) / (1 - t), from `first` at t = 1/3
    grown = (end - time) - (1 - end) * math.log((1 - time) / (1 - end))
    expected = first * (1 - end) / (1 - time) + (START + time * SLOPE) * (end - time) / (1 - time) + grown * SLOPE
    assert_close(second, expected, atol=1e-5, rtol=1e-5)


def test_curved_steps_come_nearer_than_four_times_as_many_of_euler():
    def clean(x, t):  # half of a line, half of where it stands
        return 0.5 * x.tanh() + START * t

    end = land(clean, straight(2000))
    few, many = (float((land(clean, plan) - end).abs().mean()) for plan in (curved(8), straight(32)))
    assert few < many


def test_the_network_is_asked_when_the_plan_says():
    flow = make_flow(lambda x, t: x)
    plan = Plan(torch.tensor([0, 0.5, 0.6, 1]), torch.zeros(3, 3))
    walk(flow, TOKENS, NOISE, NOTHING, plan)
    assert flow.times == pytest.approx([0, 0.5, 0.6])


def test_what_is_known_stays():
    known = torch.zeros(2, 5)
    known[:, 1] = 1
    for plan in (straight(3), curved(3), LearnedPlan(3)()):
        landed = land(lambda x, t: START + t * SLOPE, plan, known)
        assert torch.equal(landed[:, 1], NOISE[:, 1])
        assert not torch.isclose(landed[:, 0], NOISE[:, 0]).any()


def test_so_many_steps_are_a_plan_of_euler():
    flow = make_flow(lambda x, t: x.tanh() + START * t)
    assert torch.equal(
        sample_palette(flow, TOKENS, NOISE, steps=5), sample_palette(flow, TOKENS, NOISE, steps=straight(5))
    )


def test_a_learned_plan_goes_from_0_to_1_whatever_is_learned(learned):
    assert (learned.times[0], learned.times[-1]) == (0, 1)
    assert (learned.times.diff() > 0).all()
    assert torch.equal(learned.memory, learned.memory.tril(-1))


def test_a_learned_plan_learns():
    plan = LearnedPlan(2)
    land(lambda x, t: x.tanh() + t * SLOPE, plan()).square().sum().backward()
    assert plan.lengths.grad.abs().min() > 0
    assert plan.memory.grad[1, 0] != 0
    assert plan.memory.grad.count_nonzero() == 1
