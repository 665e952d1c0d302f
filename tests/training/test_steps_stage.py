from argparse import Namespace
from dataclasses import replace

import numpy as np
import pytest
import torch
from boxes import NAMED, Boxes
from toy_stage import whole

from nurie.cli.train import make_run
from nurie.errors import InputError, WeightsError
from nurie.model.palette import curved
from nurie.training.checkpoint import load_checkpoint
from nurie.training.distributed import Machine
from nurie.training.loop import init_run, start_run, train
from nurie.training.noise import Noise
from nurie.training.palette import KIND as PALETTE
from nurie.training.palette import PaletteStage
from nurie.training.steps import KIND, PLAN, TEACHER, StepsStage, landing_loss, start_walks

CPU = Machine(torch.device("cpu"))
TINY = replace(
    KIND.presets["tiny"], images=16, batch_size=4, workers=0, views=0, save_every=16, sheet_every=16, sheet_drawings=2
)
DRAWINGS = Boxes(side=64, parts=NAMED)


def make_batch(stage, count=3, referred=False):
    samples = [stage.prepare(DRAWINGS.load(n), np.random.default_rng(i)) for i, n in enumerate(Boxes.names[:count])]
    return stage.collate([replace(s, reference=samples[-1]) for s in samples] if referred else samples)


def loosened(**changes):
    """A stage whose network says different things at different times, as a trained one does."""
    stage = StepsStage(replace(TINY, warmup_images=0, **changes), CPU)
    with torch.no_grad():
        for network in (stage.net, stage.teacher):
            for parameter in network.head.parameters():
                parameter.mul_(4)
    return stage


def state(network):
    return {name: tensor.clone() for name, tensor in network.state_dict().items()}


def test_training_runs_and_draws_a_sheet(tmp_path):
    run = start_run(StepsStage(TINY, CPU), TINY, CPU, tmp_path)
    assert train(run, DRAWINGS) == 16
    assert list((tmp_path / "sheets").iterdir())
    assert set(load_checkpoint(tmp_path).networks()) == {"palette", PLAN}


@pytest.mark.parametrize("learned", ["all", "clock"])
def test_only_the_layers_of_a_step_and_the_plan_learn(learned):
    stage = loosened(learned=learned)
    before = {name: state(network) for name, network in stage.networks.items()}
    stage.step(whole(make_batch(stage), 3), 0)
    after = {name: state(network) for name, network in stage.networks.items()}
    moved = {f"{n}.{k}" for n in before for k in before[n] if not torch.equal(before[n][k], after[n][k])}
    assert {"palette.time.0.weight", "plan.lengths", "plan.memory"} <= moved
    assert ("palette.head.3.weight" in moved) == (learned == "all")
    assert not [name for name in moved if name.startswith(("palette.reader", TEACHER))]


@pytest.mark.parametrize("referred", [False, True])
def test_there_is_nothing_to_learn_for_a_copy_that_takes_the_teachers_steps(referred):
    stage = loosened()
    batch = make_batch(stage, referred=referred)
    assert stage.loss(batch, Noise(0, range(3)))[0] > 1e-3
    stage.plan = lambda: curved(stage.config.teacher_evaluations)
    assert stage.loss(batch, Noise(0, range(3)))[0] == 0


def test_training_brings_the_landing_nearer():
    stage = loosened(learning_rate=2e-3, plan_rate=0.0)
    batch = make_batch(stage)
    losses = [stage.step(whole(batch, 3), i * 4)["landing"].item() for i in range(30)]  # the same noise each time
    assert losses[-1] < 0.7 * losses[0]


def test_the_plan_alone_can_learn():
    stage = loosened(learning_rate=0.0)
    batch = make_batch(stage)
    losses = [stage.step(whole(batch, 3), i * 4)["landing"].item() for i in range(30)]
    assert losses[-1] < 0.9 * losses[0]


def test_noise_has_its_size_and_given_regions_their_colours():
    stage = StepsStage(replace(TINY, draws=64, hinted=0.5), CPU)
    batch = make_batch(stage)
    count = batch.palette.shape[1]
    sizes = torch.full((3, count, 1), 0.5)
    start, known = start_walks(batch, sizes, stage.config, Noise(0, range(3)))
    truth = batch.palette.repeat_interleave(64, 0)
    given = known > 0
    assert start.shape == (3 * 64, count, 3)
    assert torch.equal(start[given], truth[given])
    assert float(start[~given].std()) == pytest.approx(0.5, abs=0.02)
    assert 0.25 < float(given.any(1).float().mean()) < 0.55
    assert not given[batch.regions.present.repeat_interleave(64, 0) == 0].any()


def test_a_loss_is_a_distance_weighted_over_the_regions():
    here, there = torch.zeros(1, 2, 3), torch.tensor([[[3.0, 4.0, 0.0], [9.0, 9.0, 9.0]]])
    assert landing_loss(here, here, torch.ones(1, 2)) == 0
    assert float(landing_loss(here, there, torch.tensor([[2.0, 0.0]]))) == pytest.approx(5, abs=0.1)


def test_a_palette_run_becomes_copy_and_teacher(tmp_path):
    config = replace(PALETTE.presets["tiny"], images=4, batch_size=4, workers=0, sheet_drawings=2)
    palette = start_run(PaletteStage(replace(config, seed=5), CPU), config, CPU, tmp_path / "palette")
    train(palette, DRAWINGS)
    run = start_run(StepsStage(TINY, CPU), TINY, CPU, tmp_path / "steps")
    plan = state(run.stage.plan)
    init_run(run, load_checkpoint(tmp_path / "palette"), KIND.copies)
    learned = load_checkpoint(tmp_path / "palette").networks()["palette"]
    for network in (run.stage.net, run.stage.teacher, run.average.networks["palette"]):
        assert all(torch.equal(tensor, learned[name]) for name, tensor in network.state_dict().items())
    assert all(torch.equal(tensor, plan[name]) for name, tensor in run.stage.plan.state_dict().items())
    with pytest.raises(WeightsError, match="has no 'plan'"):
        init_run(run, load_checkpoint(tmp_path / "palette"))


def test_it_does_not_start_from_nothing(tmp_path):
    args = Namespace(output=tmp_path, resume=False)
    with pytest.raises(InputError, match="goes on from a trained palette network; give its checkpoint with --init"):
        make_run(args, TINY, CPU, None)


def test_a_batch_in_parts_is_the_batch_at_once(tmp_path):
    states = []
    for accumulate in (1, 2):
        config = replace(TINY, images=4, warmup_images=0, accumulate=accumulate, true_regions=1.0)
        stage = StepsStage(config, CPU)
        learned = [*stage.net.parameters(), *stage.plan.parameters()]
        stage.optimizers["palette"] = torch.optim.SGD(learned, 0.01)  # Adam makes whole steps of roundings
        train(start_run(stage, config, CPU, tmp_path / str(accumulate)), DRAWINGS)
        states.append(state(stage.net) | state(stage.plan))
    for name, tensor in states[0].items():
        torch.testing.assert_close(states[1][name], tensor, rtol=1e-4, atol=1e-6)


def test_settings_that_cannot_be():
    with pytest.raises(InputError, match="evaluations must be at least 1, got 0"):
        replace(TINY, evaluations=0)
    with pytest.raises(InputError, match="unknown learned 'some'; choose from all, clock"):
        replace(TINY, learned="some")
