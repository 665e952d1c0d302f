"""Step 2: each picture is read once: can it be used, and what does it look like?"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from nurie.data.corpus import TEST_SEEDS_FROM
from nurie.data.inputs import Input
from nurie.data.prepare.config import Layout, PrepareConfig
from nurie.data.prepare.fingerprint import fingerprint
from nurie.data.prepare.judge import judge_content, judge_size
from nurie.data.prepare.lines import read_lines, write_lines
from nurie.data.sources.folder import reduce_picture
from nurie.images import read_color
from nurie.machines import Tick

JUDGED_SIDE = 256
"""Pixels: the longer side of a picture when it is judged."""


@dataclass(frozen=True)
class Looker:
    """Looks at a chunk of the list: a task."""

    inputs: Sequence[Input]
    config: PrepareConfig
    layout: Layout

    def __call__(self, chunk: int, tick: Tick) -> int:
        """Write down what is seen in every picture of a chunk; returns the chunk."""
        seen = []
        for line in read_lines(self.layout.listed(chunk)):
            seen.append(self._look(line))
            tick(1)
        write_lines(self.layout.looked(chunk), seen)
        return chunk

    def _look(self, line: dict[str, Any]) -> dict[str, Any]:
        """Hash, size and look of a picture, or why it is rejected: nothing that is wrong with it may stop the run."""
        if "rejected" in line:
            return {"rejected": line["rejected"]}
        source = self.inputs[line["input"]]
        if source.drawn:  # drawn or read when it is written; it is what its name says
            test = line["meta"].get("seed", 0) >= TEST_SEEDS_FROM
            return {"sha256": hashlib.sha256(line["name"].encode()).hexdigest(), "test": test}
        try:
            data = source.read(line["name"])
            assert isinstance(data, bytes)
            return {"sha256": hashlib.sha256(data).hexdigest(), **self._judge(data)}
        except Exception as error:  # whatever decoders and damaged archives come up with
            return {"rejected": "corrupt", "detail": reason(error)}

    def _judge(self, data: bytes) -> dict[str, Any]:
        color = read_color(data)
        height, width = color.shape[:2]
        small = judge_size(height, width, self.config.min_side)
        if small:
            return {"rejected": "too small", "detail": small}
        color = reduce_picture(color, JUDGED_SIDE)
        problem = judge_content(color) if self.config.filters else ""
        seen = {"size": [width, height], "look": f"{fingerprint(color):016x}"}
        return {"rejected": problem, **seen} if problem else seen


def reason(error: Exception) -> str:
    """An error's words on one line."""
    return " ".join(str(error).split()) or type(error).__name__
