"""The table of stages. A stage's file, and the networks with it, is imported when it is asked for."""

from collections.abc import Callable
from dataclasses import replace

from nurie.errors import InputError
from nurie.training.config import TrainConfig
from nurie.training.stage import StageKind


def _boundary() -> StageKind:
    from nurie.training.boundary import KIND

    return KIND


def _gaps() -> StageKind:
    from nurie.training.gaps import KIND

    return KIND


def _palette() -> StageKind:
    from nurie.training.palette import KIND

    return KIND


def _paint() -> StageKind:
    from nurie.training.paint import KIND

    return KIND


def _simplify() -> StageKind:
    from nurie.training.simplify import KIND

    return KIND


def _steps() -> StageKind:
    from nurie.training.steps import KIND

    return KIND


STAGES: dict[str, Callable[[], StageKind]] = {
    "simplify": _simplify,
    "gaps": _gaps,
    "boundary": _boundary,
    "palette": _palette,
    "steps": _steps,
    "paint": _paint,
}
"""In the order in which a picture passes through them."""


def find_stage(name: str) -> StageKind:
    """The stage of this name.

    Raises:
        InputError: there is none.
    """
    if name not in STAGES:
        raise InputError(f"unknown stage {name!r}; choose from {', '.join(STAGES)}")
    return STAGES[name]()


def find_preset(stage: str, preset: str) -> TrainConfig:
    """The settings of a preset of a stage.

    Raises:
        InputError: there is no such stage or preset.
    """
    presets = find_stage(stage).presets
    if preset not in presets:
        raise InputError(f"the {stage} stage has no preset {preset!r}; choose from {', '.join(presets)}")
    return replace(presets[preset], stage=stage, preset=preset)
