"""Step 4: each shard is filled with its samples, and written whole, after the manifest's lines for it."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from nurie.data.inputs import Input
from nurie.data.inputs.entry import UNKNOWN
from nurie.data.prepare.assign import ShardPlan
from nurie.data.prepare.config import Layout, PrepareConfig
from nurie.data.prepare.encoding import encode_triplet
from nurie.data.prepare.lines import write_lines
from nurie.data.prepare.listing import Listed
from nurie.data.prepare.looking import reason
from nurie.data.prepare.triplet import Triplet, keep_drawing, make_triplet
from nurie.data.shards import ShardWriter
from nurie.data.sources.drawing import Drawing
from nurie.errors import MissingExtraError
from nurie.images import read_color
from nurie.machines import Tick
from nurie.regions.region_map import INK_THRESHOLD
from nurie.version import nurie_version

LEAST_REGIONS = 4
"""What has fewer has nothing to learn from: its lines are lost in a blur, say."""


@dataclass(frozen=True)
class Writer:
    """Writes a shard: a task."""

    inputs: Sequence[Input]
    config: PrepareConfig
    layout: Layout

    def __call__(self, shard: ShardPlan, tick: Tick) -> str:
        """Fill and write one shard; returns its name.

        Raises:
            OutputError: it cannot be written.
            MissingExtraError: what generators need is not installed.
        """
        listed, packed, lines = Listed(self.layout), ShardWriter(), []
        for number in shard.numbers:
            lines.append(self._pack(number, *listed[number], packed, shard.name))
            tick(1)
        write_lines(self.layout.written(shard.name), lines)
        packed.write(self.layout.shard(shard.name))
        return shard.name

    def _pack(
        self, number: int, line: dict[str, Any], look: dict[str, Any], packed: ShardWriter, shard: str
    ) -> dict[str, Any]:
        """Add a sample and return its line of the manifest; one that fails after all is a line too."""
        known = {"number": number, "input": self.config.sources[line["input"]], "name": line["name"]}
        key = f"{number:09d}"
        try:
            made, digest = self._make(line, look)
            meta = {"key": key, **known, **made.meta, "sha256": digest}
            files = encode_triplet(Triplet(made.color, made.sketches, made.regions, meta), self.config.color_format)
        except MissingExtraError:
            raise
        except Exception as error:  # one picture never stops the run
            return {**known, "rejected": "failed", "detail": reason(error)}
        if self.config.filters and made.regions.max() < LEAST_REGIONS and "parts" not in made.meta:
            return {**known, "rejected": "too few regions", "detail": f"{made.regions.max()} of {LEAST_REGIONS}"}
        place = packed.add(key, files)
        credit = {name: str(made.meta.get(name, UNKNOWN)) for name in ("source", "license", "author")}
        return {
            **known,
            **credit,
            "sha256": digest,
            "split": shard.partition("-")[0],
            "shard": shard,
            "key": key,
            "bytes": place.length,
            **_statistics(made),
        }

    def _make(self, line: dict[str, Any], look: dict[str, Any]) -> tuple[Triplet, str]:
        """The triplet of a picture, and the SHA-256 of its file, or of a drawing's pixels."""
        found = self.inputs[line["input"]].read(line["name"])
        rng = np.random.default_rng(int(look["sha256"][:16], 16))
        made: Triplet
        if isinstance(found, Drawing):
            made, digest = keep_drawing(found, self.config, rng), hashlib.sha256(found.color.tobytes()).hexdigest()
            origin = {key: value for key, value in found.meta.items() if key != "side"}
        else:
            made, digest, origin = make_triplet(read_color(found), self.config, rng), look["sha256"], line["meta"]
        size = {"size": look["size"]} if "size" in look else {}
        meta = {"nurie": nurie_version(), **origin, **size, **made.meta}
        return Triplet(made.color, made.sketches, made.regions, meta), digest


def _statistics(made: Triplet) -> dict[str, int | float]:
    """What the data card counts."""
    color = made.color.astype(np.int16)
    top = color.max(axis=2)
    saturation = (top - color.min(axis=2)) / np.maximum(top, 1)
    return {
        "regions": int(made.regions.max()),
        "ink": round(float((made.sketches["sketch"] <= INK_THRESHOLD).mean()), 4),
        "saturation": round(float(saturation.mean()), 4),
    }
