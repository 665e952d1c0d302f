"""What a person sees of a run: a bar with rate and time left, curves and sheets for TensorBoard and `nurie report`."""

import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType

import torch
from torch import Tensor
from torch.utils.tensorboard import SummaryWriter
from tqdm import tqdm

from nurie.arrays import Image
from nurie.images import write_image
from nurie.training.distributed import Machine
from nurie.training.run_log import SHEETS, RunLog, writing

LOG_SECONDS = 30.0
"""How often the bar is printed where it is no bar but lines in a log file."""

Pending = Mapping[str, tuple[float, int]]


class Progress:
    """Shows the scalars' means since the last report, over all processes. Rank 0 alone shows anything."""

    def __init__(
        self, directory: Path, machine: Machine, images: int, images_seen: int, pending: Pending | None = None
    ) -> None:
        """Open the bar and the curves of the run in `directory`; `pending` is what a checkpoint has of `pending()`.

        Raises:
            OutputError: they cannot be written.
        """
        self._directory, self._machine = directory, machine
        self._sums = {name: torch.tensor(total, device=machine.device) for name, (total, _) in (pending or {}).items()}
        self._counts = {name: count for name, (_, count) in (pending or {}).items()}
        shown = machine.rank == 0
        seconds = 0.2 if sys.stderr.isatty() else LOG_SECONDS
        self._bar = tqdm(total=images, initial=images_seen, unit="img", mininterval=seconds, disable=not shown)
        self._log = RunLog(directory, images_seen) if shown else None
        self._folder = directory / "tensorboard"
        with writing(self._folder):
            # What an interrupted run had written beyond the point of resuming is hidden from the curves.
            self._writer = SummaryWriter(str(self._folder), purge_step=images_seen) if shown else None

    def __enter__(self) -> "Progress":
        self._hook, threading.excepthook = threading.excepthook, self._hear
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.close()
        if self._writer is not None:
            with suppress(OSError):  # a full disk has been said already, or the last curves are in the log
                self._writer.close()
        threading.excepthook = self._hook

    def start(self, images_seen: int, about: Mapping[str, object]) -> None:
        """Write down where the run begins or goes on."""
        if self._log is not None:
            self._log.write(images_seen, start=about)

    def add(self, scalars: Mapping[str, Tensor], batch_size: int) -> None:
        """Take in one step. The scalars stay where they are: nothing waits for the device."""
        for name, value in scalars.items():
            self._sums[name] = self._sums[name] + value if name in self._sums else value.float()
            self._counts[name] = self._counts.get(name, 0) + 1
        self._bar.update(batch_size)

    def pending(self) -> dict[str, tuple[float, int]]:
        """Sum, averaged over the processes, and number of each scalar since the last report. All processes call it."""
        sums = {name: total.detach().clone() for name, total in sorted(self._sums.items())}
        self._machine.average(sums.values())
        return {name: (float(total), self._counts[name]) for name, total in sums.items()}

    def report(self, images_seen: int) -> None:
        """Show the means since the last report. All processes call it.

        Raises:
            OutputError: they cannot be written.
        """
        means = {name: total / count for name, (total, count) in self.pending().items()}
        self._sums, self._counts = {}, {}
        self._bar.set_postfix({name: f"{mean:.3g}" for name, mean in means.items()}, refresh=False)
        self._write(means, images_seen)
        if self._log is not None:
            self._log.write(images_seen, scalars=means)

    def show(self, sheet: Image, measures: Mapping[str, float], images_seen: int) -> None:
        """Keep a sheet as `sheets/<images_seen>.png` and in TensorBoard, and what was measured with it.

        Raises:
            OutputError: they cannot be written.
        """
        if self._writer is None or self._log is None:
            return
        path = self._directory / SHEETS / f"{images_seen:09d}.png"
        with writing(path):
            path.parent.mkdir(parents=True, exist_ok=True)
        write_image(path, sheet)
        self._write(measures, images_seen)
        with writing(self._folder):
            self._writer.add_image("sheet", sheet, images_seen, dataformats="HWC")
        self._log.write(images_seen, measures=dict(measures), sheet=path.name)

    def _hear(self, args: threading.ExceptHookArgs) -> None:
        """TensorBoard's thread prints what stops it, and its next writer raises that again; once is enough."""
        if not (isinstance(args.exc_value, OSError) and "AsyncWriter" in type(args.thread).__name__):
            self._hook(args)

    def _write(self, scalars: Mapping[str, float], images_seen: int) -> None:
        if self._writer is None:
            return
        with writing(self._folder):
            for name, value in scalars.items():
                self._writer.add_scalar(name, value, images_seen)
