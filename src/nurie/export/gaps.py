"""Checkpoint of the gaps stage -> the file of arrays that `nurie.regions.gaps` reads, proven equal to PyTorch."""

import os
from contextlib import suppress
from pathlib import Path

import numpy as np
import torch

from nurie.errors import InputError, OutputError, WeightsError
from nurie.export.half import round_to_half
from nurie.export.parity import Parity
from nurie.model.gaps import GapNet, turn_doors
from nurie.regions.gaps import NUM_NUMBERS, VIEW_SHAPE, load_network
from nurie.training.checkpoint import load_checkpoint, load_into

DOORS = 256
"""Random doors that both are asked about."""

TOLERANCE = 1e-3
"""Of the logarithm of the odds."""


def export_gaps(checkpoint: str | Path, path: str | Path) -> Parity:
    """Write the network of a gaps checkpoint to a file, in half precision, and compare it with PyTorch.

    Raises:
        WeightsError: the checkpoint does not fit this version, or the two disagree.
        InputError: it is a checkpoint of another stage.
        OutputError: the file cannot be written.
    """
    loaded, path = load_checkpoint(Path(checkpoint)), Path(path)
    if loaded.stage != "gaps":
        raise InputError(f"{checkpoint} is of the {loaded.stage} stage; give a checkpoint of the gaps stage")
    hidden = loaded.model["hidden"]
    assert isinstance(hidden, list)
    net = GapNet((hidden[0], hidden[1]))
    load_into({"gaps": net}, loaded.networks(), loaded.path)
    net.eval()
    round_to_half(net.layers)
    _write(path, net)
    generator = torch.Generator().manual_seed(0)
    views = torch.randint(0, 256, (DOORS, *VIEW_SHAPE), generator=generator).to(torch.uint8)
    numbers = torch.randn((DOORS, NUM_NUMBERS), generator=generator)
    found = load_network(path)(views.numpy(), numbers.numpy())
    difference = float(np.abs(found - _mean_odds(net, views, numbers)).max())
    if not difference < TOLERANCE:
        raise WeightsError(f"{path} differs from PyTorch by {difference:.1e}; this should not happen, please report it")
    return Parity(difference, 1)


@torch.no_grad()
def _mean_odds(net: GapNet, views: torch.Tensor, numbers: torch.Tensor) -> np.ndarray:
    """The network's answers to a door seen from both sides and in the mirror, averaged."""
    views = views.float() / 255
    sides = [(views, numbers), turn_doors(views, numbers)]
    odds = [net(seen, told) for look, told in sides for seen in (look, look.flip(3))]
    return np.asarray(torch.stack(odds).mean(0).numpy())


def _write(path: Path, net: GapNet) -> None:
    layers = [layer for layer in net.layers if isinstance(layer, torch.nn.Linear)]
    arrays = {"mean": net.get_buffer("mean").numpy(), "spread": net.get_buffer("spread").numpy()}
    for number, layer in enumerate(layers):
        arrays[f"matrix{number}"] = layer.weight.detach().numpy().T.astype(np.float16)
        arrays[f"bias{number}"] = layer.bias.detach().numpy().astype(np.float16)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.npz")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        np.savez_compressed(temporary, **arrays)  # type: ignore[arg-type]
        temporary.replace(path)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise OutputError(f"{path} cannot be written: {error.strerror or error}") from error
