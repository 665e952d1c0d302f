"""Checkpoints -> a folder of weights for `nurie.inference`. The graph is the model itself."""

import logging
import tempfile
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeVar

import torch
from torch import nn
from torch.export import Dim
from torch.nn.attention import SDPBackend, sdpa_kernel

from nurie.errors import InputError, OutputError, WeightsError
from nurie.export.bytes import round_to_bytes, store_in_bytes
from nurie.export.graphs import (
    BOUNDARY_KIND,
    PAINT_KIND,
    SIMPLIFY_KIND,
    STEP_KIND,
    BoundaryGraph,
    GraphKind,
    Inputs,
    PaintGraph,
    PaletteEncoder,
    PaletteStep,
    SimplifyGraph,
    boundary_inputs,
    encoder_inputs,
    paint_inputs,
    step_inputs,
)
from nurie.export.half import fold_norms, round_to_half, store_in_half
from nurie.export.parity import Parity, measure_parity
from nurie.inference.weights import (
    ENCODER,
    MANIFEST,
    PAINT,
    STEP,
    PaintSettings,
    PaletteSettings,
    write_manifest,
)
from nurie.model.boundary import BoundaryNet
from nurie.model.config import ModelConfig
from nurie.model.generator import build_generator
from nurie.model.palette import TEMPERATURES, LearnedPlan, PaletteConfig, build_palette
from nurie.model.simplify import SimplifyNet
from nurie.training.checkpoint import Checkpoint, load_checkpoint, load_into

BITS = (16, 8)
"""Of a stored weight."""

OPSET = 18  # the first in which ScatterElements takes a maximum, which pools regions
STEPS = 24  # Euler steps from noise to colours, of a network that was not taught to go in fewer
LICENSE = "Apache-2.0"
CARD = "docs/model-card.md"

PALETTE_CASES = ((1, 1), (1, 7), (1, 300), (3, 33))
"""Batch and number of regions of each comparison with PyTorch."""

BOUNDARY_CASES = ((1, 4, 4), (1, 16, 9), (2, 3, 5))
"""Batch, height and width in strides of the network."""

PAINT_CASES = ((1, 2, 2, 1), (1, 4, 3, 40), (2, 2, 4, 7))
"""Batch, height and width in strides of the network, and number of regions."""

Exported = dict[str, Parity]
Config = TypeVar("Config")


def export_weights(checkpoints: Sequence[str | Path], out: str | Path, *, bits: int = 16) -> Exported:
    """Export a palette checkpoint, and perhaps a paint checkpoint, to a folder of weights.

    The averaged networks are exported, rounded to half precision, with 8 `bits` their matrices to
    bytes. The folder appears when every
    graph agrees with PyTorch, or not at all; weights that were there before are replaced.

    Returns:
        How far each graph is from PyTorch.

    Raises:
        InputError: not one palette checkpoint and at most one paint checkpoint; or other bits.
        WeightsError: a checkpoint is missing or damaged, or its graph disagrees with PyTorch.
        OutputError: `out` cannot be written, or holds something else than weights.
    """
    out = Path(out)
    if bits not in BITS:
        raise InputError(f"weights are stored with {' or '.join(map(str, BITS))} bits, not with {bits}")
    stages = _sort_checkpoints([load_checkpoint(Path(path)) for path in checkpoints])
    if out.exists() and not (out / MANIFEST).is_file() and (out.is_file() or any(out.iterdir())):
        raise OutputError(f"{out} is there and holds no weights; choose a new folder")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{out.name}.", dir=out.parent) as temporary:
            exported = _export_stages(stages, Path(temporary), bits)
            out.mkdir(exist_ok=True)
            (out / PAINT).unlink(missing_ok=True)
            for path in Path(temporary).iterdir():
                path.replace(out / path.name)
    except OSError as error:
        raise OutputError(f"{out} cannot be written: {error.strerror or error}") from error
    return exported


def export_palette(checkpoint: Checkpoint, out: Path, bits: int = 16) -> tuple[PaletteSettings, Exported]:
    """Write the two graphs of a palette checkpoint into the folder `out`, and compare them with PyTorch.

    Raises:
        WeightsError: the checkpoint does not fit this version, or a graph disagrees.
    """
    config: PaletteConfig = _read_config(PaletteConfig, checkpoint)
    net = build_palette(config)
    _load_averaged(net, checkpoint, bits)
    drawings = [encoder_inputs(config, batch=n, num_regions=k) for n, k in PALETTE_CASES]
    steps = [step_inputs(net, inputs) for inputs in drawings]
    encoder = PaletteEncoder(net)
    exported = {
        ENCODER: _export(encoder, encoder.kind, drawings, out / ENCODER),
        STEP: _export(PaletteStep(net), STEP_KIND, steps, out / STEP),
    }
    settings = PaletteSettings(
        side=config.side,
        grid=config.grid,
        **_read_plan(checkpoint),
        temperatures=TEMPERATURES,
        references=_learned_references(checkpoint),
    )
    return settings, exported


def export_boundary(checkpoint: str | Path, path: str | Path, bits: int = 16) -> Parity:
    """Write the graph of a boundary checkpoint to a file, and compare it with PyTorch.

    It belongs to the package's region methods (`nurie.regions.learned`), not to a folder of weights. With 8 `bits` its
    middle layers compute in integers (`nurie.export.eight_bits`), after the comparison.

    Raises:
        WeightsError: the checkpoint does not fit this version, or the graph disagrees.
        InputError: it is a checkpoint of another stage.
        OutputError: the file cannot be written.
    """
    loaded, channels = _load_stage(checkpoint, "boundary")
    net = BoundaryNet(channels)
    _load_averaged(net, loaded)
    fold_norms(net)
    round_to_half(net)
    return _export_file(BoundaryGraph(net), BOUNDARY_KIND, Path(path), bits)


def export_simplify(checkpoint: str | Path, path: str | Path) -> Parity:
    """Write the graph of a simplify checkpoint to a file, and compare it with PyTorch.

    It belongs to the package's ways to clean a sketch (`nurie.sketch.simplify`), not to a folder of weights.

    Raises:
        WeightsError: the checkpoint does not fit this version, or the graph disagrees.
        InputError: it is a checkpoint of another stage.
        OutputError: the file cannot be written.
    """
    loaded, channels = _load_stage(checkpoint, "simplify")
    net = SimplifyNet(channels)
    _load_averaged(net, loaded)
    fold_norms(net)
    round_to_half(net)
    return _export_file(SimplifyGraph(net), SIMPLIFY_KIND, Path(path))


def export_paint(checkpoint: Checkpoint, out: Path, bits: int = 16) -> tuple[PaintSettings, Exported]:
    """Write the graph of a paint checkpoint into the folder `out`, and compare it with PyTorch.

    Raises:
        WeightsError: as for `export_palette`, or the network does not paint on flats.
    """
    config: ModelConfig = _read_config(ModelConfig, checkpoint)
    if not config.flats:
        raise WeightsError(
            f"{checkpoint.path} does not paint on flats, so it cannot follow a palette; "
            "train the paint stage with a preset that does"
        )
    net = build_generator(config)
    _load_averaged(net, checkpoint, bits)
    cases = [
        paint_inputs(batch=n, height=h * net.stride, width=w * net.stride, num_regions=k, latent_dim=config.latent_dim)
        for n, h, w, k in PAINT_CASES
    ]
    exported = {PAINT: _export(PaintGraph(net), PAINT_KIND, cases, out / PAINT)}
    latent_dim = 0 if config.latent == "plain" else config.latent_dim
    return PaintSettings(side=config.side, latent_dim=latent_dim, light=config.latent == "light"), exported


def _export_stages(stages: Mapping[str, Checkpoint], out: Path, bits: int) -> Exported:
    palette, exported = export_palette(stages["palette"], out, bits)
    paint = None
    if "paint" in stages:
        paint, more = export_paint(stages["paint"], out, bits)
        exported |= more
    record = {
        "license": LICENSE,
        "card": CARD,
        "bits": bits,
        "training": {
            stage: {
                "images_seen": checkpoint.images_seen,
                "model": dict(checkpoint.model),
                "versions": dict(checkpoint.versions),
            }
            for stage, checkpoint in stages.items()
        },
        "parity": {name: asdict(parity) for name, parity in exported.items()},
    }
    write_manifest(out, palette=palette, paint=paint, record=record)
    return exported


def _sort_checkpoints(checkpoints: Sequence[Checkpoint]) -> dict[str, Checkpoint]:
    stages = ["palette" if checkpoint.stage == "steps" else checkpoint.stage for checkpoint in checkpoints]
    if sorted(stages) not in (["palette"], ["paint", "palette"]):
        raise InputError(
            "give one palette or steps checkpoint and at most one paint checkpoint; "
            f"these are of the stages: {', '.join(stages) or 'none'}"
        )
    return dict(zip(stages, checkpoints, strict=True))


def _read_plan(checkpoint: Checkpoint) -> dict[str, Any]:
    """The steps from noise to colours: Euler's, or those that the steps stage has learned."""
    state = checkpoint.networks().get("plan")
    if state is None:
        return {"steps": STEPS}
    plan = LearnedPlan(len(state["lengths"]))
    load_into({"plan": plan}, {"plan": state}, checkpoint.path)
    times, memory = plan()
    return {
        "steps": len(memory),
        "times": [round(time, 6) for time in times[:-1].tolist()],
        "memory": [[round(share, 6) for share in row[:step]] for step, row in enumerate(memory.tolist())],
    }


def _learned_references(checkpoint: Checkpoint) -> bool:
    """Whether some of the drawings that it learned from had a coloured reference."""
    share = checkpoint.config.get("referenced", 0)
    return isinstance(share, int | float) and share > 0


def _read_config(kind: type[Config], checkpoint: Checkpoint) -> Config:
    # JSON has no tuples.
    fields = {k: tuple(v) if isinstance(v, list) else v for k, v in checkpoint.model.items()}
    try:
        return kind(**fields)
    except (TypeError, InputError) as error:
        raise WeightsError(
            f"{checkpoint.path} was trained by another version of nurie ({error}); use that one"
        ) from error


def _load_averaged(net: nn.Module, checkpoint: Checkpoint, bits: int = 16) -> None:
    """Load the one network whose average a stage keeps, rounded, ready for use; a plan is none."""
    states = {name: state for name, state in checkpoint.networks().items() if name != "plan"}
    if len(states) != 1:
        raise WeightsError(f"{checkpoint.path} holds {len(states)} averaged networks, not one; train it again")
    load_into(dict.fromkeys(states, net), states, checkpoint.path)
    net.eval()
    round_to_half(net)
    if bits == 8:
        round_to_bytes(net)


def _load_stage(checkpoint: str | Path, stage: str) -> tuple[Checkpoint, tuple[int, ...]]:
    """A checkpoint of this stage, and the channels of its network."""
    loaded = load_checkpoint(Path(checkpoint))
    if loaded.stage != stage:
        raise InputError(f"{checkpoint} is of the {loaded.stage} stage; give a checkpoint of the {stage} stage")
    channels = loaded.model["channels"]
    assert isinstance(channels, list)
    return loaded, tuple(channels)


def _export_file(module: nn.Module, kind: GraphKind, path: Path, bits: int = 16) -> Parity:
    """Export a network that reads a sketch to a file that appears whole or not at all."""
    cases = [boundary_inputs(batch=n, height=h, width=w) for n, h, w in BOUNDARY_CASES]
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{path.name}.", dir=path.parent) as temporary:
            parity = _export(module, kind, cases, Path(temporary) / path.name)
            if bits == 8:
                from nurie.export.eight_bits import compute_in_bytes  # the generators are behind it

                compute_in_bytes(Path(temporary) / path.name)
            (Path(temporary) / path.name).replace(path)
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror or error}") from error
    return parity


def _export(module: nn.Module, kind: GraphKind, cases: Sequence[Inputs], path: Path) -> Parity:
    free: list[dict[int, Any]] = [dict.fromkeys(axes, Dim.DYNAMIC) for axes in kind.inputs.values()]
    # The last case: of several pictures and regions, so that no length is 1 and taken for fixed.
    example = tuple(cases[-1].values())
    with _quiet_exporter(), sdpa_kernel(SDPBackend.MATH), torch.no_grad():
        # The other kernels of attention leave strides behind that the exporter cannot follow.
        program = torch.onnx.export(
            module.eval(),
            example,
            input_names=list(kind.inputs),
            output_names=list(kind.outputs),
            dynamic_shapes=tuple(free),
            opset_version=OPSET,
            dynamo=True,
            verbose=False,
        )
        assert program is not None, "without a file name the exporter returns the program"
        program.save(path)
    store_in_bytes(path)
    store_in_half(path)
    return measure_parity(path, module, cases)


@contextmanager
def _quiet_exporter() -> Iterator[None]:
    """Keep warnings about PyTorch's own workings and about optional packages from the user."""
    logger = logging.getLogger("torch.onnx")
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.setLevel(level)
