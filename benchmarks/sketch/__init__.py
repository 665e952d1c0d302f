"""How well rough and photographed drawings are cleaned, against true lines: `python -m benchmarks.sketch CORPUS`."""
