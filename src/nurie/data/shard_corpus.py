"""Shards as a corpus: drawings that training reads one by one, in any order, from anywhere in them."""

import json
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from typing import overload

import cv2
import numpy as np
from jaxtyping import Shaped

from nurie.data.drawing_files import check_labels, parse_parts
from nurie.data.shards import Place, has_shards, read_files, read_index, read_list
from nurie.data.sources.drawing import Drawing
from nurie.errors import DataError

COLOR = "color."
SKETCH = "sketch"
SKETCH_FORMATS = (".webp", ".png")
INDEXES = 64
"""Shards whose index a process keeps in memory."""


@dataclass(frozen=True)
class ShardNames(Sequence[str]):
    """The names of millions of drawings without a string for each: `train-000003/17` is the 18th of that shard."""

    shards: tuple[tuple[str, int], ...]
    """File names without suffix, and how many samples each has."""
    start: int
    stop: int

    def __len__(self) -> int:
        """How many."""
        return self.stop - self.start

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> "ShardNames": ...
    def __getitem__(self, index: int | slice) -> "str | ShardNames":
        """One name, or those of a slice without a step."""
        if isinstance(index, slice):
            start, stop, step = index.indices(len(self))
            assert step == 1, "names are in order"
            return ShardNames(self.shards, self.start + start, self.start + max(start, stop))
        if not -len(self) <= index < len(self):
            raise IndexError(index)
        place = index % len(self) + self.start
        ends = _ends(self.shards)
        shard = bisect_right(ends, place)
        return f"{self.shards[shard][0]}/{place - (ends[shard] - self.shards[shard][1])}"

    @property
    def blocks(self) -> tuple[int, ...]:
        """How many of the names each shard has, in order: what is read together when it is near."""
        counts = zip(_ends(self.shards), (count for _, count in self.shards), strict=True)
        within = (min(end, self.stop) - max(end - count, self.start) for end, count in counts)
        return tuple(number for number in within if number > 0)


@dataclass(frozen=True)
class ShardCorpus:
    """A folder of shards that has been looked at; small, and can be pickled."""

    directory: Path
    names: ShardNames
    test_names: tuple[str, ...] = ()
    """Shards keep drawings for tests apart, so none of these names is one."""

    def load(self, name: str) -> Drawing:
        """Read one drawing, with its further kinds of lines.

        Raises:
            DataError: no such name, or a damaged shard.
        """
        shard, _, row = name.partition("/")
        path = self.directory / f"{shard}.tar"
        places = _index(path)
        try:
            place = places[int(row)]
        except (ValueError, IndexError):
            raise DataError(f"{self.directory} has no drawing {name!r}; choose one of its names") from None
        return load_sample(path, place)


def read_shards(directory: Path, split: str = "train") -> ShardCorpus:
    """The drawings of one split; of shards of another program's making, all.

    Raises:
        DataError: there are none, or the list is damaged.
    """
    counts = [(name.removesuffix(".tar"), count) for name, count in read_list(directory).items()]
    chosen = tuple((name, count) for name, count in counts if name.startswith(f"{split}-")) or tuple(counts)
    if has_shards(directory) and not sum(count for _, count in chosen):
        raise DataError(f"{directory} has no drawings in its shards; prepare other pictures")
    return ShardCorpus(directory, ShardNames(chosen, 0, sum(count for _, count in chosen)))


def load_sample(shard: Path, place: Place) -> Drawing:
    """Decode one sample of a shard.

    Raises:
        DataError: a file of it is missing or damaged, or they do not fit each other.
    """
    files = read_files(shard, place)
    where = f"sample {place.key} of {shard}"
    color = next(
        (_decode(data, cv2.IMREAD_COLOR, where) for name, data in files.items() if name.startswith(COLOR)), None
    )
    sketches = {
        name.rpartition(".")[0]: _decode(data, cv2.IMREAD_GRAYSCALE, where)
        for name, data in files.items()
        if name.startswith(SKETCH) and name.endswith(SKETCH_FORMATS)
    }
    if color is None or SKETCH not in sketches or "regions.png" not in files:
        raise DataError(f"{where} lacks a picture; it has {', '.join(files)}; prepare it again")
    regions = _decode(files["regions.png"], cv2.IMREAD_UNCHANGED, where).astype(np.int32)
    sketch = sketches.pop(SKETCH)
    if not color.shape[:2] == sketch.shape == regions.shape:
        raise DataError(f"the pictures of {where} differ in size; prepare it again")
    meta = _meta(files.get("json", b"{}"), where)
    parts = parse_parts(meta.pop("parts", ()), where)
    check_labels(regions, len(parts), where)
    kinds = {name.removeprefix(f"{SKETCH}-"): lines for name, lines in sketches.items()}
    return Drawing(cv2.cvtColor(color, cv2.COLOR_BGR2RGB), sketch, regions, parts, meta, kinds)


def _decode(data: bytes, how: int, where: str) -> Shaped[np.ndarray, "..."]:
    array = cv2.imdecode(np.frombuffer(data, np.uint8), how) if data else None
    if array is None:
        raise DataError(f"a picture of {where} is damaged; prepare it again")
    return np.asarray(array)


def _meta(data: bytes, where: str) -> dict[str, object]:
    try:
        meta = json.loads(data)
    except ValueError:
        meta = None
    if not isinstance(meta, dict):
        raise DataError(f"the JSON of {where} is damaged; prepare it again")
    return meta


@lru_cache(maxsize=INDEXES)
def _index(shard: Path) -> list[Place]:
    if not shard.exists():
        raise DataError(f"{shard} is gone; prepare the pictures again")
    return read_index(shard)


@lru_cache(maxsize=8)
def _ends(shards: tuple[tuple[str, int], ...]) -> tuple[int, ...]:
    return tuple(accumulate(count for _, count in shards))
