import json
from dataclasses import asdict, replace

import jaxtyping
import numpy as np
import pytest
import torch

from nurie.cli import main
from nurie.errors import InputError, OutputError, WeightsError
from nurie.export import export_boundary, export_paint, export_palette, export_weights
from nurie.export.half import round_to_half
from nurie.images import fit_square
from nurie.inference import Colorizer
from nurie.inference.palette import PaletteNetwork, draw_noise
from nurie.inference.weights import ENCODER, MANIFEST, PAINT, STEP, load_weights
from nurie.model.boundary import BoundaryNet
from nurie.model.config import PRESETS
from nurie.model.generator import build_generator
from nurie.model.palette import PALETTE_PRESETS, RegionBatch, build_palette, sample_palette
from nurie.regions import segment_regions
from nurie.regions.descriptors import describe_regions
from nurie.regions.learned import find_edges
from nurie.training.checkpoint import load_checkpoint, save_checkpoint


def save(folder, stage, net, config):
    state = {"images_seen": 1000, "stage": stage, "config": {}, "model": json.loads(json.dumps(asdict(config)))}
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
        "paint": save(folder / "paint", "paint", build_generator(config), config),
        "paper": save(folder / "paper", "paint", torch.nn.Identity(), PRESETS["paper"]),
        "strange": save(folder / "strange", "palette", torch.nn.Linear(1, 1), PALETTE_PRESETS["tiny"]),
        "empty": save(folder / "empty", "palette", torch.nn.Identity(), PALETTE_PRESETS["tiny"]),
    }


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
    assert not np.array_equal(first.colors, second.colors)


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
        found = network.sample(network.encode(network.read(sketch, regions)), noise, np.zeros_like(noise), known)
        assert np.abs(expected[0].numpy() - found).max() < 1e-4


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
    with pytest.raises(InputError, match="give one palette checkpoint and at most one paint checkpoint"):
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


def test_a_checkpoint_of_another_stage_has_no_boundary(checkpoints, tmp_path):
    with pytest.raises(InputError, match="boundary stage"):
        export_boundary(checkpoints["palette"], tmp_path / "boundary.onnx")
