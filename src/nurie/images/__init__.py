"""Bytes become arrays and arrays bytes: here and nowhere else."""

from nurie.images.reading import MAX_PIXELS, Picture, Source, read_color, read_image
from nurie.images.scan import clean_scan, read_sketch
from nurie.images.square import Placement, fit_square, resize_area, resize_nearest
from nurie.images.writing import IMAGE_SUFFIXES, encode_image, replace_file, write_image

__all__ = [
    "IMAGE_SUFFIXES",
    "MAX_PIXELS",
    "Picture",
    "Placement",
    "Source",
    "clean_scan",
    "encode_image",
    "fit_square",
    "read_color",
    "read_image",
    "read_sketch",
    "replace_file",
    "resize_area",
    "resize_nearest",
    "write_image",
]
