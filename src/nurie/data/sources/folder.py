"""Any folder of color pictures as a source of drawings: lines and regions are found, not known."""

import warnings
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from jaxtyping import UInt8
from PIL import Image as PillowImage
from PIL import UnidentifiedImageError

from nurie.arrays import Image
from nurie.data.augment import XDOG_SIGMAS
from nurie.data.sources.drawing import Drawing, bare_drawing
from nurie.images import IMAGE_SUFFIXES, read_color, resize_area
from nurie.images.reading import DECODER_ERRORS, FORMATS
from nurie.regions import COLORING_METHOD, segment_regions
from nurie.sketch import extract_sketch

SUFFIXES = frozenset({*IMAGE_SUFFIXES, ".gif"})
"""File names that are taken for pictures, in any case."""

LONGEST_SIDE = 256
"""Pixels; larger pictures are reduced before their lines are found."""


@dataclass(frozen=True)
class Folder:
    """What is in a folder of pictures."""

    names: tuple[str, ...]
    """Paths of the pictures within the folder, with `/`, sorted."""
    skipped: tuple[str, ...]
    """One sentence for each file that is named like a picture but cannot be read."""


def scan_folder(directory: str | Path) -> Folder:
    """List the pictures of a folder and of all folders in it; hidden files are left out.

    Only the beginning of a file is looked at (all of it for PNG), so a picture that is cut short
    may be found only when it is loaded.
    """
    directory = Path(directory)
    names, skipped = [], []
    for path in directory.rglob("*"):
        name = path.relative_to(directory)
        hidden = any(part.startswith(".") for part in name.parts)
        if hidden or path.suffix.lower() not in SUFFIXES or not path.is_file():
            continue
        problem = _problem(path)
        if problem is None:
            names.append(name.as_posix())
        else:
            skipped.append(f"{path} was skipped: {problem}")
    return Folder(tuple(sorted(names)), tuple(sorted(skipped)))


def load_picture(directory: str | Path, name: str) -> Drawing:
    """Read a picture, draw its lines by XDoG, and split these into regions.

    The sigma of XDoG is drawn from the paper's by the name alone, so it is the same each time.
    License and author are "unknown".

    Raises:
        ImageError: the picture cannot be read.
    """
    seed = zlib.crc32(name.encode())
    sigma = float(np.random.default_rng(seed).choice(XDOG_SIGMAS))
    color = reduce_picture(read_color(Path(directory) / name), LONGEST_SIDE)
    sketch = extract_sketch(color, "xdog", sigma=sigma)
    meta = {
        "source": "folder",
        "seed": seed,
        "license": "unknown",
        "author": "unknown",
        "sigma": sigma,
    }
    return Drawing(color=color, sketch=sketch, regions=segment_regions(sketch, COLORING_METHOD), meta=meta)


def load_bare(directory: str | Path, name: str) -> Drawing:
    """Read a picture alone, for training, which looks for lines and regions in each view of it anew.

    Raises:
        ImageError: the picture cannot be read.
    """
    color = reduce_picture(read_color(Path(directory) / name), LONGEST_SIDE)
    return bare_drawing(color, {"source": "folder", "license": "unknown", "author": "unknown"})


def reduce_picture(color: UInt8[np.ndarray, "rows columns 3"], side: int) -> Image:
    """Bring the longer side down to `side` pixels; a smaller picture stays as it is."""
    height, width = color.shape[:2]
    share = side / max(height, width)
    if share >= 1:
        return color
    return resize_area(color, max(1, round(height * share)), max(1, round(width * share)))


def _problem(path: Path) -> str | None:
    """Why a file cannot be a picture; None if it can."""
    try:
        with warnings.catch_warnings():
            # Pictures near Pillow's own size limit are judged when they are read.
            warnings.simplefilter("ignore", PillowImage.DecompressionBombWarning)
            with PillowImage.open(path, formats=FORMATS) as picture:
                picture.verify()
    except PillowImage.DecompressionBombError:
        return "it has too many pixels; reduce it"
    except UnidentifiedImageError:
        return "it is not a picture that can be read"
    except DECODER_ERRORS as error:
        return f"it is damaged ({' '.join(str(error).split())})"
    return None
