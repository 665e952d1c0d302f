"""Flat colours: one colour per region, taken from a picture or painted into one."""

import numpy as np

from nurie.arrays import Colors, Image, RegionMap, Sketch

PAPER = 200  # gray from which a pixel counts as paper: anti-aliased line borders are left out


def region_colors(color: Image, sketch: Sketch, regions: RegionMap) -> Colors:
    """Median colour, channel by channel, of the paper pixels of each region.

    The median is the flat colour of a cel-shaded region, where a mean would mix light and shade. A
    region without paper pixels takes the median of all its pixels; one without pixels is white. Of
    two middle values the lower one is taken.
    """
    num_regions = int(regions.max(initial=0))
    labels = regions.ravel().astype(np.int64)
    paper = sketch.ravel() >= PAPER
    has_paper = np.bincount(labels[paper], minlength=num_regions + 1) > 0
    used = (paper | ~has_paper[labels]) & (labels > 0)
    labels = labels[used]
    counts = np.bincount(labels, minlength=num_regions + 1)[1:]
    middle = np.cumsum(counts) - counts + (counts - 1) // 2
    colors = np.full((num_regions, 3), 255, np.uint8)
    for channel in range(3):
        # Sorting label and value in one number groups the regions and orders their values at once.
        ordered = np.sort(labels << 8 | color[..., channel].ravel()[used])
        colors[counts > 0, channel] = ordered[middle[counts > 0]] & 255
    return colors


def paint_flats(colors: Colors, regions: RegionMap) -> Image:
    """Each region filled with its colour; pixels of no region (label 0) are white."""
    table = np.concatenate([np.full((1, 3), 255, np.uint8), colors])
    flats: Image = table[regions]
    return flats


def compose(flats: Image, sketch: Sketch) -> Image:
    """The sketch multiplied over the colours: full ink is black, bare paper changes nothing."""
    product = flats.astype(np.uint16) * sketch[..., None]
    return np.asarray((product + 127) // 255, np.uint8)
