"""What data costs, and how like it is to real drawings."""

import os

# Read when NumPy is imported, later: a second thread would only spin, and be counted as work. `nurie` does the same.
for _library in ("OPENBLAS", "OMP"):
    os.environ.setdefault(f"{_library}_NUM_THREADS", "1")
