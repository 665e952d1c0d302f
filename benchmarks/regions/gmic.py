"""G'MIC's smart coloring of line art as a region method (Fourey et al., GREYC, 2018)."""

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import cv2
import numpy as np

from nurie.arrays import RegionMap, Sketch
from nurie.regions.region_map import connect_regions

RANDOM_COLORS = "0,95,0,0"  # one color a region; contours from 95 %; no guides, no delimiters
TELLING_COLORS = "1,255,50,0"  # as colorful as can be: pale ones could be equal in two regions
END_POINTS = "75,2"
CLOSING = "60,20"  # pixels: longest spline, longest segment that closes a gap
ANGLE_AND_ROUNDNESS = "90,1"
LEAST_SIDE = 10  # pixels: root of the least area of a region
SELF_INTERSECTIONS = "1,0"  # the 0 is the kind of preview


@dataclass(frozen=True)
class GmicSettings:
    """What rows of G'MIC differ in; the rest is its default, but for the colors."""

    closing: str = CLOSING
    least_side: int = LEAST_SIDE

    def arguments(self) -> str:
        """As the command takes them."""
        ends = f"{END_POINTS},{self.closing},{ANGLE_AND_ROUNDNESS},{self.least_side},{SELF_INTERSECTIONS}"
        return f"{RANDOM_COLORS},{TELLING_COLORS},{ends}"


GMIC_SETTINGS = {
    "gmic": GmicSettings(),
    "gmic_fine": GmicSettings(least_side=4),
    "gmic_open": GmicSettings(closing="0,0"),
}
"""By default it closes gaps, and drops regions below 100 pixels whatever the side of the picture; `gmic_fine` drops
those below 16 as the benchmark does at side 256; `gmic_open` closes no gaps."""


def find_gmic() -> str | None:
    """The program, if it is installed."""
    return shutil.which("gmic")


def gmic_method(program: str, settings: GmicSettings) -> Callable[[Sketch], RegionMap]:
    """Regions as pieces of equal color of `fx_colorize_lineart_smart`; a process a picture, files and all."""
    arguments = settings.arguments()

    def segment(sketch: Sketch) -> RegionMap:
        with TemporaryDirectory() as folder:
            drawing, colors = Path(folder, "drawing.png"), Path(folder, "colors.png")
            cv2.imwrite(str(drawing), sketch)
            command = [program, "-v", "-", str(drawing), "fx_colorize_lineart_smart", arguments]
            subprocess.run([*command, "-o[1]", str(colors)], check=True, capture_output=True)
            return _pieces(np.asarray(cv2.imread(str(colors), cv2.IMREAD_UNCHANGED)))

    return segment


def _pieces(picture: np.ndarray) -> RegionMap:
    """Pieces of equal color; strong colors exceed 255, so the file has 16 bits."""
    channels = picture.reshape(*picture.shape[:2], -1).astype(np.int64)
    codes = channels @ (1 << 16) ** np.arange(channels.shape[2])
    _, labels = np.unique(codes, return_inverse=True)
    return connect_regions((labels.reshape(codes.shape) + 1).astype(np.int32))
