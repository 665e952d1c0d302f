"""The settings of `nurie train`: preset, TOML file and command line become one configuration."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from nurie.errors import InputError

if TYPE_CHECKING:
    from nurie.training.checkpoint import Checkpoint
    from nurie.training.config import TrainConfig

CONFIG = "config.toml"


def choose_config(args: argparse.Namespace, resumed: Checkpoint | None) -> TrainConfig:
    """The preset, or the settings of the run that is resumed, with what the TOML file and the command line change.

    Raises:
        InputError: an unknown preset or setting, or one that a resumed run cannot change.
    """
    from nurie.training.config import with_settings
    from nurie.training.stages import find_stage
    from nurie.training.toml import read_toml

    file = read_toml(args.config) if args.config else {}
    chosen = {name: file.pop(name, None) for name in ("stage", "preset")}
    for name in chosen:
        if getattr(args, name) is not None:
            chosen[name] = getattr(args, name)
    start = _preset(chosen) if resumed is None else _of_run(resumed, chosen, args.output)
    config = with_settings(with_settings(start, file), _settings(args))
    network = find_stage(config.stage).network(config)
    return with_settings(config, {f"network.{name}": getattr(network, name) for name in config.network})


def _preset(chosen: dict[str, object]) -> TrainConfig:
    from nurie.training.stages import find_preset

    return find_preset(str(chosen["stage"] or "palette"), str(chosen["preset"] or "default"))


def _of_run(resumed: Checkpoint, chosen: dict[str, object], output: Path) -> TrainConfig:
    from nurie.training.config import from_json
    from nurie.training.stages import find_preset

    config = from_json(type(find_preset(resumed.stage, str(resumed.config["preset"]))), resumed.config)
    for name, wanted in chosen.items():
        had = getattr(config, name)
        if wanted not in (None, had):
            raise InputError(f"{output} was started with --{name} {had}; leave --{name} out to resume it")
    return config


def write_config(directory: Path, config: TrainConfig) -> None:
    """Leave all settings in the folder of the run, to be read and to be fed back by `--config`.

    Raises:
        OutputError: it cannot be written.
    """
    from nurie.training.config import to_json
    from nurie.training.run_log import writing
    from nurie.training.toml import write_toml

    path = directory / CONFIG
    with writing(path):
        directory.mkdir(parents=True, exist_ok=True)
        temporary = path.with_suffix(".tmp")
        temporary.write_text(write_toml(to_json(config)), encoding="utf-8")
        temporary.replace(path)


def _settings(args: argparse.Namespace) -> dict[str, str]:
    """Every setting that the command line names, as text."""
    settings = {}
    for text in args.set:
        key, equals, value = text.partition("=")
        if not equals:
            raise InputError(f"--set takes KEY=VALUE, got {text!r}; for example --set learning_rate=0.001")
        settings[key.strip()] = value.strip()
    for name in ("images", "batch_size", "workers", "seed"):
        if getattr(args, name) is not None:
            settings[name] = getattr(args, name)
    return settings
