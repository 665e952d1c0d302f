"""Checkpoint -> ONNX, proven equal to PyTorch."""

from nurie.export.onnx import export_boundary, export_paint, export_palette, export_weights

__all__ = ["export_boundary", "export_paint", "export_palette", "export_weights"]
