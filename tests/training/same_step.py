"""Stages whose steps must not depend on how a batch is divided: small, and moved by plain gradient descent.

Adam divides by the gradient's size, and so makes whole steps out of roundings; gradient descent shows the gradient.
"""

from dataclasses import replace

import torch
from boxes import NAMED, Boxes

from nurie.training.stages import find_preset, find_stage

DRAWINGS = Boxes(side=64, parts=NAMED)
SMALL = {"images": 16, "batch_size": 8, "workers": 0, "save_every": 8, "sheet_every": 16, "sheet_drawings": 2}
NETWORKS = {"palette": {}, "paint": {"base_channels": 4, "max_channels": 16}, "gaps": {}}


def build(stage, machine, **changes):
    """A stage of its tiny preset, by a batch of 8."""
    config = replace(
        find_preset(stage, "tiny"), **SMALL, network=NETWORKS[stage], true_regions=1.0, warmup_images=0, **changes
    )
    return find_stage(stage).build(config, machine)


def steady(stage, learning_rate=0.01):
    """The stage with gradient descent in place of Adam."""
    for name, network in stage.networks.items():
        stage.optimizers[name] = torch.optim.SGD(network.parameters(), learning_rate)
    return stage
