"""A training run on disk: folders `checkpoint-000012000` of safetensors and one JSON file, never a pickle.

    model.safetensors       the networks as they train, keys `generator.…`
    ema.safetensors         the averaged networks, same keys: these colour pictures
    optimizer.safetensors   keys `name.index of the parameter.field`
    state.json              images_seen, stage, config, model (what builds the networks), versions

A folder appears complete or not at all: it is written under another name and then renamed.
"""

import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor, nn
from torch.optim import Optimizer

from nurie.errors import OutputError, WeightsError
from nurie.training.toml import write_toml

FORMAT = 1
UNFINISHED = ".part"
_NAME = re.compile(r"checkpoint-(\d{9,})")
_PACKAGES = ("nurie", "torch", "numpy")

StateDict = dict[str, Tensor]


@dataclass(frozen=True)
class Checkpoint:
    """A checkpoint on disk; tensors are read when asked for."""

    path: Path
    images_seen: int
    stage: str
    config: Mapping[str, object]
    """The training settings: `nurie.training.config.from_json` reads them."""
    model: Mapping[str, object]
    """What builds the networks again; the stage says what is in it."""
    versions: Mapping[str, str]
    pending: Mapping[str, tuple[float, int]]
    """Sums and numbers of the scalars since the last report."""

    def networks(self, *, averaged: bool = True) -> dict[str, StateDict]:
        """State dicts by network name, on the CPU.

        Raises:
            WeightsError: the file is missing or damaged.
        """
        return _group(_load(self.path / ("ema.safetensors" if averaged else "model.safetensors")))

    @property
    def sha256(self) -> str:
        """Fingerprint of the averaged networks' file."""
        return hashlib.sha256((self.path / "ema.safetensors").read_bytes()).hexdigest()

    def restore(self, networks: Mapping[str, nn.Module], optimizers: Mapping[str, Optimizer]) -> None:
        """Put the state of training back into networks and optimizers of the same shape.

        Raises:
            WeightsError: a file is missing or damaged, or the shapes differ.
        """
        load_into(networks, self.networks(averaged=False), self.path)
        states = _group(_load(self.path / "optimizer.safetensors"))
        for name, optimizer in optimizers.items():
            groups = optimizer.state_dict()["param_groups"]
            state = {int(key): fields for key, fields in _group(states.get(name, {})).items()}
            optimizer.load_state_dict({"state": state, "param_groups": groups})


def save_checkpoint(
    run: Path,
    state: Mapping[str, object],
    networks: Mapping[str, nn.Module],
    averaged: Mapping[str, nn.Module],
    optimizers: Mapping[str, Optimizer],
) -> Path:
    """Write `run/checkpoint-<images_seen>` and return it; one that is already there is kept, unless it is damaged.

    All of it is on the disk before it gets its name, so that not even a power cut leaves half of it.

    Args:
        run: the folder of the run, made if need be.
        state: `images_seen`, `stage`, `config`, `model` and `pending`, as JSON values.
        networks: all trained networks by name.
        averaged: the averaged ones by name.
        optimizers: by name.

    Raises:
        OutputError: the folder cannot be written.
    """
    target = run / f"checkpoint-{state['images_seen']:09d}"
    if is_whole(target):
        return target
    temporary = run / f".{target.name}{UNFINISHED}"
    try:
        drop_unfinished(run)
        temporary.mkdir(parents=True)
        save_file(_flatten(networks), temporary / "model.safetensors")
        save_file(_flatten(averaged), temporary / "ema.safetensors")
        save_file(dict(_optimizer_tensors(optimizers)), temporary / "optimizer.safetensors")
        text = json.dumps({"format": FORMAT, **state, "versions": package_versions()}, indent=2)
        (temporary / "state.json").write_text(text + "\n", encoding="utf-8")
        config = state["config"]
        assert isinstance(config, Mapping)
        (temporary / "config.toml").write_text(write_toml(config), encoding="utf-8")
        for path in (*temporary.iterdir(), temporary):
            _to_disk(path)
        shutil.rmtree(target, ignore_errors=True)
        temporary.rename(target)
        _to_disk(run)
    except (OSError, SafetensorError) as error:
        shutil.rmtree(temporary, ignore_errors=True)
        raise OutputError(
            f"cannot write {target}: {error}; free some space or choose another folder, and go on from the checkpoint "
            "before it with --resume"
        ) from error
    return target


def keep_newest(run: Path, count: int) -> None:
    """Delete all but the newest `count` checkpoints of a run."""
    for old in _checkpoints(run)[:-count]:
        shutil.rmtree(old)


def drop_unfinished(run: Path) -> None:
    """Delete what a process that was killed while it saved has left."""
    for part in run.glob(f".checkpoint-*{UNFINISHED}"):
        shutil.rmtree(part, ignore_errors=True)


def is_whole(path: Path) -> bool:
    """Whether a checkpoint is there and can be read."""
    try:
        checkpoint = load_checkpoint(path)
        for averaged in (True, False):
            checkpoint.networks(averaged=averaged)
        _load(path / "optimizer.safetensors")
    except WeightsError:
        return False
    return True


def newest_whole(run: Path) -> Checkpoint:
    """The newest checkpoint of a run that can be read.

    Raises:
        WeightsError: there is none.
    """
    found = _checkpoints(run)
    whole = next((path for path in reversed(found) if is_whole(path)), None)
    if found and whole is None:
        raise WeightsError(f"all {len(found)} checkpoints in {run} are damaged; start again in another folder")
    return load_checkpoint(whole or run)


def find_checkpoint(path: Path) -> Path:
    """The checkpoint that `path` is, or the newest one of the run that `path` is.

    Raises:
        WeightsError: it is neither.
    """
    if (path / "state.json").is_file():
        return path
    found = _checkpoints(path)
    if not found:
        raise WeightsError(f"no checkpoint in {path}; give a folder checkpoint-… or the run that holds it")
    return found[-1]


def load_checkpoint(path: Path) -> Checkpoint:
    """Read what a checkpoint, or the newest one of a run, says of itself.

    Raises:
        WeightsError: there is none, or it is damaged or of another format.
    """
    path = find_checkpoint(path)
    try:
        state = json.loads((path / "state.json").read_text(encoding="utf-8"))
        if state["format"] != FORMAT:
            raise WeightsError(f"{path} has format {state['format']}, this version of nurie reads format {FORMAT}")
        fields = ("images_seen", "stage", "config", "model", "versions")
        pending = {name: (total, count) for name, (total, count) in state.get("pending", {}).items()}
        return Checkpoint(path, **{name: state[name] for name in fields}, pending=pending)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise WeightsError(f"{path / 'state.json'} is damaged ({error!r}); use an older checkpoint") from error


def fits(network: nn.Module, state: StateDict) -> bool:
    """Whether a state dict has the names and shapes of a network's own."""
    return {name: tensor.shape for name, tensor in network.state_dict().items()} == {
        name: tensor.shape for name, tensor in state.items()
    }


def load_into(networks: Mapping[str, nn.Module], states: Mapping[str, StateDict], source: Path) -> None:
    """Load state dicts into the networks of the same names.

    Raises:
        WeightsError: a network is missing, or its shape is another.
    """
    for name, network in networks.items():
        if name not in states:
            raise WeightsError(f"{source} has no {name!r}; it holds {', '.join(sorted(states))}")
        try:
            network.load_state_dict(states[name])
        except RuntimeError as error:
            reason = str(error).splitlines()[-1].strip()
            raise WeightsError(f"{source} does not fit the {name} ({reason}); use the same preset") from error


def _checkpoints(run: Path) -> list[Path]:
    found = [path for path in run.glob("checkpoint-*") if _NAME.fullmatch(path.name)]
    return sorted(found, key=lambda path: int(path.name.removeprefix("checkpoint-")))


def _load(path: Path) -> StateDict:
    try:
        return load_file(path)
    except (OSError, SafetensorError) as error:
        raise WeightsError(f"{path} cannot be read ({error}); use an older checkpoint") from error


def _flatten(networks: Mapping[str, nn.Module]) -> StateDict:
    return {
        f"{name}.{key}": tensor.detach().contiguous()
        for name, network in networks.items()
        for key, tensor in network.state_dict().items()
    }


def _group(tensors: StateDict) -> dict[str, StateDict]:
    groups: dict[str, StateDict] = {}
    for key, tensor in tensors.items():
        name, _, rest = key.partition(".")
        groups.setdefault(name, {})[rest] = tensor
    return groups


def _optimizer_tensors(optimizers: Mapping[str, Optimizer]) -> Iterator[tuple[str, Tensor]]:
    for name, optimizer in optimizers.items():
        for index, fields in optimizer.state_dict()["state"].items():
            for field, value in fields.items():
                yield f"{name}.{index}.{field}", torch.as_tensor(value).contiguous()


def _to_disk(path: Path) -> None:
    """Wait until the file, or the folder's list of names, is on the disk. Windows cannot do the latter."""
    if os.name == "nt" and path.is_dir():
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def package_versions() -> dict[str, str]:
    """Of what decides about a run's numbers."""
    found = {}
    for package in _PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = "unknown"
    return found
