from dataclasses import replace

import pytest
import torch

from nurie.errors import InputError
from nurie.evaluation.baselines import Contender
from nurie.tables.prepared import FOUND_MAPS, PreparedDrawings
from nurie.tables.rows import PAINTERS, ROWS, TABLES
from nurie.tables.run import rows_of
from nurie.tables.settings import PRESETS
from nurie.tables.stage import TableStage, make_sample
from nurie.tables.train import build_contender
from nurie.training.batches import batches
from nurie.training.distributed import Machine
from nurie.training.stage import Stage

CPU = Machine(torch.device("cpu"))


def make_stage(name, settings, seed=0):
    config = settings.train_config(name, seed)
    return TableStage(build_contender(ROWS[name], settings, seed), config, CPU, ROWS[name].patches)


@pytest.mark.parametrize("name", [name for name in ROWS if name != "patches_1024"])
def test_every_row_can_be_trained(name, settings, data):
    stage = make_stage(name, settings)
    assert isinstance(stage, Stage)
    assert isinstance(stage.contender, Contender)
    before = {part: [p.clone() for p in net.parameters()] for part, net in stage.networks.items()}
    stream = batches(stage, PreparedDrawings(data.training, ROWS[name].regions), stage.config, CPU, 0)
    losses = stage.step(next(stream), 0)
    stream.close()
    assert all(torch.isfinite(loss) and not loss.requires_grad for loss in losses.values())
    assert ("flow" if name == "palette" else "l1") in losses
    for part, network in stage.networks.items():
        same = [torch.equal(a, b) for a, b in zip(before[part], network.parameters(), strict=True)]
        assert not all(same), part
        assert all(p.requires_grad for p in network.parameters())


def test_the_same_losses_are_reported_at_every_step(settings, data):
    stage = make_stage("full", settings)
    stream = batches(stage, PreparedDrawings(data.training, "trapped_ball"), stage.config, CPU, 0)
    names = [set(stage.step(next(stream), images)) for images in (0, 4)]
    stream.close()
    assert names[0] == names[1]


def test_weights_follow_the_seed(settings):
    first, again, other = (
        torch.cat(
            [p.flatten() for p in build_contender(ROWS["full"], settings, seed).networks["generator"].parameters()]
        )
        for seed in (0, 0, 1)
    )
    assert torch.equal(first, again)
    assert not torch.equal(first, other)


def test_patches_take_the_place_of_regions(data):
    drawing = data.training.drawing(0, "trapped_ball")
    assert make_sample(drawing, 64).regions.max() == 64
    assert make_sample(drawing).regions.max() == drawing.regions.max()
    assert ROWS["patches_169"].patches == 169
    assert ROWS["full"].patches == ROWS["cwr"].patches == 0


def test_the_tables_name_rows_that_are_there():
    for table in TABLES.values():
        assert set(table.rows) <= set(ROWS)
        assert set(table.paper) == set(table.rows) - {"palette"}
    assert all(row.regions in FOUND_MAPS for row in ROWS.values())
    assert not set(ROWS) & set(PAINTERS)
    assert rows_of([2, 3]) == ["full", "no_map", "map_input", "cwr", "palette", "learned"]
    with pytest.raises(InputError, match="there is no Table 5; choose from 1, 2, 3, 4"):
        rows_of([5])


def test_every_row_has_the_paper_s_optimizer_and_its_budget(settings):
    paper = PRESETS["paper"].train_config("full", 3)
    assert (paper.batch_size, paper.learning_rate, paper.betas, paper.side) == (8, 0.002, (0, 0.99), 256)
    assert paper.seed == 3
    assert settings.train_config("full", 0).images == settings.images


def test_impossible_settings_are_refused(settings):
    with pytest.raises(InputError, match="tested must be at least 1, got 0"):
        replace(settings, tested=0)
    with pytest.raises(InputError, match="side must be a power of two"):
        replace(settings, side=33)
