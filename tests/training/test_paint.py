from dataclasses import replace

import numpy as np
import pytest
import torch
from boxes import Boxes
from toy_stage import whole

from nurie.errors import InputError
from nurie.model.config import PRESETS as MODELS
from nurie.model.config import ModelConfig
from nurie.training import paint
from nurie.training.distributed import Machine
from nurie.training.paint import PRESETS, PaintStage, face_light
from nurie.training.paint_batch import PreparePaint, collate, to_bytes, to_networks, without_ink
from nurie.training.stages import STAGES, find_preset, find_stage

CPU = Machine(torch.device("cpu"))
SIDE = 32
TINY = replace(
    PRESETS["tiny"], side=SIDE, images=24, batch_size=4, workers=0, save_every=12, sheet_every=24, sheet_drawings=2
)


def make_batch(stage, count=4):
    samples = [stage.prepare(Boxes().load(n), np.random.default_rng(1)) for n in Boxes.names[:count]]
    return stage.collate(samples)


def step(stage, images_seen=0):
    return stage.step(whole(make_batch(stage), 4), images_seen)


@pytest.fixture
def small_models(monkeypatch):
    """Every model of the table, with the tiny one's widths and without flats."""
    small = {"base_channels": 4, "max_channels": 8}
    table = {
        name: replace(config, **small, latent_dim=min(config.latent_dim, 6), patches=min(config.patches, 64))
        for name, config in MODELS.items()
    }
    monkeypatch.setattr(paint, "MODELS", table)


def test_the_table_of_stages_knows_paint():
    assert "paint" in STAGES
    assert find_stage("paint") is paint.KIND
    assert find_preset("paint", "tiny") == PRESETS["tiny"]
    with pytest.raises(InputError, match=r"unknown stage 'ink'; choose from .*palette, steps, paint"):
        find_stage("ink")
    with pytest.raises(InputError, match="the paint stage has no preset 'huge'; choose from tiny, default"):
        find_preset("paint", "huge")


def test_every_preset_names_itself_and_a_model_that_is_there():
    for name, config in PRESETS.items():
        assert config.preset == name
        assert config.stage == "paint"
        assert config.model in MODELS


def test_the_paper_s_settings_are_the_paper_s():
    paper = PRESETS["paper"]
    assert (paper.batch_size, paper.learning_rate, paper.betas, paper.weight_decay) == (8, 0.002, (0, 0.99), 0)
    assert (paper.side, paper.precision, paper.l1) == (256, "float32", 0)


def test_an_unknown_model_is_one_sentence():
    with pytest.raises(InputError, match="unknown paint model 'mine'; choose from tiny"):
        PaintStage(replace(TINY, model="mine"), CPU)


def test_flats_of_a_sample_are_the_colours_of_its_regions():
    sample = PreparePaint(side=SIDE, true_regions=1.0)(Boxes().load("box-000003"), np.random.default_rng(0))
    for label in range(1, sample.regions.max() + 1):
        assert len(np.unique(sample.flats[sample.regions == label], axis=0)) == 1
    paper = sample.sketch > 250
    assert (np.abs(sample.flats.astype(int) - sample.color)[paper] < 8).mean() > 0.8


def test_a_batch_marks_which_regions_are_there():
    one = PreparePaint(side=SIDE, true_regions=1.0)(Boxes().load("box-000000"), np.random.default_rng(0))
    blank = replace(one, regions=np.ones_like(one.regions))
    batch = collate([one, blank])
    assert batch.present.shape == (2, one.regions.max())
    assert batch.present[0].sum() == one.regions.max()
    assert batch.present[1].tolist() == [1] + [0] * (int(one.regions.max()) - 1)


def test_networks_get_ink_as_1_and_colours_from_minus_1_to_1():
    stage = PaintStage(TINY, CPU)
    batch = replace(
        make_batch(stage, 1),
        sketch=torch.tensor([[[0, 255]]], dtype=torch.uint8),
        color=torch.tensor([[[[0, 255, 0], [255, 0, 255]]]], dtype=torch.uint8),
        regions=torch.ones(1, 1, 2, dtype=torch.int32),
    )
    tensors = to_networks(batch, flats=False)
    assert tensors.sketch.flatten().tolist() == [1, 0]
    assert tensors.color[0, :, 0].tolist() == [[-1, 1], [1, -1], [-1, 1]]
    assert tensors.flats is None


@pytest.mark.parametrize("told_flats", [False, True])
def test_a_step_moves_both_networks_and_reports_finite_losses(told_flats):
    stage = PaintStage(replace(TINY, network={"told_flats": told_flats}), CPU)
    before = {name: [p.clone() for p in net.parameters()] for name, net in stage.networks.items()}
    losses = step(stage)
    assert {name for name in losses if "/" not in name} == {"discriminator", "r1", "l1", "l2", "adversarial", "kl"}
    assert {name.partition("/")[0] for name in losses if "/" in name} == {"logit", "balance", "gradient"}
    assert all(torch.isfinite(loss) and not loss.requires_grad for loss in losses.values())
    for name, network in stage.networks.items():
        still = [torch.equal(a, b) for a, b in zip(before[name], network.parameters(), strict=True)]
        assert not all(still), name
    assert all(p.requires_grad for p in stage.discriminator.parameters())


def test_emphasis_weighs_what_is_lit_in_the_truth():
    losses = {weight: step(PaintStage(replace(TINY, adversarial=0.0, emphasis=weight), CPU)) for weight in (0.0, 3.0)}
    for name in ("l1", "l2"):
        assert losses[0.0][name] < losses[3.0][name] < 4 * losses[0.0][name]
    with pytest.raises(InputError, match="emphasis must not be negative"):
        replace(TINY, emphasis=-1.0)
    with pytest.raises(InputError, match=r"network\.flats=true, or emphasis=0"):
        PaintStage(replace(TINY, emphasis=1.0, network={"flats": False}), CPU)


def test_r1_is_reported_where_it_is_computed():
    stage = PaintStage(TINY, CPU)
    assert set(step(stage, 0)) == set(step(stage, 4)) | {"r1"}


def test_losses_without_weight_are_left_out():
    stage = PaintStage(replace(TINY, adversarial=0.0), CPU)
    before = [p.clone() for p in stage.discriminator.parameters()]
    assert set(step(stage)) == {"l1", "l2", "kl", "gradient/generator"}
    assert all(torch.equal(a, b) for a, b in zip(before, stage.discriminator.parameters(), strict=True))


def test_l1_alone_comes_closer_to_the_truth():
    config = replace(TINY, adversarial=0.0, learning_rate=0.01, network={"flats": False})  # flats are too near
    stage = PaintStage(config, CPU)
    losses = [float(step(stage, 4 * number)["l1"]) for number in range(16)]
    assert losses[-1] < losses[0]


def test_drawn_codes_have_the_losses_that_have_weight(small_models):
    names = {"adversarial/drawn", "recovery"}
    for weights, wanted in [((1, 1), names), ((0, 1), {"recovery"}), ((1, 0), {"adversarial/drawn"}), ((0, 0), set())]:
        config = replace(TINY, model="picture_latent", adversarial=float(weights[0]), recovery=float(weights[1]))
        assert names & set(step(PaintStage(config, CPU))) == wanted


def test_the_picture_encoder_learns_nothing_from_finding_drawn_codes_again(small_models):
    stage = PaintStage(replace(TINY, model="picture_latent", adversarial=0.0, recovery=1.0), CPU)
    tensors = to_networks(make_batch(stage), flats=False)
    loss = stage._drawn_losses(tensors, torch.randn(4, 6))["recovery"]
    loss.backward()
    assert all(p.grad is None and p.requires_grad for p in stage.generator.latent.parameters())
    assert stage.generator.to_rgb.weight.grad.abs().sum() > 0


def test_a_sheet_of_a_network_that_reads_pictures_shows_the_code_of_the_truth(small_models):
    stage = PaintStage(replace(TINY, model="picture_latent"), CPU)
    samples = [stage.prepare(Boxes().load("box-000001"), np.random.default_rng(1))]
    generator, tensors = stage.generator.eval(), to_networks(stage.collate(samples), flats=False)
    own = generator(
        tensors.sketch, tensors.regions, w=generator.encode_picture(tensors.color).w, present=tensors.present
    )
    sheet = stage.sheet({"generator": generator}, samples)
    assert np.array_equal(sheet[3 * SIDE : 4 * SIDE], to_bytes(own.image)[0].numpy())


def test_diversity_is_0_where_the_code_comes_to_nothing():
    stage = PaintStage(TINY, CPU)
    samples = [stage.prepare(Boxes().load(n), np.random.default_rng(1)) for n in Boxes.names[:2]]
    generator = stage.generator.eval()
    moved = stage.measure({"generator": generator}, samples)
    assert set(moved) == {"diversity/drawn codes", "diversity/own and drawn"}
    torch.nn.init.zeros_(generator.to_rgb.weight)
    assert set(stage.measure({"generator": generator}, samples).values()) == {0.0}


def test_the_paper_to_the_letter_has_no_kl_and_no_r1(small_models):
    config = replace(
        PRESETS["letter"], **{k: getattr(TINY, k) for k in ("side", "batch_size", "workers")}, perceptual=0.0
    )
    stage = PaintStage(config, CPU)
    assert not {"kl", "r1"} & set(step(stage))
    assert not stage.discriminator.minibatch_std
    batch = to_networks(make_batch(stage), flats=False)
    once, twice = (stage.generator.train()(batch.sketch, batch.regions).w for _ in range(2))
    assert torch.equal(once, twice)


@pytest.mark.parametrize("model", MODELS)
def test_every_model_of_the_table_can_be_trained(small_models, model):
    config = replace(TINY, model=model, perceptual=0.0)
    stage = PaintStage(config, CPU)
    losses = step(stage)
    assert all(torch.isfinite(loss) for loss in losses.values())
    assert ("recovery" in losses) == (stage.model_config.latent == "picture")
    assert ModelConfig(**stage.model) == stage.model_config


def test_the_perceptual_loss_is_used_when_it_has_weight(monkeypatch):
    class TwoMaps(torch.nn.Module):
        def forward(self, rgb):
            return [rgb, 2 * rgb.mean((2, 3), keepdim=True)]

    monkeypatch.setattr(paint, "VGG19Features", TwoMaps)
    losses = step(PaintStage(replace(TINY, perceptual=0.5), CPU))
    assert losses["perceptual"] > 0


def test_weights_follow_the_seed():
    a, b, c = (PaintStage(replace(TINY, seed=seed), CPU).generator.to_rgb for seed in (0, 0, 1))
    states = [torch.cat([p.flatten() for p in layer.parameters()]) for layer in (a, b, c)]
    assert torch.equal(states[0], states[1])
    same = torch.equal(states[0], states[2])
    assert not same or not states[0].any()  # a layer that starts at 0 is 0 for every seed


def test_a_sheet_has_a_column_a_sample_and_does_not_train():
    stage = PaintStage(TINY, CPU)
    samples = [stage.prepare(Boxes().load(n), np.random.default_rng(1)) for n in Boxes.names[:3]]
    generator = stage.generator.eval()
    once, twice = (stage.sheet({"generator": generator}, samples) for _ in range(2))
    assert once.shape == (6 * SIDE, 3 * SIDE, 3)
    assert np.array_equal(once, twice)
    assert np.array_equal(once[:SIDE, :SIDE, 0], samples[0].sketch)
    assert np.array_equal(once[2 * SIDE : 3 * SIDE, :SIDE], samples[0].color)


def test_the_side_of_the_light_leads_the_code():
    codes = face_light(torch.tensor([[0.3], [-0.2], [0.1]]), torch.tensor([-1.0, 0.0, 1.0]))
    assert codes.tolist() == [[-1.0], [-1.0], [1.0]]


def test_of_several_windows_the_one_with_the_most_light_and_shade_is_kept():
    def light(tries, seed):
        prepare = PreparePaint(side=SIDE, true_regions=1.0, window=12, tries=tries)
        sample = prepare(Boxes().load("box-000003"), np.random.default_rng(seed))
        return np.abs(sample.color.astype(int) - sample.flats).mean()

    pairs = [(light(1, seed), light(6, seed)) for seed in range(8)]
    assert all(best >= first for first, best in pairs)
    assert any(best > first for first, best in pairs)


def test_a_window_is_a_part_of_the_view():
    whole_view = PreparePaint(side=SIDE, true_regions=1.0)(Boxes().load("box-000003"), np.random.default_rng(0))
    part = PreparePaint(side=SIDE, true_regions=1.0, window=16)(Boxes().load("box-000003"), np.random.default_rng(0))
    assert part.sketch.shape == part.regions.shape == part.color.shape[:2] == part.flats.shape[:2] == (16, 16)
    places = [
        (top, left)
        for top in range(SIDE - 15)
        for left in range(SIDE - 15)
        if np.array_equal(whole_view.color[top : top + 16, left : left + 16], part.color)
    ]
    assert places


def test_without_ink_light_goes_on_under_the_lines():
    """A box, half in shade, with a line around it and one across."""
    flats = np.full((40, 40, 3), 200, np.uint8)
    regions = np.ones((40, 40), np.int32)
    regions[:, 20:] = 2
    color = flats.copy()
    color[:, 10:20] = 140
    ink = np.full((40, 40), 255, np.uint8)
    ink[:, 19:21] = ink[18:20] = 0
    color[ink == 0] = 0
    bare = without_ink(color, flats, ink, regions)
    assert (bare[:, 12:18] == 140).all()
    assert (bare[:, 22:] == 200).all()
    assert (bare[:, 2:8] == 200).all()
    assert set(np.unique(bare)) == {140, 200}


def test_a_picture_of_ink_alone_is_flat():
    flats = np.full((8, 8, 3), 90, np.uint8)
    black = np.zeros((8, 8), np.uint8)
    assert (without_ink(np.zeros_like(flats), flats, black, np.ones((8, 8), np.int32)) == flats).all()


def test_light_from_two_sides_is_learned():
    """Boxes lit on one side: after some steps the code decides which side is bright."""
    network = {"latent": "light", "latent_dim": 1, "unit_features": True}
    config = replace(TINY, adversarial=0.0, perceptual=0.0, kl=0.0, recovery=0.0, l1=10.0, network=network)
    stage = PaintStage(replace(config, learning_rate=0.01, warmup_images=0), CPU)
    batch = make_batch(stage)
    columns = torch.arange(SIDE) < SIDE // 2
    lights = torch.tensor([-1, 1, -1, 1], dtype=torch.int8)
    bright = torch.stack([columns if light < 0 else ~columns for light in lights])[:, None, :, None]
    color = torch.where(bright, batch.flats.float() * 1.0, batch.flats.float() * 0.5).byte()
    lit = replace(batch, color=color, light=lights)
    for i in range(60):
        stage.step(whole(lit, 4), i * 4)
    tensors = stage._tensors(lit)
    with torch.no_grad():
        codes = [face_light(torch.zeros(4, 1), torch.full((4,), side)) for side in (-1.0, 1.0)]
        left, right = (stage._generate(tensors, w).image for w in codes)
    paper = (tensors.sketch < 0.2) & columns
    assert (left - right)[paper.expand_as(left)].mean() > 0.1
