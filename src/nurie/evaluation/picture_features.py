"""Inception's features, kept in a folder: they are slow, and the same pictures come back."""

import hashlib
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path

import numpy as np
from jaxtyping import Float32

from nurie.evaluation.inception import FEATURES, InceptionFeatures
from nurie.evaluation.pretrained import PRETRAINED
from nurie.evaluation.protocols import make_folder
from nurie.evaluation.resizing import AnyImage
from nurie.images import replace_file

Progress = Callable[[int, int], None]
"""Told how many of how many pictures are done."""

Featurize = Callable[[Sequence[AnyImage]], Float32[np.ndarray, "n d"]]
"""Pictures to features, one row each, such as `PictureFeatures`."""

CHUNK = 8
"""Pictures between two reports of progress."""


class PictureFeatures:
    """Features by content: what the same network has seen, resized the same way, is looked up."""

    def __init__(self, cache: Path | None = None, resize: str = "clean") -> None:
        """Keep the features in the folder `cache`; without one, compute them each time.

        The network is loaded when the first unseen picture comes.
        """
        self.cache = cache
        self.resize = resize
        self._network: InceptionFeatures | None = None

    def __call__(self, pictures: Sequence[AnyImage], progress: Progress | None = None) -> Float32[np.ndarray, "n 2048"]:
        """Give one row per picture.

        Raises:
            WeightsError: the network is needed and its weights are missing or damaged.
            OutputError: the cache folder cannot be written.
        """
        rows = [np.zeros((0, FEATURES), np.float32)]
        for start in range(0, len(pictures), CHUNK):
            rows.append(self._chunk(pictures[start : start + CHUNK]))
            if progress:
                progress(min(start + CHUNK, len(pictures)), len(pictures))
        return np.concatenate(rows)

    def _chunk(self, pictures: Sequence[AnyImage]) -> Float32[np.ndarray, "n 2048"]:
        files = [self._file(picture) for picture in pictures]
        rows = [_read(file) for file in files]
        unseen = [number for number, row in enumerate(rows) if row is None]
        if unseen:
            if self._network is None:
                self._network = InceptionFeatures(self.resize)
            for number, row in zip(unseen, self._network([pictures[i] for i in unseen]), strict=True):
                rows[number] = row
                _write(files[number], row)
        return np.stack([row for row in rows if row is not None])

    def _file(self, picture: AnyImage) -> Path | None:
        if self.cache is None:
            return None
        key = f"{PRETRAINED['inception'].sha256} {self.resize} {picture.shape} "
        digest = hashlib.sha256(key.encode() + picture.tobytes()).hexdigest()
        return self.cache / digest[:2] / f"{digest}.npy"


def _read(file: Path | None) -> Float32[np.ndarray, "2048"] | None:
    """Give the kept row, or None if there is none or it is damaged: it is computed again then."""
    if file is None or not file.is_file():
        return None
    try:
        row = np.load(file, allow_pickle=False)
    except (OSError, ValueError, EOFError):
        return None
    return row if row.shape == (FEATURES,) and row.dtype == np.float32 else None


def _write(file: Path | None, row: Float32[np.ndarray, "2048"]) -> None:
    if file is None:
        return
    content = BytesIO()
    np.save(content, row)
    make_folder(file.parent)
    replace_file(file, content.getvalue())
