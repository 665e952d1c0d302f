"""How a flow is walked in few steps: where each begins, and what it keeps of the steps before.

A step goes from time t to t', towards the clean palette c that the network sees from where it stands (Euler), and on by
how that palette has changed since the steps before, c_j (their share is `memory`):

x' = x + (c - x) (t' - t) / (1 - t) + sum of memory_j (c - c_j)

Whatever the memory, a flow whose clean palette never changes is walked exactly, in one step as in many.
"""

import math
from typing import NamedTuple

import torch
from jaxtyping import Float
from torch import Tensor, nn


class Plan(NamedTuple):
    """Steps through a flow."""

    times: Float[Tensor, " n_plus_1"]
    """Where the steps begin and the last one ends: 0, ..., 1."""
    memory: Float[Tensor, "n n"]
    """Row i is step i's; what lies on the diagonal and right of it counts nothing."""


def straight(steps: int) -> Plan:
    """Euler's steps, all of the same length."""
    return Plan(torch.linspace(0, 1, steps + 1, dtype=torch.float64).float(), torch.zeros(steps, steps))


def curved(steps: int) -> Plan:
    """Steps of the same length that let the clean palette change as it did along the step before.

    Exact where it changes in a line (the second order of Adams and Bashforth, with the integral of 1 / (1 - t)^2 done
    in closed form): 24 such steps lie as near to the end of the flow as 96 of Euler's.
    """
    plan = straight(steps)
    for step in range(1, steps):
        time, end = step / steps, (step + 1) / steps
        rest = (1 - end) * math.log((1 - time) / (1 - end)) if step + 1 < steps else 0.0
        plan.memory[step, step - 1] = 1 - steps * rest
    return plan


class LearnedPlan(nn.Module):
    """A plan that is trained.

    It begins with steps that grow a little shorter, a fourth of the change since the step before, and half of it in the
    last step: about what four steps of a trained network learn.
    """

    def __init__(self, steps: int) -> None:
        """The same for every seed."""
        super().__init__()
        self.lengths = nn.Parameter(straight(steps).times.pow(0.88).diff().log())
        memory = torch.diag(torch.full((steps - 1,), 0.25), -1)
        memory[-1] *= 2
        self.memory = nn.Parameter(memory)

    def forward(self) -> Plan:
        """The plan as it is now; lengths are positive, whatever is learned."""
        ends = torch.softmax(self.lengths, 0).cumsum(0)
        times = torch.cat([ends.new_zeros(1), ends[:-1], ends.new_ones(1)])
        return Plan(times, self.memory.tril(-1))
