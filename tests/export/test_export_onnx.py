import json
from dataclasses import asdict, replace

import jaxtyping
import numpy as np
import onnx
import pytest
import torch

from nurie.cli import main
from nurie.colors import rgb_to_palette
from nurie.errors import InputError, OutputError, WeightsError
from nurie.export import eight_bits, export_boundary, export_paint, export_palette, export_weights
from nurie.export.graphs import paint_inputs
from nurie.export.half import round_to_half
from nurie.graphs import Graph
from nurie.images import fit_square
from nurie.inference import Colorizer
from nurie.inference.palette import PaletteNetwork, draw_noise
from nurie.inference.weights import ENCODER, MANIFEST, PAINT, STEP, load_weights
from nurie.model.boundary import BoundaryNet
from nurie.model.config import PRESETS
from nurie.model.generator import build_generator
from nurie.model.palette import (
    PALETTE_PRESETS,
    REFERENCE,
    LearnedPlan,
    RegionBatch,
    Tokens,
    build_palette,
    refer,
    sample_palette,
)
from nurie.regions import segment_regions
from nurie.regions.descriptors import describe_regions
from nurie.regions.learned import find_edges
from nurie.training.checkpoint import load_checkpoint, load_into, save_checkpoint


def save(folder, stage, net, config, **settings):
    state = {"images_seen": 1000, "stage": stage, "config": settings, "model": json.loads(json.dumps(asdict(config)))}
    return save_checkpoint(folder, state, {stage: net}, {stage: net}, {})


@pytest.fixture(scope="module")
def palette():
    torch.manual_seed(0)
    return build_palette("tiny").eval()


@pytest.fixture(scope="module")
def checkpoints(palette, tmp_path_factory):
    folder = tmp_path_factory.mktemp("run")
    config = PRESETS["tiny"]
    return {
        "palette": save(folder / "palette", "palette", palette, PALETTE_PRESETS["tiny"]),
        "referring": save(folder / "referring", "palette", palette, PALETTE_PRESETS["tiny"], referenced=0.5),
        "paint": save(folder / "paint", "paint", build_generator(config), config),
        "lit": save(folder / "lit", "paint", build_generator(LIT), LIT),
        "paper": save(folder / "paper", "paint", torch.nn.Identity(), PRESETS["paper"]),
        "strange": save(folder / "strange", "palette", torch.nn.Linear(1, 1), PALETTE_PRESETS["tiny"]),
        "empty": save(folder / "empty", "palette", torch.nn.Identity(), PALETTE_PRESETS["tiny"]),
    }


LIT = replace(PRESETS["tiny"], latent="picture")


@pytest.fixture
def _untyped():
    """Without shape checks: those are of the tests only, and know no symbolic sizes."""
    jaxtyping.config.update("jaxtyping_disable", True)
    yield
    jaxtyping.config.update("jaxtyping_disable", False)


def drawing(height, width):
    sketch = np.full((height, width), 255, np.uint8)
    sketch[height // 3] = 0
    sketch[:, width // 2] = 0
    return sketch


@pytest.mark.slow
@pytest.mark.usefixtures("_untyped")
def test_both_stages_become_weights_that_color(checkpoints, tmp_path):
    out = tmp_path / "weights"
    exported = export_weights([checkpoints["paint"], checkpoints["palette"]], out)
    assert set(exported) == {ENCODER, STEP, PAINT}
    assert all(parity.largest < 1e-4 and parity.cases >= 3 for parity in exported.values())
    manifest = json.loads((out / MANIFEST).read_text())
    assert manifest["parity"][STEP] == asdict(exported[STEP])
    assert manifest["training"]["palette"]["images_seen"] == 1000
    assert sorted(path.name for path in out.iterdir()) == sorted([*exported, MANIFEST])
    first, second = Colorizer(out, threads=1)(drawing(70, 90), 2)
    assert first.image.shape == (70, 90, 3)
    assert len(first.colors) == first.regions.max()
    assert not np.array_equal(first.noise, second.noise)  # all of it leads fresh weights to one gray


@pytest.mark.slow
@pytest.mark.usefixtures("_untyped")
def test_the_command_exports_and_inference_draws_what_pytorch_draws(checkpoints, palette, tmp_path, capsys):
    out = tmp_path / "new" / "weights"
    assert main(["export", str(checkpoints["palette"].parent), "-o", str(out)]) == 0
    printed = capsys.readouterr().out
    assert "palette-step.onnx: " in printed
    assert f"{out / MANIFEST}: SHA-256 " in printed

    network = PaletteNetwork(load_weights(out), threads=1)
    net = build_palette("tiny").eval()
    net.load_state_dict(palette.state_dict())
    round_to_half(net)
    for side in (64, 200):
        sketch = drawing(side, side)
        regions = segment_regions(sketch)
        count = int(regions.max())
        noise, known = draw_noise(count, 1, 2), np.arange(count) == 1
        table = describe_regions(regions, sketch, grid=16)
        batch = RegionBatch(
            *(torch.from_numpy(a) for a in (table.geometry[None], np.ones((1, count), np.float32))),
            *(torch.from_numpy(a) for a in (table.pair_region, table.pair_cell, table.pair_pixels)),
        )
        small, _ = fit_square(sketch, 64)
        shown = torch.from_numpy(1 - small.astype(np.float32) / 255)[None, None]
        hints = (torch.zeros(1, count, 3), torch.from_numpy(known[None].astype(np.float32)))
        with torch.no_grad():
            tokens = net.encode(shown, batch)
            kinds = net.reader.kind(tokens.tokens).argmax(2)[..., None]
            sizes = torch.tensor(network.settings.temperatures)[kinds]
            noisy = torch.from_numpy(noise[None]) * sizes
            expected = sample_palette(net, tokens, noisy, steps=network.settings.steps, hints=hints)
            alike = net.reader.affinity(tokens.tokens).sigmoid()
        encoded = network.encode(network.read(sketch, regions))
        assert np.abs(encoded["alike"] - alike.numpy()).max() < 1e-4
        found = network.sample(encoded, noise, np.zeros_like(noise), known)
        assert np.abs(expected[0].numpy() - found).max() < 1e-4


@pytest.mark.slow
@pytest.mark.usefixtures("_untyped")
def test_a_network_without_affinity_is_exported_too(tmp_path):
    config = replace(PALETTE_PRESETS["tiny"], affinity=0)
    checkpoint = save(tmp_path / "run", "palette", build_palette(config).eval(), config)
    export_weights([checkpoint], tmp_path / "weights")
    encoded = Colorizer(tmp_path / "weights", threads=1).encode(drawing(64, 90))
    assert "alike" not in encoded.tokens
    assert len(encoded.sample(0).colors) == encoded.num_regions


@pytest.mark.slow
@pytest.mark.usefixtures("_untyped")
def test_a_learned_plan_is_walked_as_in_pytorch(palette, tmp_path):
    plan = LearnedPlan(3)
    with torch.no_grad():
        plan.lengths.add_(torch.tensor([0.5, 0.0, -0.5]))
    config = json.loads(json.dumps(asdict(PALETTE_PRESETS["tiny"])))
    state = {"images_seen": 9, "stage": "steps", "config": {"referenced": 0.5}, "model": config}
    networks = {"palette": palette, "plan": plan}
    exported = export_weights([save_checkpoint(tmp_path / "run", state, networks, networks, {})], tmp_path / "weights")
    assert exported[STEP].largest < 1e-4
    colorizer = Colorizer(tmp_path / "weights", threads=1)
    network, encoded = colorizer.networks.palette, colorizer.encode(drawing(64, 90))
    assert network.settings.steps == 3
    assert network.settings.references
    assert np.allclose(network.settings.times, plan().times[:-1].detach(), atol=1e-6)
    net = build_palette("tiny").eval()
    net.load_state_dict(palette.state_dict())
    round_to_half(net)
    tokens = Tokens(*(torch.from_numpy(encoded.tokens[name]) for name in ("tokens", "context", "bias")))
    noise = draw_noise(encoded.num_regions, 1, 2)
    sizes = np.array(network.settings.temperatures, np.float32)[encoded.tokens["kinds"][0].argmax(1)][:, None]
    expected = sample_palette(net, tokens, torch.from_numpy(noise * sizes)[None], steps=plan())[0]
    assert np.abs(expected.numpy() - network.sample(encoded.tokens, noise)).max() < 1e-4


@pytest.mark.slow
@pytest.mark.usefixtures("_untyped")
def test_references_are_followed_as_in_pytorch(checkpoints, palette, tmp_path):
    out = tmp_path / "weights"
    export_weights([checkpoints["referring"]], out)
    colorizer = Colorizer(out, threads=1)
    network = colorizer.networks.palette
    assert network.settings.references
    net = build_palette("tiny").eval()
    net.load_state_dict(palette.state_dict())
    round_to_half(net)
    encoded, other = colorizer.encode(drawing(64, 90)), colorizer.encode(drawing(100, 80)[:, ::-1].copy())
    colors = np.random.default_rng(0).integers(0, 256, (other.num_regions, 3)).astype(np.uint8)
    reference, noise = other.refer(colors), draw_noise(encoded.num_regions, 1, 2)
    known, given = np.arange(encoded.num_regions) == 1, np.zeros_like(noise)

    def tokens(arrays):
        return Tokens(*(torch.from_numpy(arrays[name]) for name in ("tokens", "context", "bias")))

    joined = refer(tokens(encoded.tokens), tokens(reference.tokens(network)), torch.tensor([0]))
    shown = np.concatenate([given, rgb_to_palette(colors)])
    flags = np.concatenate([known.astype(np.float32), np.full(len(colors), REFERENCE, np.float32)])
    sizes = np.array(network.settings.temperatures, np.float32)[encoded.tokens["kinds"][0].argmax(1)][:, None]
    noisy = np.concatenate([noise * sizes, np.zeros((len(colors), 3), np.float32)])
    hints = (torch.from_numpy(shown)[None], torch.from_numpy(flags)[None])
    steps = network.settings.steps
    expected = sample_palette(net, joined, torch.from_numpy(noisy)[None], steps=steps, hints=hints)[0, : len(noise)]
    found = network.sample(encoded.tokens, noise, given, known, [reference.refer(network, 512)])
    assert np.abs(expected.numpy() - found).max() < 1e-4
    assert np.abs(network.sample(encoded.tokens, noise, given, known) - found).max() > 1e-3


@pytest.mark.slow
@pytest.mark.usefixtures("_untyped")
@pytest.mark.parametrize("name", ["paint", "lit"])
def test_light_is_drawn_from_a_code(checkpoints, tmp_path, name):
    exported = export_weights([checkpoints["palette"], checkpoints[name]], tmp_path / "weights")
    assert exported[PAINT].largest < 1e-4
    weights = load_weights(tmp_path / "weights")
    assert weights.paint.latent_dim == LIT.latent_dim
    assert not weights.palette.references
    graph = Graph(tmp_path / "weights" / PAINT)
    assert "code" in graph.inputs
    inputs = paint_inputs(batch=1, height=32, width=32, num_regions=3, latent_dim=LIT.latent_dim)
    arrays = {name: tensor.numpy() for name, tensor in inputs.items()}
    lit, unlit = (
        graph({**arrays, "code": arrays["code"] * share})["image"] for share in (np.float32(1), np.float32(0))
    )
    assert not np.array_equal(lit, unlit)
    net = build_generator(LIT if name == "lit" else PRESETS["tiny"]).eval()
    load_into({"paint": net}, load_checkpoint(checkpoints[name]).networks(), tmp_path)
    with torch.no_grad():  # no code is what the network gives by itself: the sketch's own, or the middle of N(0, I)
        own = net(inputs["sketch"], inputs["regions"], inputs["flats"], present=inputs["present"]).image
    assert np.abs(own.numpy() - unlit).max() < 2e-3  # half precision
    first, second = Colorizer(tmp_path / "weights", threads=1)(drawing(70, 90), 2)
    assert first.code.shape == (LIT.latent_dim,)
    assert not np.array_equal(first.code, second.code)


def test_a_failed_export_leaves_nothing_behind(checkpoints, tmp_path):
    for name, message in (("strange", "does not fit the palette"), ("empty", "holds 0 averaged networks")):
        with pytest.raises(WeightsError, match=message):
            export_weights([checkpoints[name]], tmp_path / "weights")
        assert list(tmp_path.iterdir()) == []


def test_paint_without_flats_cannot_follow_a_palette(checkpoints, tmp_path):
    with pytest.raises(WeightsError, match="does not paint on flats, so it cannot follow a palette"):
        export_paint(load_checkpoint(checkpoints["paper"]), tmp_path)


def test_settings_of_another_version(checkpoints, tmp_path):
    checkpoint = replace(load_checkpoint(checkpoints["palette"]), model={"layers": 3})
    with pytest.raises(WeightsError, match=r"was trained by another version of nurie .*'layers'"):
        export_palette(checkpoint, tmp_path)


@pytest.mark.parametrize("names", [(), ("paint",), ("palette", "palette"), ("paint", "paint")])
def test_which_checkpoints_make_weights(checkpoints, tmp_path, names):
    with pytest.raises(InputError, match="give one palette or steps checkpoint and at most one paint checkpoint"):
        export_weights([checkpoints[name] for name in names], tmp_path / "weights")


def test_folders_with_other_things_are_left_alone(checkpoints, tmp_path):
    (tmp_path / "letter.txt").touch()
    with pytest.raises(OutputError, match="is there and holds no weights; choose a new folder"):
        export_weights([checkpoints["palette"]], tmp_path)
    with pytest.raises(OutputError, match="is there and holds no weights"):
        export_weights([checkpoints["palette"]], tmp_path / "letter.txt")


def test_what_is_no_checkpoint(tmp_path):
    with pytest.raises(WeightsError, match="no checkpoint in"):
        export_weights([tmp_path], tmp_path / "weights")


@pytest.mark.slow
@pytest.mark.usefixtures("_untyped")
def test_a_boundary_checkpoint_becomes_a_graph_that_cuts_regions(tmp_path, capsys):
    torch.manual_seed(0)
    net = BoundaryNet().eval()
    state = {"images_seen": 1, "stage": "boundary", "config": {}, "model": {"channels": list(net.channels)}}
    path = save_checkpoint(tmp_path, state, {"boundary": net}, {"boundary": net}, {})
    assert main(["export", str(path), "-o", str(tmp_path / "out")]) == 0
    assert "boundary.onnx" in capsys.readouterr().out
    sketch = drawing(40, 70)
    edges = find_edges(sketch, 50, tmp_path / "out" / "boundary.onnx")
    padded = np.pad(sketch, ((0, 8), (0, 10)), constant_values=255)
    with torch.no_grad():
        expected = net(torch.from_numpy(1 - padded[None, None].astype(np.float32) / 255)).boundary[0, 0, :40, :70] > 0
    assert (edges | ~expected.numpy()).mean() > 0.99


@pytest.mark.slow
@pytest.mark.usefixtures("_untyped")
def test_its_middle_layers_can_compute_in_bytes(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(eight_bits, "CALIBRATION", {"anime": 1})
    torch.manual_seed(0)
    net = BoundaryNet().eval()
    state = {"images_seen": 1, "stage": "boundary", "config": {}, "model": {"channels": list(net.channels)}}
    path = save_checkpoint(tmp_path, state, {"boundary": net}, {"boundary": net}, {})
    assert main(["export", str(path), "--bits", "8", "-o", str(tmp_path / "out")]) == 0
    assert "before rounding" in capsys.readouterr().out
    model = onnx.load(tmp_path / "out" / "boundary-8bit.onnx")
    made_by = {name: node.op_type for node in model.graph.node for name in node.output}
    kinds = [made_by[node.input[1]] for node in model.graph.node if node.op_type == "Conv"]
    assert kinds == 2 * ["Cast"] + 11 * ["DequantizeLinear"] + 2 * ["Cast"]
    sketch = drawing(64, 80)[None, None].astype(np.float32) / 255
    found = Graph(tmp_path / "out" / "boundary-8bit.onnx")({"sketch": 1 - sketch})["quarters"]
    with torch.no_grad():
        expected = net.quarters(torch.from_numpy(1 - sketch)).numpy()
    assert np.corrcoef(found.ravel(), expected.ravel())[0, 1] > 0.99


def test_a_checkpoint_of_another_stage_has_no_boundary(checkpoints, tmp_path):
    with pytest.raises(InputError, match="boundary stage"):
        export_boundary(checkpoints["palette"], tmp_path / "boundary.onnx")
