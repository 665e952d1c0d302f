import shutil

import pytest
import torch
from same_step import DRAWINGS, build, steady

from nurie.training.distributed import Machine
from nurie.training.loop import start_run, train

CPU = Machine(torch.device("cpu"))


@pytest.mark.slow
@pytest.mark.filterwarnings("default")  # the compiler has many of its own
@pytest.mark.skipif(not shutil.which("g++"), reason="torch.compile wants a C++ compiler")
@pytest.mark.parametrize("stage", ["gaps", "paint"])
def test_compiled_networks_take_the_same_steps(tmp_path, stage):
    states = []
    for compiled in (False, True):
        made = steady(build(stage, CPU, compile=compiled))
        run = start_run(made, made.config, CPU, tmp_path / str(compiled))
        train(run, DRAWINGS)
        states.append({f"{name}.{k}": v for name, net in made.networks.items() for k, v in net.state_dict().items()})
    eager, compiled = states
    assert eager.keys() == compiled.keys()
    for key, value in eager.items():
        torch.testing.assert_close(compiled[key], value, rtol=1e-3, atol=1e-5, msg=key)
