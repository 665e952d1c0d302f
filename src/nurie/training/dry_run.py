"""What a run will be, before it is one: networks, work, memory and schedule, found by three small steps.

Work and what is kept for the backward pass grow in a line with the number of pictures: one picture and two tell both.
"""

import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.utils.flop_counter import FlopCounterMode

from nurie.data.drawings import Drawings
from nurie.data.sources.drawing import Drawing
from nurie.errors import DataError
from nurie.training.batches import SAMPLE, places, split
from nurie.training.config import TrainConfig
from nurie.training.distributed import Machine
from nurie.training.loop import count_parameters
from nurie.training.noise import Noise
from nurie.training.stage import Part, Stage
from nurie.training.stages import find_stage

CELLS = 13
"""Rows and columns of the made-up drawing: 169 regions, where the paper's drawings have 166 on average."""

SMALLEST_CELL = 8  # pixels

UNITS = ("", "k", "M", "G", "T", "P", "E", "Z")


@dataclass(frozen=True)
class Estimate:
    """Bytes and floating-point operations (a multiplication and an addition are two)."""

    flops: float
    """Of one picture, forward and backward through all networks, the mean over all kinds of steps."""
    weights: int
    """Of all networks that are trained."""
    moments: int
    """Of the optimizers."""
    averages: int
    fixed: int
    """Networks that are not trained."""
    kept_once: int
    """Kept for the backward pass however many pictures there are, such as scaled weights."""
    kept: int
    """Kept for the backward pass of each picture."""

    def memory(self, pictures: int) -> int:
        """Bytes of a process that goes through so many pictures at once: without what libraries need for themselves."""
        return 2 * self.weights + self.moments + self.averages + self.fixed + self.kept_for(pictures)

    def kept_for(self, pictures: int) -> int:
        """Bytes kept for the backward pass of so many pictures."""
        return self.kept_once + self.kept * pictures


@dataclass(frozen=True)
class MadeUp:
    """One drawing of coloured cells, where there is no data."""

    side: int
    names: tuple[str, ...] = ("cells",)

    def load(self, name: str) -> Drawing:
        """A grid of cells."""
        cells = max(2, min(CELLS, self.side // SMALLEST_CELL))
        place = np.arange(self.side) * cells // self.side
        regions = (place[:, None] * cells + place + 1).astype(np.int32)
        edge = np.diff(place, prepend=0) > 0
        sketch = np.where(edge[:, None] | edge, 0, 255).astype(np.uint8)
        colors = np.random.default_rng(0).integers(64, 256, (cells * cells + 1, 3)).astype(np.uint8)
        return Drawing(np.where(sketch[..., None], colors[regions], 0).astype(np.uint8), sketch, regions)


def describe(config: TrainConfig, machine: Machine, drawings: Drawings | None = None) -> str:
    """All that `--dry-run` prints.

    Raises:
        InputError: the batch cannot be shared.
        DataError: there are no drawings.
        WeightsError: a network that is needed is not there.
    """
    part = len(next(places(config, machine, 0)))
    kind = find_stage(config.stage)
    alone = replace(config, batch_size=1, accumulate=1, compile=False)
    stage = kind.build(alone, Machine(machine.device))
    estimate = measure(stage, alone, drawings or MadeUp(config.side))
    rows = [
        ("run", f"stage {config.stage}, preset {config.preset}, {config.precision}, on {machine.device}"),
        ("model", f"{config.model}: " + ", ".join(f"{k} {_say(v)}" for k, v in asdict(kind.network(config)).items())),
        ("networks", _networks(stage)),
        ("batch", _batch(config, machine, part)),
        ("work", _work(config, estimate)),
        ("memory", _memory(estimate, part)),
        *(("schedule", text) for text in _schedule(config, estimate)),
        *(("data", text) for text in _data(config, drawings)),
    ]
    return "\n".join(f"{name:<9} {text}" for name, text in rows)


def measure(stage: Stage[Any, Any], config: TrainConfig, drawings: Drawings) -> Estimate:
    """Take the first step of a period with one picture and with two, and one of the other steps with one.

    Raises:
        DataError: there are no drawings.
    """
    names = split(drawings.names, config.sheet_drawings).training
    if not names:
        raise DataError("there are no drawings to train on")
    sample = stage.prepare(drawings.load(names[0]), np.random.default_rng((config.seed, SAMPLE, 0)))
    flops, kept = [], []
    for images_seen, count in ((0, 1), (1, 1), (0, 2)):
        part = Part(stage.collate([sample] * count), Noise(config.seed, range(count)))
        counter = FlopCounterMode(display=False)
        with counter, _kept_tensors(stage) as most:
            stage.step([part], images_seen)
        flops.append(counter.get_total_flops())
        kept.append(most.peak)
    each = kept[2] - kept[0]
    trained = {id(network) for network in stage.networks.values()}
    fixed = [value for value in vars(stage).values() if isinstance(value, nn.Module) and id(value) not in trained]
    return Estimate(
        flops=(flops[0] + flops[1] * (config.period - 1)) / config.period,
        weights=sum(_bytes(network) for network in stage.networks.values()),
        moments=sum(_moment_bytes(optimizer) for optimizer in stage.optimizers.values()),
        averages=sum(_bytes(stage.networks[name]) for name in stage.averaged),
        fixed=sum(_bytes(network) for network in fixed),
        kept_once=kept[0] - each,
        kept=each,
    )


class _Kept:
    """Bytes of the different tensors that wait for a backward pass, now and at most."""

    def __init__(self, known: set[int]) -> None:
        self.now = self.peak = 0
        self._known = known
        self._holders: dict[int, int] = {}

    def pack(self, tensor: Tensor) -> Any:  # noqa: ANN401
        """Note a tensor; weights are counted elsewhere."""
        storage = tensor.untyped_storage()
        if storage.data_ptr() in self._known:
            return tensor
        return _Held(tensor, self)

    def change(self, storage: int, size: int, step: int) -> None:
        """One holder more or less of a storage."""
        before = self._holders.get(storage, 0)
        self._holders[storage] = before + step
        if 0 in (before, before + step):
            self.now += step * size
            self.peak = max(self.peak, self.now)


class _Held:
    def __init__(self, tensor: Tensor, kept: _Kept) -> None:
        storage = tensor.untyped_storage()
        self.tensor, self._kept = tensor, kept
        self._place = storage.data_ptr(), storage.nbytes()
        kept.change(*self._place, 1)

    def __del__(self) -> None:
        self._kept.change(*self._place, -1)


@contextmanager
def _kept_tensors(stage: Stage[Any, Any]) -> Iterator[_Kept]:
    modules = [value for value in vars(stage).values() if isinstance(value, nn.Module)]
    weights = [t for module in (*modules, *stage.networks.values()) for t in (*module.parameters(), *module.buffers())]
    kept = _Kept({weight.untyped_storage().data_ptr() for weight in weights})
    with torch.autograd.graph.saved_tensors_hooks(
        kept.pack, lambda held: held.tensor if isinstance(held, _Held) else held
    ):
        yield kept


def _bytes(network: nn.Module) -> int:
    return sum(tensor.nbytes for tensor in (*network.parameters(), *network.buffers()))


def _moment_bytes(optimizer: torch.optim.Optimizer) -> int:
    return sum(value.nbytes for state in optimizer.state.values() for value in state.values())


def _networks(stage: Stage[Any, Any]) -> str:
    counts = {name: count_parameters(network) for name, network in stage.networks.items()}
    return ", ".join(f"{name} {count:,} parameters" for name, count in counts.items())


def _batch(config: TrainConfig, machine: Machine, part: int) -> str:
    factors = (machine.world, "process"), (config.accumulate, "part"), (part, "image")
    endings = {"process": "es", "part": "s", "image": "s"}
    shown = (f"{count} {name}{endings[name] * (count != 1)}" for count, name in factors)
    return f"{config.batch_size} images = {' x '.join(shown)}"


def _work(config: TrainConfig, estimate: Estimate) -> str:
    step, whole = estimate.flops * config.batch_size, estimate.flops * config.steps * config.batch_size
    lazy = f" (mean over {config.period} steps)" if config.period > 1 else ""
    return f"{_si(estimate.flops)}FLOP an image{lazy}, {_si(step)}FLOP a step, {_si(whole)}FLOP in all"


def _memory(estimate: Estimate, part: int) -> str:
    rows = {
        "weights": estimate.weights,
        "gradients": estimate.weights,
        "moments": estimate.moments,
        "averages": estimate.averages,
        "fixed networks": estimate.fixed,
        f"kept for {part} images": estimate.kept_for(part),
    }
    listed = ", ".join(f"{name} {_si(size)}B" for name, size in rows.items() if size)
    return f"about {_si(estimate.memory(part))}B in each process: {listed}"


def _schedule(config: TrainConfig, estimate: Estimate) -> Iterator[str]:
    yield f"{config.images:,} images = {config.steps:,} steps"
    yield (
        f"learning rate {config.learning_rate:g}, up over {config.warmup_images:,} images, "
        f"down over the last {config.cooldown_images:,}"
    )
    saved = estimate.weights + estimate.moments + estimate.averages
    count = math.ceil(config.images / config.save_every)
    yield (
        f"{count:,} checkpoints, one every {config.save_every:,} images, {_si(saved)}B each; "
        f"the newest {min(config.keep, count)} stay"
    )
    yield f"{config.images // config.sheet_every:,} sheets, {config.images // config.report_every:,} reports"


def _data(config: TrainConfig, drawings: Drawings | None) -> Iterator[str]:
    if drawings is not None:
        count = len(split(drawings.names, config.sheet_drawings).training)
        yield f"{count:,} drawings, each seen {config.images / count:,.1f} times"


def _say(value: object) -> str:
    return " ".join(map(str, value)) if isinstance(value, tuple) else str(value).lower()


def _si(number: int | float) -> str:
    power = min(len(UNITS) - 1, int(math.log10(number) // 3)) if number >= 1 else 0
    return f"{number / 1000**power:.3g} {UNITS[power]}"
