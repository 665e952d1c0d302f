"""How fast drawings come to training."""
