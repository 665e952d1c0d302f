"""The arrays that travel through nurie: name, shape, type and range, said once.

Rows come first, then columns (scikit-image's order). In arrays and files 0 is ink and 255 is paper; inside
the networks 1 is ink and 0 is paper, so that zero padding is paper. The tests enforce the shapes.
"""

import numpy as np
from jaxtyping import Bool, Float32, Int32, UInt8

Sketch = UInt8[np.ndarray, "height width"]
"""A line drawing: 0 = ink, 255 = paper."""

Image = UInt8[np.ndarray, "height width 3"]
"""A colour picture, sRGB."""

LineMask = Bool[np.ndarray, "height width"]
"""True where the ink is."""

RegionMap = Int32[np.ndarray, "height width"]
"""A partition: 0 = line (none left once line pixels are given away), 1..K = regions, numbered without gaps."""

Colors = UInt8[np.ndarray, "regions 3"]
"""One sRGB colour per region; row 0 is region 1."""

Palette = Float32[np.ndarray, "regions 3"]
"""One colour per region as the palette network sees it (`nurie.colors`: scaled OKLab); row 0 is region 1."""
