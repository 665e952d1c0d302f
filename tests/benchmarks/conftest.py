import sys
from pathlib import Path

# The benchmarks are run from the project's folder and are no part of the package.
sys.path.insert(0, str(Path(__file__).parents[2]))
