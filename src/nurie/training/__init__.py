"""Batches to checkpoint: one loop (`loop.py`), one clock (`images_seen`), two stages (`stages.py`)."""
