from dataclasses import replace

import numpy as np
import pytest
import torch
from boxes import NAMED, Boxes
from torch.testing import assert_close
from toy_stage import whole

from nurie.data.samples import UNKNOWN
from nurie.errors import WeightsError
from nurie.training.batches import batches, split
from nurie.training.checkpoint import load_checkpoint
from nurie.training.distributed import Machine
from nurie.training.kept_views import KeptViews
from nurie.training.loop import init_run, start_run, train
from nurie.training.noise import Noise
from nurie.training.palette import KIND, SAME, PaletteStage, affinity_loss, flow_loss
from nurie.training.stages import find_preset

CPU = Machine(torch.device("cpu"))
TINY = replace(
    KIND.presets["tiny"], images=24, batch_size=4, workers=0, save_every=12, sheet_every=24, sheet_drawings=2
)
DRAWINGS = Boxes(side=64, parts=NAMED)


def make_batch(stage, count=3):
    samples = [stage.prepare(DRAWINGS.load(n), np.random.default_rng(i)) for i, n in enumerate(Boxes.names[:count])]
    return stage.collate(samples)


def test_training_runs_and_draws_a_sheet(tmp_path):
    run = start_run(PaletteStage(TINY, CPU), TINY, CPU, tmp_path)
    assert train(run, DRAWINGS) == 24
    assert list((tmp_path / "sheets").iterdir())


def test_training_lowers_the_loss_on_one_batch():
    stage = PaletteStage(replace(TINY, warmup_images=0), CPU)
    batch = make_batch(stage)
    losses = [
        stage.step(whole(batch, 3), i * 4)["flow"].item()  # the same noise each time
        for i in range(40)
    ]
    assert losses[-1] < 0.7 * losses[0]


def test_the_loss_of_a_known_palette_is_zero_whatever_the_network_says():
    stage = PaletteStage(TINY, CPU)
    batch = make_batch(stage)

    tokens = stage.net.encode(batch.sketch, batch.regions)
    stage.net.denoise = lambda *_: batch.palette
    assert flow_loss(stage.net, tokens, batch, 0.3, Noise(0, range(3))) == 0


def test_affinity_is_told_from_colours_and_kinds():
    stage = PaletteStage(TINY, CPU)
    batch = make_batch(stage, 1)
    batch = batch._replace(palette=torch.zeros_like(batch.palette), kinds=torch.zeros_like(batch.kinds))
    count = batch.palette.shape[1]
    sure = torch.full((1, count, count), 20.0)
    assert affinity_loss(sure, batch) == (pytest.approx(0, abs=1e-6), 1)
    assert affinity_loss(-sure, batch) == (pytest.approx(20), 0)
    shades = torch.linspace(0, SAME, count)[None, :, None].expand_as(batch.palette)
    loss, right = affinity_loss(-sure, batch._replace(palette=shades * count))  # no two are the same
    assert (loss, right) == (pytest.approx(0, abs=1e-6), 1)
    other = batch._replace(kinds=torch.arange(count)[None])  # one colour, but a sleeve is no paper
    assert affinity_loss(-sure, other)[0] == pytest.approx(0, abs=1e-6)


def test_affinity_learns_from_its_own_task_alone():
    stage = PaletteStage(TINY, CPU)
    batch = make_batch(stage)
    tokens = stage.net.encode(batch.sketch, batch.regions)
    flow_loss(stage.net, tokens, batch, 0.0, Noise(0, range(3))).backward()
    assert all(parameter.grad is None for parameter in stage.net.reader.affinity.parameters())
    assert stage.net.reader.together.grad is not None
    assert "accuracy/affinity" in stage.step(whole(batch, 3), 0)


def test_a_run_goes_on_from_a_network_without_affinity(tmp_path):
    older = replace(TINY, images=4, network={"affinity": 0})
    first = start_run(PaletteStage(older, CPU), older, CPU, tmp_path / "first")
    assert "affinity" not in first.stage.step(whole(make_batch(first.stage), 3), 0)
    train(first, DRAWINGS)
    second = start_run(PaletteStage(replace(TINY, seed=1), CPU), TINY, CPU, tmp_path / "second")
    fresh = {name: value.clone() for name, value in second.stage.net.reader.affinity.state_dict().items()}
    init_run(second, load_checkpoint(tmp_path / "first"))
    for net in (second.stage.net, second.average.networks["palette"]):
        assert_close(net.reader.token.weight, first.average.networks["palette"].reader.token.weight)
        assert all(torch.equal(value, fresh[name]) for name, value in net.reader.affinity.state_dict().items())
    with pytest.raises(WeightsError, match="does not fit the palette"):  # the other way round something would be lost
        init_run(first, load_checkpoint(_trained(second, tmp_path / "second")))


def _trained(run, folder):
    run.config = replace(run.config, images=4)
    train(run, DRAWINGS)
    return folder


def test_padding_does_not_change_the_loss():
    stage = PaletteStage(TINY, CPU)
    samples = [stage.prepare(DRAWINGS.load(Boxes.names[0]), np.random.default_rng(2))] * 2
    batch = stage.collate(samples)
    tokens = stage.net.encode(batch.sketch, batch.regions)
    here = flow_loss(stage.net, tokens, batch, 0.0, Noise(1, range(2)))
    loud = batch._replace(pixels=torch.cat([batch.pixels, torch.full((2, 1), 1e4)], 1))
    regions = loud.regions._replace(
        geometry=torch.cat([batch.regions.geometry, torch.ones(2, 1, 15)], 1),
        present=torch.cat([batch.regions.present, torch.zeros(2, 1)], 1),
        pair_region=batch.regions.pair_region + batch.regions.pair_region // batch.palette.shape[1],
    )
    assert regions.present.shape[1] == batch.palette.shape[1] + 1
    wider = stage.net.encode(batch.sketch, regions)
    assert_close(wider.tokens[:, :-1], tokens.tokens, atol=1e-5, rtol=1e-4)
    assert torch.isfinite(here)


def test_found_regions_know_what_they_are():
    stage = PaletteStage(replace(TINY, true_regions=1.0), CPU)
    kinds = make_batch(stage).kinds
    assert {0, 3} <= set(kinds.flatten().tolist()) <= {0, 3, UNKNOWN}


def test_without_names_the_helper_task_is_silent():
    stage = PaletteStage(TINY, CPU)
    sample = stage.prepare(Boxes(side=64).load(Boxes.names[0]), np.random.default_rng(0))
    scores = stage.step(whole(stage.collate([sample]), 1), 0)
    assert scores["kind"] == 0
    assert torch.isfinite(scores["flow"])


def test_presets_are_found_by_name():
    assert find_preset("palette", "tiny").side == 64


@pytest.mark.parametrize("side", [64, 128])
def test_the_side_of_the_settings_is_the_side_of_the_network(side):
    stage = PaletteStage(replace(TINY, side=side), CPU)
    assert (stage.shape.side, stage.shape.grid) == (side, side // 4)


class Siblings(Boxes):
    """Boxes 2n and 2n + 1 are siblings."""

    def siblings(self, name):
        return (f"box-{int(name[4:]) ^ 1:06d}",)


def first_parts(config, drawings=None, **options):
    stage = PaletteStage(config, CPU)
    return stage, next(batches(stage, drawings or Siblings(side=64, parts=NAMED), config, CPU, 0, **options))


def test_samples_come_with_a_reference_where_there_is_one():
    _, parts = first_parts(replace(TINY, referenced=1.0, sheet_drawings=4))
    batch = parts[0].batch
    assert batch.referring.tolist() == [0, 1, 2, 3]
    assert batch.reference.palette.shape == (4, batch.reference.regions.present.shape[1], 3)
    assert not torch.equal(batch.reference.sketch, batch.sketch)
    for config, drawings in ((replace(TINY, referenced=0.0), None), (replace(TINY, referenced=1.0), DRAWINGS)):
        _, parts = first_parts(config, drawings)
        assert parts[0].batch.reference is None


def test_a_drawing_that_is_for_sheets_is_no_reference():
    _, parts = first_parts(replace(TINY, referenced=1.0, sheet_drawings=1))
    seen = split(Boxes.names, 1).training
    assert Boxes.names[0] not in seen
    assert len(parts[0].batch.referring) >= 3  # box 1 alone has none left


def test_kept_views_serve_references_too(tmp_path):
    config = replace(TINY, referenced=1.0, sheet_drawings=4, views=1)
    fresh, kept = (first_parts(config, kept=KeptViews(tmp_path))[1][0].batch for _ in range(2))
    assert torch.equal(fresh.reference.palette, kept.reference.palette)
    assert torch.equal(fresh.reference.sketch, kept.reference.sketch)


def test_references_are_used():
    """With the colours of its sibling given, which are its own, a drawing's loss falls below what noise tells."""
    config = replace(TINY, referenced=1.0, hinted=0.0, warmup_images=0)
    stage = PaletteStage(config, CPU)
    samples = [stage.prepare(DRAWINGS.load(n), np.random.default_rng(i)) for i, n in enumerate(Boxes.names[:4])]
    paired = stage.collate([replace(sample, reference=sample) for sample in samples])
    for i in range(140):
        rolled = [0, 1, 2, 3][i % 4 :] + [0, 1, 2, 3][: i % 4]
        shown = paired._replace(
            palette=paired.palette[rolled],
            reference=paired.reference._replace(palette=paired.reference.palette[rolled]),
        )
        stage.step(whole(shown, 4), i * 4)
    with torch.no_grad():
        losses = [float(stage.loss(batch, Noise(5, range(4)))[1]["flow"]) for batch in (paired, swap(paired))]
    assert losses[0] < 0.9 * losses[1]


def swap(batch):
    """The references in colours that are not the drawings'."""
    return batch._replace(reference=batch.reference._replace(palette=batch.reference.palette.flip(0)))
