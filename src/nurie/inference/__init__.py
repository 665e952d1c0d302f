"""Colouring: ONNX graphs and NumPy, no torch."""

from nurie.inference.colorizer import Colorizer, Result, color
from nurie.inference.hints import Hints
from nurie.inference.weights import WEIGHTS, load_weights

__all__ = ["WEIGHTS", "Colorizer", "Hints", "Result", "color", "load_weights"]
