"""Colouring: ONNX graphs and NumPy, no torch."""

from nurie.inference.colorizer import Colorizer, color
from nurie.inference.encoded import Encoded
from nurie.inference.hints import Hints, read_strokes
from nurie.inference.palette_files import read_palette
from nurie.inference.references import Reference
from nurie.inference.result import Result
from nurie.inference.style import Style
from nurie.inference.weights import WEIGHTS, load_weights

__all__ = [
    "WEIGHTS",
    "Colorizer",
    "Encoded",
    "Hints",
    "Reference",
    "Result",
    "Style",
    "color",
    "load_weights",
    "read_palette",
    "read_strokes",
]
