"""The region-based modulation (RM) block, eq. (1)."""

from jaxtyping import Float, Int64
from torch import Tensor, nn

from nurie.model.layers import to_unit
from nurie.model.modulated_conv import ModulatedConv2d
from nurie.model.region_formulation import RegionFormulation, resize_regions
from nurie.model.tensors import Features, LatentCode, Present


class RegionModulationBlock(nn.Module):
    """X^d_m = X^f_m * (X^e_m + Conv_w(Upsample(X^d_(m-1)))).

    The prose of the paper says "concatenation", the equation adds; this adds. Without a formulation
    X^f_m is left out.
    """

    def __init__(
        self, conv: ModulatedConv2d, formulation: RegionFormulation | None, stride: int, *, unit_features: bool = False
    ) -> None:
        """`stride` is how many pixels of the picture one pixel of this level is wide.

        With `unit_features` the result is scaled as the next block's demodulation expects it.
        """
        super().__init__()
        self.unit_features = unit_features
        self.conv = conv
        self.formulation = formulation
        self.stride = stride

    def forward(
        self,
        features: Float[Tensor, "n _c _h _w"],
        w: LatentCode,
        skip: Features,
        regions: Int64[Tensor, "n _H _W"],
        present: Present,
    ) -> Features:
        """X^d_m from X^d_(m-1), the code, X^e_m and the region map at full size."""
        mixed: Features = skip + self.conv(features, w, skip)
        if self.formulation is not None:
            mixed = self.formulation(skip, resize_regions(regions, self.stride), present, mixed)
        return to_unit(mixed) if self.unit_features else mixed
