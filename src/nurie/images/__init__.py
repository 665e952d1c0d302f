"""Bytes become arrays and arrays bytes: here and nowhere else."""

from nurie.images.deep import DEEP_STEP, round_to_bytes
from nurie.images.picture import Picture, Pixels, compose_on_white
from nurie.images.profiles import from_srgb, srgb_profile
from nurie.images.reading import MAX_PIXELS, Source, read_color, read_image
from nurie.images.scan import clean_scan, drawn_image, read_sketch
from nurie.images.square import Placement, fit_square, resize_area, resize_nearest
from nurie.images.writing import IMAGE_SUFFIXES, encode_image, replace_file, write_image

__all__ = [
    "DEEP_STEP",
    "IMAGE_SUFFIXES",
    "MAX_PIXELS",
    "Picture",
    "Pixels",
    "Placement",
    "Source",
    "clean_scan",
    "compose_on_white",
    "drawn_image",
    "encode_image",
    "fit_square",
    "from_srgb",
    "read_color",
    "read_image",
    "read_sketch",
    "replace_file",
    "resize_area",
    "resize_nearest",
    "round_to_bytes",
    "srgb_profile",
    "write_image",
]
