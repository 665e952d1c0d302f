"""The tensors that travel through the networks: name, shape, type and range, said once.

Inside the networks 1 is ink and 0 is paper, so that zero padding is paper. Axes: n pictures, c
channels, h rows, w columns, k regions, d the latent code. An axis that begins with `_` may be
anything. The tests enforce the shapes.
"""

from jaxtyping import Float, Int64
from torch import Tensor

SketchTensor = Float[Tensor, "n 1 h w"]
"""Line drawings, 0 = paper, 1 = ink."""

ColorTensor = Float[Tensor, "n 3 h w"]
"""Colour pictures or flats, sRGB, -1 = none and 1 = all of a colour."""

RegionTensor = Int64[Tensor, "n h w"]
"""Region maps: 0 = nobody's pixel, 1..K = regions."""

Present = Float[Tensor, "n k"]
"""1 where region 1, 2, ... K of a picture exists, 0 where it is padding or has no pixel."""

LatentCode = Float[Tensor, "n d"]
"""The code of the overall colour style, about N(0, I)."""

Features = Float[Tensor, "n c h w"]
"""Features of pixels."""

RegionFeatures = Float[Tensor, "n k c"]
"""Features of regions; row 0 is region 1."""

NewChannels = Float[Tensor, "n _c h w"]
"""As `Features`, where the number of channels differs from the other arguments'."""

NewSize = Float[Tensor, "n c _h _w"]
"""As `Features`, where the size differs from the other arguments'."""

AnyFeatures = Float[Tensor, "n _c _h _w"]
"""As `Features`, where both differ."""

Logits = Float[Tensor, " n"]
"""Raw scores of the discriminator, before the sigmoid; high = looks real."""
