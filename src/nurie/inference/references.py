"""Coloured drawings whose colours shall come again: the same character, the same colours."""

import base64
import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

import numpy as np

from nurie.arrays import Colors
from nurie.colors import rgb_to_palette
from nurie.errors import InputError
from nurie.graphs import Arrays
from nurie.inference.palette import PaletteNetwork, Reading, Referred
from nurie.regions.descriptors import GEOMETRY, RegionTable

MOST_REGIONS = 512
"""Of all references together: what the network attends to grows with their square."""


@dataclass(frozen=True, eq=False)
class Reference:
    """What a network reads of a coloured drawing, and the colour of each region; `Colorizer.read_reference` makes one.

    It serves all weights that read drawings in the same way, and is small enough for the record of each result.
    """

    reading: Reading
    colors: Colors
    _tokens: dict[str, Arrays] = field(default_factory=dict, repr=False)  # by the weights' SHA-256

    def __post_init__(self) -> None:
        """Refuse colours that do not fit."""
        if len(self.colors) != self.reading.table.num_regions:
            raise InputError(
                f"{len(self.colors)} colors do not fit a drawing of {self.reading.table.num_regions} regions"
            )

    def tokens(self, network: PaletteNetwork) -> Arrays:
        """What the network knows of the drawing; it is asked once.

        Raises:
            InputError: the drawing was read for weights that read drawings of another size.
        """
        if network.sha256 not in self._tokens:
            side, grid = network.settings.side, network.settings.grid
            if len(self.reading.square) != side or self.reading.table.pair_cell.max(initial=0) >= grid**2:
                raise InputError(
                    f"the reference was read at {len(self.reading.square)} pixels, and these weights read {side}; "
                    "give the picture again (--like)"
                )
            self._tokens[network.sha256] = network.encode(self.reading)
        return self._tokens[network.sha256]

    def refer(self, network: PaletteNetwork, most: int) -> Referred:
        """As the network draws palettes with it: `most` regions at most, the largest; errors as for `tokens`."""
        tokens, palette = self.tokens(network), rgb_to_palette(self.colors)
        if len(palette) <= most:
            return Referred(tokens, palette)
        size = self.reading.table.geometry[:, GEOMETRY.index("size")]
        kept = np.sort(np.argsort(-size, kind="stable")[:most])
        place = np.concatenate([[0], kept + 1])  # the context comes first
        bias = tokens["bias"][..., place, :][..., place]
        return Referred({"tokens": tokens["tokens"][:, kept], "bias": bias}, palette[kept])


def refer_all(references: Sequence[Reference], network: PaletteNetwork) -> list[Referred]:
    """Several references as the network draws palettes with them, which share `MOST_REGIONS`."""
    return [reference.refer(network, MOST_REGIONS // len(references)) for reference in references]


def reference_to_json(reference: Reference) -> str:
    """A reference as arrays of an NPZ file, in base64."""
    table = reference.reading.table
    buffer = io.BytesIO()
    # Small numbers in wide integers: compressed they are no larger than in narrow ones.
    arrays = {name.name: getattr(table, name.name) for name in fields(RegionTable)}
    np.savez_compressed(buffer, square=reference.reading.square, colors=reference.colors, **arrays)
    return base64.b64encode(buffer.getvalue()).decode()


def reference_from_json(text: str) -> Reference:
    """Inverse of `reference_to_json`.

    Raises:
        ValueError: it is damaged.
    """
    try:
        with np.load(io.BytesIO(base64.b64decode(text, validate=True)), allow_pickle=False) as read:
            arrays: Mapping[str, Any] = dict(read)
        table = RegionTable(**{name.name: arrays[name.name] for name in fields(RegionTable)})
        return Reference(Reading(arrays["square"], table), arrays["colors"])
    except (zipfile.BadZipFile, KeyError, EOFError, InputError) as error:
        raise ValueError(f"its reference is damaged: {error}") from None
