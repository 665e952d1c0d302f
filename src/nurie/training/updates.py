"""One optimizer step, the same for every network of every stage."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import fields, is_dataclass
from typing import Any, TypeVar

import torch
from torch import Tensor
from torch.optim import Optimizer

from nurie.errors import DivergedError
from nurie.training.config import TrainConfig
from nurie.training.distributed import Machine

BatchT = TypeVar("BatchT")


def autocast(config: TrainConfig, machine: Machine) -> AbstractContextManager[object]:
    """Lower precision inside the block where the config asks for it; needs no loss scale in bfloat16."""
    return torch.autocast(machine.device.type, torch.bfloat16, enabled=config.precision == "bf16")


def learning_rate_scale(config: TrainConfig, images_seen: int) -> float:
    """The part of the full learning rate for the batch after `images_seen` images.

    Already the first batch of a warm-up moves the weights, and so does the last one of a cool-down.
    """
    done, left = images_seen + config.batch_size, config.images - images_seen
    warmup = min(1.0, done / config.warmup_images) if config.warmup_images else 1.0
    cooldown = min(1.0, left / config.cooldown_images) if config.cooldown_images else 1.0
    return min(warmup, cooldown)


def descend(
    losses: Iterable[Tensor], optimizer: Optimizer, config: TrainConfig, machine: Machine, images_seen: int
) -> Tensor:
    """Backward, mean over parts and processes, clip, and one step of the optimizer. Returns the gradient's norm.

    `losses` has `config.accumulate` losses, one for each part of the batch. Where it is a generator, each part's graph
    is freed before the next one is made. Gradients that were there before are dropped. Parameters that no loss reaches
    stay as they are. The norm is that of the mean gradient, so every process comes to the same verdict.

    Raises:
        DivergedError: the gradient is infinite or not a number; this network was not changed.
    """
    optimizer.zero_grad()
    total: Tensor | float = 0.0
    for loss in losses:
        (loss / config.accumulate).backward()  # type: ignore[no-untyped-call]
        total = loss.detach() + total
    parameters = [p for group in optimizer.param_groups for p in group["params"] if p.requires_grad]
    gradients = _gradients(parameters, machine)
    machine.average(gradients)
    norm = torch.nn.utils.get_total_norm(gradients)
    if not torch.isfinite(norm):
        raise DivergedError(
            f"training diverged after {images_seen} images: the gradient is not finite "
            f"(loss {float(total) / config.accumulate:.4g}); resume from the last checkpoint with a lower "
            "learning_rate or another reshuffle"
        )
    if config.gradient_clip:
        torch.nn.utils.clip_grads_with_norm_(parameters, config.gradient_clip, norm)
    _set_learning_rate(optimizer, learning_rate_scale(config, images_seen))
    optimizer.step()
    return norm.detach()


def mean_scalars(parts: Sequence[Mapping[str, Tensor]]) -> dict[str, Tensor]:
    """The mean of each scalar over the parts of a batch."""
    return {name: torch.stack([part[name] for part in parts]).mean() for name in parts[0]}


def to_device(batch: BatchT, device: torch.device) -> BatchT:
    """The batch with all tensors inside it on `device`; dataclasses, tuples, lists and dicts are entered."""
    return _move(batch, device)  # type: ignore[return-value]


def _gradients(parameters: list[torch.nn.Parameter], machine: Machine) -> list[Tensor]:
    if machine.world > 1:  # the processes must agree on what is averaged, even if a loss reaches less in one
        for parameter in parameters:
            if parameter.grad is None:
                parameter.grad = torch.zeros_like(parameter)
    return [p.grad for p in parameters if p.grad is not None]


def _set_learning_rate(optimizer: Optimizer, scale: float) -> None:
    for group in optimizer.param_groups:
        group["lr"] = group.setdefault("full_lr", group["lr"]) * scale


def _move(value: object, device: torch.device) -> object:
    rebuild: Any = type(value)
    if isinstance(value, Tensor):
        return value.to(device, non_blocking=True)
    if isinstance(value, Mapping):
        return {key: _move(item, device) for key, item in value.items()}
    if isinstance(value, tuple) and hasattr(value, "_fields"):  # a NamedTuple takes its items one by one
        return rebuild(*(_move(item, device) for item in value))
    if isinstance(value, tuple | list):
        return rebuild(_move(item, device) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        return rebuild(**{f.name: _move(getattr(value, f.name), device) for f in fields(value)})
    return value
