"""What a person sees of a run: a bar with rate and time left, curves and sheets for TensorBoard."""

import sys
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType

from torch import Tensor
from torch.utils.tensorboard import SummaryWriter
from tqdm import tqdm

from nurie.arrays import Image
from nurie.images import write_image

LOG_SECONDS = 30.0
"""How often the bar is printed where it is no bar but lines in a log file."""


class Progress:
    """Shows the losses' means since the last report. Only the process of rank 0 shows anything."""

    def __init__(self, directory: Path, images: int, images_seen: int, *, shown: bool = True) -> None:
        """Open the bar and the curves of the run in `directory`."""
        self._directory = directory
        self._sums: dict[str, Tensor] = {}
        self._steps = 0
        seconds = 0.2 if sys.stderr.isatty() else LOG_SECONDS
        self._bar = tqdm(total=images, initial=images_seen, unit="img", mininterval=seconds, disable=not shown)
        # What an interrupted run had written beyond the point of resuming is hidden from the curves.
        self._writer = SummaryWriter(str(directory / "tensorboard"), purge_step=images_seen) if shown else None

    def __enter__(self) -> "Progress":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.close()
        if self._writer is not None:
            self._writer.close()

    def add(self, losses: Mapping[str, Tensor], batch_size: int) -> None:
        """Take in one step. The losses stay where they are: nothing waits for the device."""
        for name, value in losses.items():
            self._sums[name] = self._sums[name] + value if name in self._sums else value
        self._steps += 1
        self._bar.update(batch_size)

    def report(self, images_seen: int) -> None:
        """Show the means since the last report."""
        means = {name: float(total) / self._steps for name, total in self._sums.items()}
        self._sums, self._steps = {}, 0
        self._bar.set_postfix({name: f"{mean:.3g}" for name, mean in means.items()}, refresh=False)
        if self._writer is not None:
            for name, mean in means.items():
                self._writer.add_scalar(name, mean, images_seen)

    def show(self, sheet: Image, images_seen: int) -> None:
        """Keep a sheet as `sheets/<images_seen>.png` and in TensorBoard."""
        if self._writer is not None:
            path = self._directory / "sheets" / f"{images_seen:09d}.png"
            path.parent.mkdir(parents=True, exist_ok=True)
            write_image(path, sheet)
            self._writer.add_image("sheet", sheet, images_seen, dataformats="HWC")
