"""Sketch + region map -> colour: first `palette/`, then the paint stage, the paper's network."""
