"""What every method of the tables is: networks that paint, networks that judge, and their losses.

The step that trains a contender is the same for all (`nurie.tables.stage`), so that rows differ in the method alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from jaxtyping import Float
from torch import Tensor, nn

from nurie.model.tensors import ColorTensor, LatentCode, Present, RegionTensor, SketchTensor

Scalar = Float[Tensor, ""]
Losses = Mapping[str, Scalar]
"""By name, each already times its weight: they are added up."""

Fakes = Mapping[str, Tensor]
"""What the painting networks made of a batch; `color` is the picture, where a method is trained by its pictures."""


@dataclass(frozen=True)
class Inputs:
    """A batch in the networks' ranges. In use, a contender may look at everything but `color`."""

    color: ColorTensor
    sketch: SketchTensor
    regions: RegionTensor
    present: Present
    skeleton: SketchTensor
    """0 at the borders of regions, 1 in the middle of each (`skeleton_map`)."""


@runtime_checkable
class Contender(Protocol):
    """One method."""

    @property
    def networks(self) -> Mapping[str, nn.Module]:
        """All that is trained."""

    @property
    def painters(self) -> tuple[str, ...]:
        """Names of the networks that make pictures; the others, if there are any, judge them."""

    def generate(self, inputs: Inputs) -> Fakes:
        """Run the painting networks on a batch, for training."""

    def judge_losses(self, inputs: Inputs, fakes: Fakes, step: int) -> Losses:
        """What the judging networks shall make small; `fakes` are detached."""

    def paint_losses(self, inputs: Inputs, fakes: Fakes) -> Losses:
        """What the painting networks shall make small."""

    def paint(self, inputs: Inputs, codes: LatentCode | None = None) -> ColorTensor:
        """The finished pictures, in [-1, 1].

        `codes` choose among several pictures of a sketch; a method that has only one does not look at them.
        """

    @property
    def code_length(self) -> int:
        """Numbers in a code; 0 for a method that has only one picture of a sketch."""
