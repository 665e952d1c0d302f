"""Pages that are coloured wherever there is a core: what travels there is this file's."""

import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from nurie.cli.batch import Outcome, attempt
from nurie.cli.look import Look
from nurie.cli.pages import PagePainter, PageSettings
from nurie.cli.paths import Job
from nurie.errors import InputError, WeightsError
from nurie.inference import Colorizer
from nurie.machines import Tick

_BLANK = np.full((64, 64), 255, np.uint8)

_loaded: dict[str, Colorizer] = {}  # by the SHA-256 of the weights; one at most


@dataclass(frozen=True)
class PageWork:
    """Colours a page: work for `nurie.machines`, picklable, with the same bytes wherever it is done."""

    weights: str | None
    """Folder of the weights; None are those of the package."""
    sha256: str
    """Which weights they must be."""
    max_pixels: int
    look: Look
    settings: PageSettings
    folder: str
    """Where relative paths begin."""

    def __call__(self, job: Job, tick: Tick) -> Outcome:
        """Colour one page; what is wrong with it is in the outcome.

        Raises:
            InputError: this machine does not see the folder.
            WeightsError: it has other weights.
        """
        self._go_to_folder()
        outcome = attempt(job, PagePainter(self._colorizer(), self.look, self.settings))
        tick(1)
        return outcome

    def _go_to_folder(self) -> None:
        if os.getcwd() == self.folder:  # noqa: PTH109  a comparison for each page
            return
        try:
            os.chdir(self.folder)
        except OSError:
            raise InputError(
                f"a machine of the cluster does not see {self.folder}; pictures and results must lie "
                "where every machine finds them under the same path"
            ) from None

    def _colorizer(self) -> Colorizer:
        if self.sha256 not in _loaded:
            keep_loaded(Colorizer(self.weights, threads=1, max_pixels=self.max_pixels))
        if self.sha256 not in _loaded:
            where = self.weights or "nurie on a machine of the cluster"
            raise WeightsError(f"the weights of {where} are others than those of the machine that asked; copy them")
        return _loaded[self.sha256]


def keep_loaded(colorizer: Colorizer) -> None:
    """Use it for all pages of its weights that are coloured in this process, and in copies of it."""
    _loaded.clear()
    _loaded[colorizer.networks.sha256] = colorizer


def warm_up(colorizer: Colorizer) -> None:
    """Load what is loaded with the first picture, before this process is copied."""
    colorizer(_BLANK)


def make_work(colorizer: Colorizer, weights: str | None, look: Look, settings: PageSettings) -> PageWork:
    """The work of all pages with what has been opened in this process."""
    keep_loaded(colorizer)
    return PageWork(weights, colorizer.networks.sha256, colorizer.max_pixels, look, settings, str(Path.cwd()))
