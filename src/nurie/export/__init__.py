"""Checkpoint -> ONNX, proven equal to PyTorch."""

from nurie.export.gaps import export_gaps
from nurie.export.onnx import export_boundary, export_paint, export_palette, export_simplify, export_weights

__all__ = ["export_boundary", "export_gaps", "export_paint", "export_palette", "export_simplify", "export_weights"]
