"""Pictures -> scores: distances of sets of pictures, and figures that a painter must reach."""
